import { useEffect, useState } from 'react';
import { commandKeys } from './commands/registry';
import { UNDO_TIME } from './model/held-back';
import { undoHeld, type HeldWork } from './store/destructive';
import { useApp } from './store/state';
import { Button } from './ui/button';
import { ProgressBar } from './ui/progress-bar';
import css from './held-back.module.css';

/** How often the time that is left is shown anew, in milliseconds. */
const SHOWN_EVERY = 100;

/** What is carried out in a moment, the newest first, each with its way back. */
export function HeldBackList() {
  const anything = useApp((state) => state.held.length > 0);
  return anything ? <Counting /> : undefined;
}

function Counting() {
  const held = useApp((state) => state.held);
  const keys = useApp((state) => commandKeys('undo', state));
  const now = useNow();
  return (
    <section className={css.place} aria-label="Carried out in a moment">
      <ul className={css.list}>
        {held.toReversed().map((one, place) => <Waiting key={one.key} held={one} now={now} keys={place === 0 ? keys : undefined} />)}
      </ul>
    </section>
  );
}

function Waiting({ held: { key, due, work: { words } }, now, keys }: { readonly held: HeldWork; readonly now: number; readonly keys: string | undefined }) {
  const left = Math.min(UNDO_TIME, Math.max(0, due - now));
  return (
    <li className={css.item}>
      <span className={css.words} title={words}>{words}</span>
      {/* Told once when it begins: a count that is read out every second would talk over everything. */}
      <span className={css.left} aria-hidden="true">{`in ${Math.ceil(left / 1000)} s`}</span>
      <ProgressBar className={css.progress} max={UNDO_TIME} value={left} label={undefined} />
      {/* Beside the button, whose name holds what it shows. */}
      <kbd className={css.keys} aria-hidden="true">{keys}</kbd>
      <Button name={`Undo: ${words}`} onPress={() => undoHeld(key)}>Undo</Button>
    </li>
  );
}

function useNow(): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), SHOWN_EVERY);
    return () => clearInterval(timer);
  }, []);
  return now;
}
