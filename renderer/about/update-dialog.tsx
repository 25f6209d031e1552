import type { AppUpdateState, OfferedVersion } from '../../preload/contract/app-update';
import { assertUnreachable } from '../../preload/contract/result';
import { sizeWords } from '../model/size-words';
import { takeUpdateStep } from '../store/about';
import { useApp } from '../store/state';
import { showDialog } from '../store/view-actions';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Problem } from '../ui/field';
import { ProgressBar } from '../ui/progress-bar';
import css from './about.module.css';

/** Whether there is a newer version; fetching it, and installing it on leaving, are asked for one by one. */
export default function UpdateDialog() {
  const state = useApp(({ appUpdate }) => appUpdate);
  const version = useApp(({ info }) => info?.version ?? '');
  const leave = (): void => showDialog(undefined);
  return (
    <Dialog title="Updates" size="small" onClose={leave} footer={<span key={state.kind} ref={focusLast} className={css.steps}><Steps state={state} onLeave={leave} /></span>}>
      <div className={css.update}>
        {state.kind === 'failed' ? <Problem>{state.message}</Problem> : <p role="status">{wordsOf(state, version)}</p>}
        {(state.kind === 'checking' || state.kind === 'downloading') && (
          <ProgressBar className={css.progress} label={state.kind === 'checking' ? 'Asking the feed' : 'Download'} value={state.kind === 'downloading' ? state.part : undefined} />
        )}
        {state.kind === 'offered' && <p className={css.hint}>It is held to the digest of the feed and to the signature of its publisher before it is used, and installed when you leave Hinspector.</p>}
      </div>
    </Dialog>
  );
}

/** Other steps have other buttons: the one that goes on has the focus, so that the keyboard is never left with none. */
function focusLast(steps: HTMLElement | null): void {
  steps?.querySelector<HTMLElement>('button:last-of-type')?.focus();
}

function Steps({ state, onLeave }: { readonly state: AppUpdateState; readonly onLeave: () => void }) {
  switch (state.kind) {
    case 'offered': return <><Button look="quiet" onPress={onLeave}>Not now</Button><Button look="primary" focusFirst onPress={() => void takeUpdateStep('download')}>Download</Button></>;
    case 'downloading': return <><Button look="quiet" onPress={() => void takeUpdateStep('stop')}>Stop</Button><Button focusFirst onPress={onLeave}>Go on behind</Button></>;
    case 'ready': return <><Button look="quiet" onPress={() => void takeUpdateStep('discard')}>Do not install it</Button><Button focusFirst onPress={onLeave}>Done</Button></>;
    case 'failed': return <><Button look="quiet" onPress={onLeave}>Dismiss</Button><Button focusFirst onPress={() => void takeUpdateStep('check')}>Try again</Button></>;
    case 'off': case 'idle': case 'checking': case 'current': return <Button focusFirst onPress={onLeave}>Done</Button>;
    default: return assertUnreachable(state);
  }
}

function wordsOf(state: Exclude<AppUpdateState, { readonly kind: 'failed' }>, version: string): string {
  switch (state.kind) {
    case 'off': return state.reason;
    case 'idle': case 'checking': return 'Asking whether there is a newer version…';
    case 'current': return `Hinspector ${version} is the newest version.`;
    case 'offered': return `${named(state.offer)} can be downloaded. This is ${version}.`;
    case 'downloading': return `${named(state.offer)} is being downloaded: ${Math.floor(state.part * 100)} %.`;
    case 'ready': return `Hinspector ${state.offer.version} is downloaded and checked. It is installed when you leave; what you record goes on until then.`;
    default: return assertUnreachable(state);
  }
}

function named({ version, date, size }: OfferedVersion): string {
  const about = [date?.slice(0, 10), size === undefined ? undefined : sizeWords(size)].filter((part) => part !== undefined);
  return `Hinspector ${version}${about.length === 0 ? '' : ` (${about.join(', ')})`}`;
}
