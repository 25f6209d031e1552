import { useState } from 'react';
import { COMMAND_CATALOG, type CommandEntry } from '../../preload/contract/command-catalog';
import { useApp } from '../store/state';
import { changeSettings, showDialog } from '../store/view-actions';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { VisuallyHidden } from '../ui/visually-hidden';
import { FixedKeys } from './fixed-keys';
import { helpCommands } from './help-commands';
import { KeyRow } from './key-row';
import css from './help-dialog.module.css';

/** Every command with its keys, which can be changed here, and what the keys of the panes mean. */
export default function HelpDialog() {
  const changes = useApp((state) => state.settings.keys);
  // A command that was found by its keys stays where it is when they change.
  const [{ wanted, as }, search] = useState({ wanted: '', as: changes });
  const [changing, setChanging] = useState<CommandEntry['id'] | undefined>(undefined);
  const [resets, setResets] = useState(false);
  const [told, setTold] = useState('');
  const leave = (): void => showDialog(undefined);
  const groups = helpCommands(wanted, as);
  const changed = Object.keys(changes).length;
  return (
    <Dialog
      title="Keys"
      size="large"
      onClose={leave}
      footer={(
        <>
          <span className={css.reset}>
            {resets ? (
              <>
                <span>{changed === 1 ? 'The keys of one command become those at first.' : `The keys of ${changed} commands become those at first.`}</span>
                <Button
                  look="danger"
                  focusFirst
                  onPress={() => {
                    changeSettings({ keys: {} });
                    setResets(false);
                    setChanging(undefined);
                    setTold('All keys are those at first.');
                  }}
                >
                  Reset them
                </Button>
                <Button onPress={() => setResets(false)}>Keep</Button>
              </>
            ) : <Button look="quiet" offReason={changed === 0 ? 'All keys are those at first.' : undefined} onPress={() => setResets(true)}>Reset all keys…</Button>}
          </span>
          <Button onPress={leave}>Done</Button>
        </>
      )}
    >
      <div className={css.columns}>
        <section aria-label="Commands">
          <Field label="Find a command" focusFirst prose value={wanted} onChange={(text) => search({ wanted: text, as: changes })} />
          {groups.map(({ menu, commands }) => (
            <section key={menu} className={css.section}>
              <h3 className={css.heading}>{menu}</h3>
              <ul>
                {commands.map((entry) => (
                  <KeyRow
                    key={entry.id} entry={entry} changing={changing === entry.id} onChange={() => setChanging(entry.id)}
                    onDone={(words) => {
                      setChanging(undefined);
                      setTold(words);
                    }}
                  />
                ))}
              </ul>
            </section>
          ))}
          {groups.length === 0 && <p className={css.nothing}>{`None of ${COMMAND_CATALOG.length} commands has “${wanted}” in its name or its keys.`}</p>}
        </section>
        <FixedKeys />
      </div>
      <VisuallyHidden><p role="status">{told}</p></VisuallyHidden>
    </Dialog>
  );
}
