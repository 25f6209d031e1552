import { formatCount } from './model/time-scale';
import { useApp } from './store/state';
import css from './status-bar.module.css';

/** How much has been recorded, at what cost, and by which engine. */
export function StatusBar() {
  const { events, perSecond, dropped, microsPerEvent } = useApp((state) => state.recorder);
  const engine = useApp((state) => state.engine);
  const forest = useApp((state) => state.forest);
  const paused = useApp((state) => state.paused);
  useApp((state) => state.revision);
  return (
    <footer className={css.bar} aria-label="Status">
      <span className={css.strong}>{`${formatCount(events)} ${events === 1 ? 'event' : 'events'}`}</span>
      <span>{`${formatCount(perSecond)}/s`}</span>
      <span className={dropped > 0 ? css.bad : undefined}>{`${formatCount(dropped)} dropped`}</span>
      <span>{`recorder ${microsPerEvent < 10 ? microsPerEvent.toFixed(1) : formatCount(microsPerEvent)} µs an event`}</span>
      <span>{`${formatCount(forest.live)} live · ${formatCount(forest.ended)} ended`}</span>
      {paused && <span className={css.pending}>View paused; recording goes on</span>}
      <span className={css.engine} title={engine?.description}>{engine?.description ?? ''}</span>
    </footer>
  );
}
