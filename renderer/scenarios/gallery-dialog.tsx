import { useState } from 'react';
import type { GalleryEntry } from '../../preload/contract/update';
import { enablement } from '../model/enablement';
import { filterWords } from '../model/rows';
import { pageAddress, readNotes } from '../model/tour';
import { situationOf } from '../commands/registry';
import { useGallery } from '../store/gallery';
import { useApp } from '../store/state';
import { runScenario } from '../store/tour-actions';
import { wishSweep } from '../store/sweep';
import { showBottomTab, showDialog } from '../store/view-actions';
import { Button } from '../ui/button';
import { classNames } from '../ui/class-names';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import css from './gallery.module.css';

const GROUPS: readonly { readonly group: GalleryEntry['group']; readonly title: string }[] = [
  { group: 'tour', title: 'The tour' },
  { group: 'rules', title: 'The rules, one by one' },
  { group: 'more', title: 'More' },
];

/** Every scenario of the gallery: what it shows, its text, and a button that runs it. */
export function GalleryDialog() {
  const read = useGallery();
  const gallery = read ?? [];
  const reason = useApp((state) => {
    const situation = situationOf(state);
    // What stops the tour stops every scenario.
    const allowed = enablement('tour', situation);
    return allowed.on ? undefined : allowed.reason;
  });
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const words = filterWords(text);
  const found = gallery.filter((entry) => words.every((word) => `${entry.title} ${entry.id} ${entry.source} ${entry.notes}`.toLowerCase().includes(word)));
  const entry = found.find(({ id }) => id === chosen) ?? found[0];
  const leave = (): void => showDialog(undefined);
  const sweepIt = (swept: GalleryEntry | undefined): void => {
    wishSweep({ id: swept?.id, target: undefined });
    showBottomTab('sweep');
    leave();
  };
  const run = (): void => { if (entry !== undefined && reason === undefined) void runScenario(entry.id); };
  return (
    <Dialog
      title="Scenarios"
      size="large"
      onClose={leave}
      onSubmit={run}
      footer={(
        <>
          <Button look="quiet" onPress={leave}>Dismiss</Button>
          <Button offReason={entry === undefined || entry.targets.length === 0 ? 'It makes no handle that could be closed.' : undefined} onPress={() => sweepIt(entry)}>Close sweep of it</Button>
          <Button look="primary" submits offReason={reason ?? (entry === undefined ? 'Choose a scenario.' : undefined)} onPress={() => {}}>Run this scenario</Button>
        </>
      )}
    >
      <div className={css.columns}>
        <div className={css.list}>
          <Field label="Find" focusFirst value={text} onChange={setText} />
          <div className={css.groups}>
            {GROUPS.map(({ group, title }) => <Group key={group} title={title} entries={found.filter((one) => one.group === group)} chosen={entry?.id} onChoose={setChosen} />)}
            {found.length === 0 && <p className={css.none}>{read === undefined ? 'Reading the gallery…' : gallery.length === 0 ? 'The gallery is empty. Build it with npm run build.' : `No scenario speaks of “${text}”.`}</p>}
          </div>
        </div>
        {entry !== undefined && <Entry entry={entry} />}
      </div>
    </Dialog>
  );
}

interface GroupProps {
  readonly title: string;
  readonly entries: readonly GalleryEntry[];
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
}

function Group({ title, entries, chosen, onChoose }: GroupProps) {
  if (entries.length === 0) return undefined;
  return (
    <section>
      <h3 className={css.heading}>{title}</h3>
      <ul>
        {entries.map((entry) => (
          <li key={entry.id}>
            <button type="button" aria-current={entry.id === chosen} className={classNames(css.entry, entry.id === chosen && css.chosen)} onClick={() => onChoose(entry.id)}>
              {entry.title}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Entry({ entry }: { readonly entry: GalleryEntry }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is scrolled by the keyboard too
    <article className={css.detail} aria-label={entry.title} tabIndex={0}>
      <h3 className={css.title}>{entry.title}</h3>
      <p className={css.source}>{pageAddress(entry.source) ?? entry.source}</p>
      {readNotes(entry.notes).map((note) => (
        <p key={`${note.step ?? ''}${note.text}`} className={css.note}>
          {note.step !== undefined && <strong>{note.step}</strong>}
          {note.text}
        </p>
      ))}
      <h4 className={css.heading}>Its text</h4>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- its lines are longer than the dialog is wide */}
      <pre className={css.text} role="group" aria-label="Text of the scenario" tabIndex={0}>{entry.text}</pre>
    </article>
  );
}
