import type { OthersProgress } from '../preload/contract/record-others';
import { CommandButton } from './commands/command-button';
import { commandKeys } from './commands/registry';
import { formatCount } from './model/time-scale';
import { giveOthersCommand } from './store/session-actions';
import { useApp } from './store/state';
import { Button } from './ui/button';
import { ProgressBar } from './ui/progress-bar';
import css from './banners.module.css';

/** What stands above everything until it is over: the engine is gone, or the app runs where WinINet may not. */
export function Banners() {
  const exchange = useApp((state) => state.exchange);
  const leaving = useApp((state) => state.leaving);
  const lost = useApp((state) => state.engine?.lost);
  const service = useApp((state) => state.engine?.service === true);
  const left = useApp((state) => state.info?.left[0]);
  const events = useApp((state) => state.recorder?.events ?? 0);
  const paused = useApp((state) => state.paused);
  const journal = useApp((state) => state.recorder.journal);
  const file = useApp((state) => state.shown.file);
  const unsaved = useApp((state) => state.shown.unsaved);
  const opening = useApp((state) => state.opening);
  const others = useApp((state) => state.others);
  const resume = useApp((state) => commandKeys('pause-view', state));
  return (
    <>
      {leaving !== undefined && <p role="alert" className={css.info}><b>Leaving.</b> {leaving}</p>}
      {exchange !== undefined && (
        <div role="status" className={css.info}>
          <span className={css.words}><b>{exchange.title}</b></span>
          <ProgressBar className={css.progress} value={exchange.part} label={exchange.title} />
          <CommandButton command="stop-exchange" label="Stop" />
        </div>
      )}
      {lost !== undefined && (
        <p role="alert" className={css.bad}>
          <b>The engine is gone:</b> {lost} All of its handles have ended. What was recorded can still be read. File, Start a New Engine, opens a way to new ones.
        </p>
      )}
      {left !== undefined && events === 0 && file === undefined && opening === undefined && (
        <div role="status" className={css.info}>
          <span><b>A recording was left by a crash:</b> {left.events.toLocaleString('en')} events since {new Date(left.startedAt).toLocaleString()}.</span>
          <CommandButton command="open-left" label="Look at it" />
        </div>
      )}
      {file !== undefined && (
        <div role="status" className={file.problems.length > 0 ? css.warning : css.info}>
          <span className={css.words}><b className={css.name} title={file.path}>{file.name}</b> Recorded earlier: it can be read and annotated.{unsaved && ' The notes are not saved yet.'} {file.problems.join(' ')}</span>
          {file.checked < 1 && <span className={css.quiet}>{`Rules: ${Math.floor(file.checked * 100)} %`}</span>}
          {unsaved && <CommandButton command="save-file" label="Save as…" />}
          <CommandButton command="close-file" showKeys />
        </div>
      )}
      {opening !== undefined && (
        <div role="status" aria-label={`Opening ${opening.name}`} className={css.info}>
          <span className={css.words}><b className={css.name}>{opening.name}</b> {formatCount(opening.events)} events</span>
          <ProgressBar className={css.progress} value={opening.part} label={`Opening ${opening.name}`} />
          <CommandButton command="stop-opening" label="Stop" />
        </div>
      )}
      {journal.state === 'stopped' && <p role="alert" className={css.warning}>{journal.reason}</p>}
      {others !== undefined && <OthersBanner progress={others} />}
      {service && <p role="alert" className={css.warning}><b>This is Windows session 0.</b> WinINet does not support services or servers: use WinHTTP there.</p>}
      {paused && <p role="status" className={css.info}><b>The view is paused.</b> {`The recording goes on; ${resume === undefined ? 'Resume view' : resume} shows what has come.`}</p>}
    </>
  );
}

const OTHERS_STEPS: Readonly<Record<Exclude<OthersProgress['step'], 'failed'>, string>> = {
  asking: 'Windows asks for an administrator.', recording: 'Do with it now what is to be seen.', stopping: 'The recording ends.', converting: 'tracerpt turns the recording into XML.',
};

/** How far the recording of another program is, and what went wrong with it. */
function OthersBanner({ progress: { what, step, left, message } }: { readonly progress: OthersProgress }) {
  const name = what === 'recording' ? 'Another program is recorded.' : 'The state of the HTTP service is taken.';
  if (step === 'failed') {
    return (
      <div role="alert" className={css.bad}>
        <span className={css.words}><b>{what === 'recording' ? 'The other program was not recorded.' : 'The state of the HTTP service was not taken.'}</b> {message}</span>
        <Button onPress={() => void giveOthersCommand({ kind: 'dismiss-others' })}>Dismiss</Button>
      </div>
    );
  }
  return (
    <div role="status" className={css.info}>
      <span className={css.words}><b>{name}</b> {OTHERS_STEPS[step]}</span>
      {left !== undefined && <span className={css.quiet}>{`${left} s left`}</span>}
      {step === 'recording' && <CommandButton command="stop-recording-others" label="Stop" />}
    </div>
  );
}
