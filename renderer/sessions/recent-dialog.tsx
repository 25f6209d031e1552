import { useEffect, useState } from 'react';
import { errorMessage } from '../../preload/contract/errors';
import type { RecentRecording } from '../../preload/contract/session';
import { recordingTitle, timeWords } from '../model/recordings';
import { sizeWords } from '../model/size-words';
import { askRecent } from '../store/questions';
import { giveSessionCommand } from '../store/session-actions';
import { showDialog } from '../store/view-actions';
import { CommandButton } from '../commands/command-button';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import css from './sessions.module.css';

const KINDS = { file: 'File', recording: 'Recording', crashed: 'Left by a crash' } as const;

/** Files and recordings that can be opened again. */
export default function RecentDialog() {
  const [found, setFound] = useState<readonly RecentRecording[] | undefined>(undefined);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  useEffect(() => {
    let gone = false;
    void askRecent().then((answer) => {
      if (gone) return;
      if (answer.ok) setFound(answer.value);
      else setProblem(errorMessage(answer.error));
    });
    return () => { gone = true; };
  }, []);
  const leave = (): void => showDialog(undefined);
  const open = (path: string): void => {
    leave();
    void giveSessionCommand({ kind: 'open-file', path });
  };
  return (
    <Dialog title="Open recent" onClose={leave} footer={<><Button look="quiet" onPress={leave}>Dismiss</Button><CommandButton command="open-file" label="Another file…" /></>}>
      <p className={css.lead}>What you open is shown beside the live recording, which goes on. Every recording is kept as it happens, saved or not.</p>
      {problem !== undefined && <p role="alert" className={css.problem}>{problem}</p>}
      {found?.length === 0 && <p className={css.empty}>Nothing yet: files that you open or save, and earlier recordings, will stand here.</p>}
      <ul className={css.list}>
        {found?.map((recording, index) => (
          <li key={recording.path}>
            <button type="button" className={css.entry} title={recording.path} ref={index === 0 ? takeFocus : undefined} onClick={() => open(recording.path)}>
              <span className={css.name}>{recordingTitle(recording)}</span>
              <span className={css.kind} data-kind={recording.kind}>{KINDS[recording.kind]}</span>
              <span className={css.folder}>{recording.kind === 'file' ? `${recording.folder} · ${timeWords(recording.at)}` : recording.name}</span>
              <span className={css.size}>{sizeWords(recording.size)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

/** The list comes after the dialog has opened: its first entry takes the focus when it does, and keeps it no more than that. */
function takeFocus(element: HTMLElement | null): void {
  element?.focus();
}
