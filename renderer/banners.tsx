import { useApp } from './store/state';
import css from './banners.module.css';

/** What stands above everything until it is over: the engine is gone, or the app runs where WinINet may not. */
export function Banners() {
  const leaving = useApp((state) => state.leaving);
  const lost = useApp((state) => state.engine?.lost);
  const service = useApp((state) => state.engine?.service === true);
  const left = useApp((state) => state.info?.left[0]);
  const events = useApp((state) => state.recorder?.events ?? 0);
  const paused = useApp((state) => state.paused);
  const journal = useApp((state) => state.recorder.journal);
  return (
    <>
      {leaving !== undefined && <p role="alert" className={css.info}><b>Leaving.</b> {leaving}</p>}
      {lost !== undefined && (
        <p role="alert" className={css.bad}>
          <b>The engine is gone:</b> {lost} All of its handles have ended. What was recorded can still be read. File, Start a New Engine, opens a way to new ones.
        </p>
      )}
      {left !== undefined && events === 0 && (
        <p role="status" className={css.info}>
          <b>A recording was left by a crash:</b> {left.events.toLocaleString('en')} events since {new Date(left.startedAt).toLocaleString()}.
          To look at it: <code>npm start -- --open &quot;{left.file}&quot;</code>
        </p>
      )}
      {journal.state === 'stopped' && <p role="alert" className={css.warning}>{journal.reason}</p>}
      {service && <p role="alert" className={css.warning}><b>This is Windows session 0.</b> WinINet does not support services or servers: use WinHTTP there.</p>}
      {paused && <p role="status" className={css.info}><b>The view is paused.</b> The recording goes on; Ctrl+P shows what has come.</p>}
    </>
  );
}
