import type { Finding } from '../../../preload/contract/finding';
import { isEnded } from '../../../preload/contract/handle';
import { seq, type HandleId } from '../../../preload/contract/ids';
import { isPromiseLike } from '../../../preload/contract/result';
import type { SweepCell } from '../../../preload/contract/sweep';
import { INTERNET_STATUS } from '../../../preload/contract/win32/constants/status';
import { errorWords, lastErrorWords, resultWords, returnedWords } from '../../trace/event-words';
import { isOwedClosing } from '../../trace/handle-tree';
import { pause } from '../signal';
import type { Act, Probe } from './probe';

/** How long a close may take to be over before the sweep goes on, in milliseconds. */
const LONGEST_CLOSE = 1500;
const POLL = 5;

/** Waits until the handle is gone, and reads from the trace what became of it. */
export async function judge(probe: Probe, { target, record, from }: Act): Promise<SweepCell> {
  const limit = performance.now() + LONGEST_CLOSE;
  while (!isOver(probe, target) && performance.now() < limit) await pause(POLL);
  const { returned } = isPromiseLike(record) ? await record : record;
  const node = probe.trace.tree.get(target);
  const asked = probe.trace.log.timeAt(seq(from));
  const gone = node?.endedAt;
  return {
    kind: 'run', returned: returnedWords(returned), lastError: returned.error, lastErrorWords: lastErrorWords(returned),
    completions: completionsSince(probe, target, from), closing: closingOf(probe, target, from),
    gone: gone === undefined ? undefined : gone - asked, trace: undefined,
    findings: findingsSince(probe, from).map(({ rule, severity, message }) => ({ rule, severity, message })),
  };
}

function isOver(probe: Probe, target: HandleId): boolean {
  return probe.trace.tree.subtree(target).every((id) => {
    const node = probe.trace.tree.get(id);
    return node === undefined || (isEnded(node.state) && node.pending.length === 0);
  });
}

/** What operations on the handle and below it ended with, once it was closed. */
function completionsSince(probe: Probe, target: HandleId, from: number): readonly string[] {
  const within = new Set(probe.trace.tree.subtree(target));
  const words: string[] = [];
  for (let place = from; place < probe.trace.log.length; place += 1) {
    const event = probe.trace.log.at(seq(place));
    if (event.handle === undefined || !within.has(event.handle)) continue;
    // A call that blocked on another thread ends by returning.
    if (event.kind === 'return' && event.call < from) words.push(`${event.api} ${resultWords(event)}`);
    if (event.kind === 'completion') words.push(`${event.api} ${event.error === 0 ? 'NO_ERROR' : errorWords(event.error)}`);
    if (event.kind === 'callback' && event.payload.kind === 'async-result') {
      words.push(event.payload.dwResult === '0x0' ? errorWords(event.payload.dwError) : 'success');
    }
  }
  return words;
}

function closingOf(probe: Probe, target: HandleId, from: number): SweepCell['closing'] {
  const node = probe.trace.tree.get(target);
  if (node === undefined || (node.context !== undefined && !isOwedClosing(node))) return 'not owed';
  for (let place = from; place < probe.trace.log.length; place += 1) {
    const event = probe.trace.log.at(seq(place));
    if (event.kind === 'connection' && event.connectionId === node.connectionId) return 'came';
    if (event.kind === 'callback' && event.status === INTERNET_STATUS.INTERNET_STATUS_HANDLE_CLOSING && event.payload.kind === 'handle' && event.payload.handle === target) return 'came';
  }
  return node.context === undefined && node.kind !== 'server-request' ? 'not owed' : 'missing';
}

/** What the rules say of the close: the rest of the scenario was cut off, so what it leaves open does not count. */
function findingsSince(probe: Probe, from: number): readonly Finding[] {
  return probe.referee.all(false, probe.trace.now()).filter(({ provoked, events }) => !provoked && events.some((event) => event >= from));
}
