import type { CommandResult } from '../../preload/contract/command';
import { errorMessage, type InspectorError } from '../../preload/contract/errors';
import { isEnded, type HandleNode } from '../../preload/contract/handle';
import type { HandleId } from '../../preload/contract/ids';
import { err, ok } from '../../preload/contract/result';
import type { Trace } from '../trace/trace';

/** The ends of closed handles are waited for no longer than this, in milliseconds: a callback may never come. */
const LONGEST_MS = 5000;
/** Handles named in a message. */
const MOST_NAMED = 3;

/**
 * Begins another recording in place of the live one: closes every handle, waits for their ends, and only then forgets what
 * was recorded. Where a handle stays open nothing is forgotten, and the answer says which.
 * @param close what Close does with one handle
 */
export async function beginAnew(trace: Trace, close: (handle: HandleId) => Promise<CommandResult>): Promise<CommandResult> {
  const problems: InspectorError[] = [];
  // The youngest first: a queue closes before the session that was there before it.
  for (const root of openHandles(trace).filter(({ parent }) => parent === undefined).reverse()) {
    const node = trace.tree.get(root.id);
    if (node === undefined || isEnded(node.state) || node.state === 'closing') continue;
    const closed = await close(root.id);
    if (!closed.ok) problems.push(closed.error);
  }
  if (problems.length === 0) await ends(trace);
  const left = openHandles(trace);
  if (left.length > 0) return err({ kind: 'busy', message: stillOpen(left, problems) });
  trace.beginAnew();
  return ok({ handle: undefined, message: 'A new recording has begun. The one before is among the recent ones.' });
}

function openHandles({ tree }: Trace): readonly HandleNode[] {
  return [...tree.all()].filter(({ state }) => !isEnded(state));
}

/** Settles when no handle is open any more, or after the longest that is waited for. */
function ends(trace: Trace): Promise<void> {
  if (openHandles(trace).length === 0) return Promise.resolve();
  return new Promise((resolve) => {
    const over = (): void => {
      stop();
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(over, LONGEST_MS);
    // Within the event nothing may be taken away from under those who are told of it after this one.
    const stop = trace.listen((_event, changed) => { if (changed.size > 0 && openHandles(trace).length === 0) setImmediate(over); });
  });
}

function stillOpen(left: readonly HandleNode[], problems: readonly InspectorError[]): string {
  const names = left.slice(0, MOST_NAMED).map(({ label }) => label).join(', ');
  const more = left.length > MOST_NAMED ? ` and ${(left.length - MOST_NAMED).toLocaleString('en')} more` : '';
  const why = problems[0] === undefined ? `did not end within ${LONGEST_MS / 1000} s` : `could not be closed (${errorMessage(problems[0])})`;
  return `No new recording was begun, and nothing was forgotten: ${names}${more} ${why}. Start Hinspector anew to leave ${left.length === 1 ? 'it' : 'them'} behind.`;
}
