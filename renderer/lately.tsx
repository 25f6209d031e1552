import { useEffect, useState } from 'react';
import type { RecentRecording } from '../preload/contract/session';
import { CommandButton } from './commands/command-button';
import { recordingTitle, timeWords } from './model/recordings';
import { askRecent } from './store/questions';
import { giveSessionCommand } from './store/session-actions';
import css from './welcome.module.css';

/** Recordings named on the empty window; the others stand under Open recent. */
const MOST_LATELY = 3;

/** What a person who comes back may want: what was looked at or recorded last. */
export function Lately() {
  const [found, setFound] = useState<readonly RecentRecording[]>([]);
  useEffect(() => {
    let gone = false;
    const due = requestIdleCallback(() => void askRecent().then((answer) => { if (!gone && answer.ok) setFound(answer.value); }));
    return () => {
      gone = true;
      cancelIdleCallback(due);
    };
  }, []);
  if (found.length === 0) return undefined;
  return (
    <section className={css.lately} aria-label="Open again">
      <h2 className={css.name}>Open again</h2>
      <ul className={css.recordings}>
        {found.slice(0, MOST_LATELY).map((recording) => (
          <li key={recording.path}>
            <button type="button" className={css.recording} title={recording.path} onClick={() => void giveSessionCommand({ kind: 'open-file', path: recording.path })}>
              <span className={css.recordingName}>{recordingTitle(recording)}</span>
              <span className={css.recordingTime}>{recording.kind === 'crashed' ? 'left by a crash' : recording.kind === 'file' ? timeWords(recording.at) : 'kept as it happened'}</span>
            </button>
          </li>
        ))}
        {found.length > MOST_LATELY && <li><CommandButton command="open-recent" look="quiet" label={`${found.length - MOST_LATELY} more…`} /></li>}
      </ul>
    </section>
  );
}
