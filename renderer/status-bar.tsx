import { useEffect, useState } from 'react';
import { countsInWords, totalOf } from './model/findings';
import { formatCount } from './model/time-scale';
import { useApp } from './store/state';
import { giveNamedCommand } from './commands/registry';
import { classNames } from './ui/class-names';
import { WindowControls } from './window-controls';
import css from './status-bar.module.css';

/** Milliseconds for which the status bar shows what a command said; the output pane keeps it. */
const NOTICE_TIME = 8000;

/** What the last command said, for those who do not look at the output pane. */
function Notice() {
  const last = useApp((state) => state.output.at(-1));
  const [over, setOver] = useState<number | undefined>(undefined);
  const key = last?.key;
  useEffect(() => {
    if (key === undefined) return undefined;
    const timer = setTimeout(() => setOver(key), NOTICE_TIME);
    return () => clearTimeout(timer);
  }, [key]);
  if (last === undefined || over === last.key) return undefined;
  return <span className={classNames(css.notice, last.level === 'error' && css.bad)} title={last.text}>{last.text}</span>;
}

/** What the first events cost tells of a program that warms up, and not of the recorder. */
const WORTH_A_MEAN = 1000;

/** How much has been recorded, at what cost, and by which engine. */
export function StatusBar() {
  const { events, perSecond, dropped, forgotten, microsPerEvent } = useApp((state) => state.recorder);
  const engine = useApp((state) => state.engine);
  const forest = useApp((state) => state.forest);
  const paused = useApp((state) => state.paused);
  const file = useApp((state) => state.shown.file !== undefined);
  useApp((state) => state.revision);
  return (
    <footer className={css.bar} aria-label="Status">
      <span className={css.strong}>{`${formatCount(events)} ${events === 1 ? 'event' : 'events'}`}</span>
      {!file && <span>{`${formatCount(perSecond)}/s`}</span>}
      <span
        className={dropped > 0 ? css.bad : undefined}
        title={dropped > 0 ? 'The history is full: its oldest events were dropped, and the handles that had ended with them' : undefined}
      >
        {`${formatCount(dropped)} dropped${forgotten > 0 ? `, with ${formatCount(forgotten)} ended ${forgotten === 1 ? 'handle' : 'handles'}` : ''}`}
      </span>
      {!file && events >= WORTH_A_MEAN && <span>{`recorder ${microsPerEvent < 10 ? microsPerEvent.toFixed(1) : formatCount(microsPerEvent)} µs an event`}</span>}
      <span>{`${formatCount(forest.live)} live · ${formatCount(forest.ended)} ended`}</span>
      <JournalState />
      <FindingCount />
      {paused && <span className={css.pending}>View paused; recording goes on</span>}
      <Notice />
      <span className={css.engine} title={engine?.description}>{engine?.description ?? ''}</span>
      <WindowControls />
    </footer>
  );
}

/** Whether the recording would outlive a crash; nothing is said where nobody asked for a journal. */
function JournalState() {
  const journal = useApp((state) => state.recorder.journal);
  switch (journal.state) {
    case 'none': return undefined;
    case 'saved': return <span title="Every event is on disk as it happens: what a crash cuts off is offered at the next start">journal saved</span>;
    case 'stopped': return <span className={css.bad} title={journal.reason}>journal stopped</span>;
  }
}

/** How much the referee has found; pressing it shows the list. */
function FindingCount() {
  const counts = useApp((state) => state.findings?.counts);
  if (counts === undefined) return undefined;
  const tone = counts.error > 0 ? css.bad : counts.warning > 0 ? css.pending : undefined;
  const text = countsInWords(counts);
  return totalOf(counts) === 0
    ? <span>{text}</span>
    : <button type="button" className={classNames(css.link, tone)} title="Show the findings" onClick={() => giveNamedCommand('show-findings')}>{text}</button>;
}
