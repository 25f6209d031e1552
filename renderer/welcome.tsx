import { useEffect, useState } from 'react';
import type { RecentRecording } from '../preload/contract/session';
import { CommandButton } from './commands/command-button';
import { recordingTitle, timeWords } from './model/recordings';
import { askRecent } from './store/questions';
import { giveSessionCommand } from './store/session-actions';
import css from './welcome.module.css';

const STARTS = [
  { command: 'new-client', title: 'Open a client', words: 'A session, a connection and a request. Send it, then close it while it is pending and see what that does.' },
  { command: 'new-server', title: 'Open a server', words: 'A URL group and a request queue. Send it a request with curl, then respond to it or cancel it.' },
  { command: 'tour', title: 'Take the tour', words: 'Five short runs on real handles: what Microsoft’s pages promise of Close and Cancel, beside what is observed.' },
] as const;

/** A window without handles teaches what can be done with it. */
export function Welcome() {
  return (
    <section className={css.welcome} aria-label="Start">
      <h1 className={css.title}>Watch a handle from its first call to its last callback</h1>
      <p className={css.lead}>Every call and every status callback is recorded. Handles stand in a tree, and each has a lane of time beside it.</p>
      <ul className={css.starts}>
        {STARTS.map(({ command, title, words }) => (
          <li key={command} className={css.start}>
            <h2 className={css.name}>{title}</h2>
            <p className={css.words}>{words}</p>
            <CommandButton command={command} look={command === 'tour' ? 'primary' : 'plain'} showKeys />
          </li>
        ))}
      </ul>
      <Lately />
      <p className={css.after}>Or read how it is done: <CommandButton command="manual" look="quiet" showKeys /></p>
    </section>
  );
}

/** Recordings named on the empty window; the others stand under Open recent. */
const MOST_LATELY = 3;

/** What a person who comes back may want: what was looked at or recorded last. */
function Lately() {
  const [found, setFound] = useState<readonly RecentRecording[]>([]);
  useEffect(() => {
    let gone = false;
    // After the first paint: nobody waits for it.
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
