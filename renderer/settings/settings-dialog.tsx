import { CommandButton } from '../commands/command-button';
import { useApp } from '../store/state';
import { changeSettings, showDialog } from '../store/view-actions';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Choices } from '../ui/field';
import { KeptRecordings } from './kept-recordings';
import css from './settings-dialog.module.css';

const THEMES = [
  { value: 'system', label: 'As the system', meaning: 'Light or dark, and whatever contrast the system asks for.' },
  { value: 'light', label: 'Light', meaning: 'Always light.' },
  { value: 'dark', label: 'Dark', meaning: 'Always dark.' },
] as const;

const ENDINGS = [
  { value: 'ask', label: 'Ask', meaning: 'A question tells first what goes with it.' },
  { value: 'undo', label: 'Three seconds to undo', meaning: 'It is shown at the foot of the window, and done when nobody has undone it. What has not been done when you leave is not done.' },
  { value: 'at-once', label: 'Do it at once', meaning: 'Nothing is asked.' },
] as const;

/** What the window remembers from one start to the next, and a person may want otherwise. What is chosen holds at once. */
export default function SettingsDialog() {
  const theme = useApp((state) => state.settings.theme);
  const ending = useApp((state) => state.settings.ending);
  const leave = (): void => showDialog(undefined);
  return (
    <Dialog title="Settings" onClose={leave} footer={<Button focusFirst onPress={leave}>Done</Button>}>
      <div className={css.settings}>
        <Choices label="Theme" value={theme} choices={THEMES} onChange={(value) => changeSettings({ theme: value })} />
        <Choices label="Before something is closed, cancelled or removed" value={ending} choices={ENDINGS} onChange={(value) => changeSettings({ ending: value })} />
        <KeptRecordings />
        <section>
          <h3 className={css.heading}>Keys</h3>
          <p className={css.words}>Which keys give which command.</p>
          <CommandButton command="help" label="Keys…" />
        </section>
      </div>
    </Dialog>
  );
}
