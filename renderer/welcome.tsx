import { Suspense } from 'react';
import { CommandButton } from './commands/command-button';
import { later } from './store/later';
import css from './welcome.module.css';

/** After the first paint: nobody waits for it. */
const Lately = later(async () => (await import('./lately')).Lately);

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
      <Suspense><Lately /></Suspense>
      <p className={css.after}>Or read how it is done: <CommandButton command="manual" look="quiet" showKeys /></p>
    </section>
  );
}
