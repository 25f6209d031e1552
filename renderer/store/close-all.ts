import { errorMessage } from '../../preload/contract/errors';
import { isEnded } from '../../preload/contract/handle';
import type { HandleId } from '../../preload/contract/ids';
import { giveCommand } from './questions';
import { appState, useApp } from './state';
import { report } from './view-actions';

/** A close of many that met a handle which could not be closed, and asks whether to go on. */
export interface HaltedClose {
  /** What could not be closed, and why. */
  readonly problem: string;
  readonly left: readonly HandleId[];
  readonly closed: number;
  readonly total: number;
}

/** Closes many, one after the other. Each tells in the output pane what came of it; the first that fails halts the rest until somebody decides. */
export async function closeAll(handles: readonly HandleId[]): Promise<void> {
  await closeOn({ left: handles, closed: 0, total: handles.length }, true);
}

/** Goes on with what a failure has left; another failure is told, and halts no more. */
export async function closeTheRest(): Promise<void> {
  const { haltedClose } = appState();
  if (haltedClose === undefined) return;
  useApp.setState({ haltedClose: undefined });
  await closeOn(haltedClose, false);
}

export function leaveTheRest(): void {
  const { haltedClose } = appState();
  if (haltedClose === undefined) return;
  useApp.setState({ haltedClose: undefined });
  report('info', `Closed ${haltedClose.closed} of ${haltedClose.total}; ${haltedClose.left.length} were left as they are.`);
}

async function closeOn({ left, closed: before, total }: Omit<HaltedClose, 'problem'>, halts: boolean): Promise<void> {
  let closed = before;
  for (const [place, handle] of left.entries()) {
    const node = appState().forest.get(handle);
    const label = node?.label ?? `handle #${handle}`;
    // A close of one may end what the next would: that is what was asked for.
    if (node !== undefined && isEnded(node.state)) {
      report('info', `${label}: it had ended already.`);
      closed += 1;
      continue;
    }
    const result = await giveCommand({ kind: 'close', handle });
    report(result.ok ? 'info' : 'error', `${label}: ${result.ok ? result.value.message : errorMessage(result.error)}`);
    if (result.ok) {
      closed += 1;
      continue;
    }
    const rest = left.slice(place + 1);
    if (!halts || rest.length === 0) continue;
    useApp.setState({ haltedClose: { problem: `${label}: ${errorMessage(result.error)}`, left: rest, closed, total } });
    return;
  }
  if (closed === total) report('info', `Closed all ${closed}.`);
  else report('error', `Closed ${closed} of ${total}; why the others could not be closed stands above.`);
}
