import { INTERNET_STATUS } from '../../preload/contract/win32/constants/status';
import { WIN32_ERRORS } from '../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../preload/contract/win32/constants/wininet-errors';
import type { CallbackEvent, CallEvent, ReturnEvent, TraceEvent } from '../../preload/contract/event';
import { isEnded, type HandleNode } from '../../preload/contract/handle';
import { seq, type HandleId } from '../../preload/contract/ids';
import type { ExplainedStep } from '../../preload/contract/query';
import { eventRow } from '../trace/event-rows';
import { outcomeTone, resultWords, statusTitle } from '../trace/event-words';
import { isOwedClosing } from '../trace/handle-tree';
import { pendingAt, type PendingThen } from './pending-at';
import { protocolOf } from './protocol';
import type { Trace } from '../trace/trace';

/** Steps kept of one explanation; a handle that is used on after its close can have any number. */
const MOST_STEPS = 50;

const CLOSING_CALLS: ReadonlySet<string> = new Set([
  'InternetCloseHandle', 'HttpCloseServerSession', 'HttpCloseUrlGroup', 'HttpCloseRequestQueue', 'HttpCancelHttpRequest',
]);

/**
 * How a handle ended, or why it has not: what was asked, what came of it on which thread, beside what the pages of
 * InternetCloseHandle and HttpCancelHttpRequest say in that place. Empty while nobody asked for its end.
 */
export function explainEnd(trace: Trace, node: HandleNode): readonly ExplainedStep[] {
  const ending = findEnding(trace, node);
  if (ending === undefined) return [];
  const { call, returned } = ending;
  const steps: ExplainedStep[] = [];
  const add = (step: Omit<ExplainedStep, 'offset'> & { readonly at: number | undefined }): void => {
    const { at, ...rest } = step;
    if (steps.length < MOST_STEPS) steps.push({ ...rest, offset: at === undefined ? undefined : at - call.time });
  };
  const pending = pendingAt(trace, new Set(trace.tree.subtree(node.id)), node.createdBy, call.seq);
  add({
    seq: call.seq, at: call.time, title: callTitle(trace, node, call),
    result: returned === undefined ? 'running' : resultWords(returned), tone: returned === undefined ? 'pending' : outcomeTone(returned),
    ...documentedClose(trace, node, ending, pending),
  });
  for (const { call: place, api, since, handle } of pending) {
    add({
      seq: place, at: call.time, title: `${api} was pending${handle === node.id ? '' : ` on ${trace.tree.get(handle)?.label ?? 'a handle below'}`}`,
      result: `for ${(call.time - since).toFixed(1)} ms`, tone: 'pending', documented: 'The close ends it: it completes once, before the final HANDLE_CLOSING.',
    });
  }
  let closed = false;
  for (const event of eventsOf(trace, node.id, call.seq + 1)) {
    if (event.seq === returned?.seq || (event.kind === 'call')) continue;
    const step = explainEvent(event, closed, trace, node);
    if (step !== undefined) add(step);
    closed = closed || (event.kind === 'callback' && event.status === INTERNET_STATUS.INTERNET_STATUS_HANDLE_CLOSING && event.payload.kind === 'handle' && event.payload.handle === node.id);
  }
  for (const owed of stillOwed(node, closed)) add(owed);
  if (node.endedAt !== undefined) {
    add({
      seq: undefined, at: node.endedAt, title: 'The handle is gone', result: `${(node.endedAt - call.time).toFixed(1)} ms after it was asked`, tone: 'plain',
      documented: pending.length === 0 ? '' : `With ${pending.length === 1 ? 'one call' : `${pending.length} calls`} outstanding it was invalid at once, and gone when ${pending.length === 1 ? 'it' : 'the last'} had completed.`,
    });
  }
  return steps;
}

interface NodeEnding {
  readonly call: CallEvent;
  readonly returned: ReturnEvent | undefined;
}

function findEnding(trace: Trace, node: HandleNode): NodeEnding | undefined {
  const line = new Set<HandleId>(ancestry(trace, node));
  for (let index = seq(Math.max(node.createdBy, trace.log.first)); index < trace.log.length; index = seq(index + 1)) {
    const handle = trace.log.handleAt(index);
    if (handle === undefined || !line.has(handle) || trace.log.kindAt(index) !== 'call') continue;
    const call = trace.log.at(index);
    if (call.kind !== 'call' || !CLOSING_CALLS.has(call.api)) continue;
    const returned = returnOf(trace, call.seq);
    if (returned === undefined || returned.outcome !== 'failure') return { call, returned };
  }
  return undefined;
}

function ancestry(trace: Trace, node: HandleNode): readonly HandleId[] {
  const parent = node.parent === undefined ? undefined : trace.tree.get(node.parent);
  return parent === undefined ? [node.id] : [node.id, ...ancestry(trace, parent)];
}

function returnOf(trace: Trace, call: number): ReturnEvent | undefined {
  for (let index = call + 1; index < trace.log.length; index += 1) {
    if (trace.log.kindAt(seq(index)) !== 'return') continue;
    const event = trace.log.at(seq(index));
    if (event.kind === 'return' && event.call === call) return event;
  }
  return undefined;
}

function* eventsOf(trace: Trace, id: HandleId, from: number): Generator<TraceEvent> {
  for (let index = from; index < trace.log.length; index += 1) {
    const handle = trace.log.handleAt(seq(index));
    const connection = trace.log.kindAt(seq(index)) === 'connection';
    if (handle !== id && !connection) continue;
    const event = trace.log.at(seq(index));
    if (event.kind === 'connection' && handle !== id && !event.lost.includes(id)) continue;
    yield event;
  }
}

function callTitle(trace: Trace, node: HandleNode, call: CallEvent): string {
  const on = call.handle === node.id ? '' : ` on ${trace.tree.get(call.handle ?? node.id)?.label ?? 'a parent'}`;
  const inside = call.inCallback === undefined || !trace.log.has(call.inCallback) ? undefined : trace.log.at(call.inCallback);
  const where = inside?.kind === 'callback' ? `, inside ${statusTitle(inside.status)}` : '';
  return `${call.api}${on} on thread ${call.thread}${where}${call.origin === '' ? '' : ` (${call.origin})`}`;
}

/** What the page says of the close, and in what this one differs from it. */
function documentedClose(
  trace: Trace, node: HandleNode, { call, returned }: NodeEnding, pending: readonly PendingThen[],
): { readonly tone?: ExplainedStep['tone']; readonly documented: string } {
  const page = documentedCall(call, returned);
  if (call.api === 'InternetCloseHandle' && call.handle === node.id && returned?.outcome === 'success' && returned.errorReliable && pending.length > 0 && node.asynchronous === true) {
    return { tone: 'bad', documented: 'Requests were outstanding, so the page promises ERROR_IO_PENDING from GetLastError. This close differs: it gave none.' };
  }
  if (call.api !== 'HttpCancelHttpRequest') return { documented: page };
  const protocol = protocolOf(trace, node);
  if (protocol === undefined) return { documented: page };
  return {
    documented: protocol === 'HTTP/2' || protocol === 'HTTP/3'
      ? `${page} This request came by ${protocol}: there its stream is reset, and the connection may go on.`
      : `${page} This request came by ${protocol}.`,
  };
}

function documentedCall(call: CallEvent, returned: ReturnEvent | undefined): string {
  switch (call.api) {
    case 'InternetCloseHandle':
      return returned?.outcome === 'pending'
        ? 'Requests were outstanding, so GetLastError gives ERROR_IO_PENDING: the handle is not closed at once but is invalid from now on.'
        : 'It ends pending operations on the handle and discards outstanding data. Nothing was outstanding: the handle closes at once.';
    case 'HttpCancelHttpRequest':
      return 'NO_ERROR on success, ERROR_IO_PENDING with an OVERLAPPED. The underlying transport connection is closed, and every other request on it is lost.';
    case 'HttpCloseServerSession': return 'The session is closed with all its URL groups; pending requests on their queues are cancelled.';
    case 'HttpCloseUrlGroup': return 'The group is closed and its URLs are removed.';
    case 'HttpCloseRequestQueue': return 'The queue is closed: pending receives are cancelled and requests on it are lost.';
    default: return '';
  }
}

/** A step before its time is counted from the close. */
export type Step = Omit<ExplainedStep, 'offset'> & { readonly at: number | undefined };

function explainEvent(event: TraceEvent, closed: boolean, trace: Trace, node: HandleNode): Step | undefined {
  const row = eventRow(event, trace.tree);
  const base = { seq: event.seq, at: event.time, title: row.title, result: row.result === '' ? row.detail : row.result, tone: row.tone };
  switch (event.kind) {
    case 'return': return { ...base, title: `${row.title} on thread ${event.thread}`, ...documentedUse(event) };
    case 'callback': return { ...base, title: `${row.title} on thread ${event.thread}`, ...documentedCallback(event, closed, node) };
    case 'callback-return': return { ...base, documented: 'While a callback runs its thread does nothing else: what is owed on it comes later.' };
    case 'completion': return { ...base, documented: 'An OVERLAPPED completes exactly once.' };
    case 'connection': return { ...base, documented: 'The transport connection is gone, with every request that was on it.' };
    default: return undefined;
  }
}

function documentedUse(event: ReturnEvent): { readonly tone?: ExplainedStep['tone']; readonly documented: string } {
  if (event.error === WIN32_ERRORS.ERROR_INVALID_HANDLE) return { documented: 'New requests on an invalidated handle get ERROR_INVALID_HANDLE. As documented.' };
  if (event.error === WIN32_ERRORS.ERROR_CONNECTION_INVALID) return { documented: 'The request is unknown or already finished: ERROR_CONNECTION_INVALID. As documented.' };
  if (event.outcome === 'failure') return { documented: 'A call after the end was asked for.' };
  return { tone: 'bad', documented: 'It succeeded after the end was asked for: the page says that no further call may be issued.' };
}

function documentedCallback(event: CallbackEvent, closed: boolean, node: HandleNode): { readonly tone?: ExplainedStep['tone']; readonly documented: string } {
  if (closed) return { tone: 'bad', documented: 'HANDLE_CLOSING is the last callback of a handle: this one must not come.' };
  if (event.status === INTERNET_STATUS.INTERNET_STATUS_HANDLE_CLOSING) {
    // The tree holds what is pending now; what completed after this callback is told there.
    return node.pending.some(({ call }) => call < event.seq)
      ? { tone: 'bad', documented: 'The page promises each pending call its REQUEST_COMPLETE before this callback. This close differs: one is still owed.' }
      : { tone: 'good', documented: 'The last callback of the handle. Its context may be freed now.' };
  }
  if (event.status === INTERNET_STATUS.INTERNET_STATUS_REQUEST_COMPLETE && event.payload.kind === 'async-result') {
    return event.payload.dwError === WININET_ERRORS.ERROR_INTERNET_OPERATION_CANCELLED
      ? { tone: 'good', documented: 'A pending request completes with REQUEST_COMPLETE before the final HANDLE_CLOSING; the close cancelled it.' }
      : event.payload.dwResult === '0x0'
        ? { documented: 'A pending request completes with REQUEST_COMPLETE. It was not cancelled: its own error came first.' }
        : { tone: 'bad', documented: 'The page says that a close ends pending operations. This close differs: the operation completed with success.' };
  }
  return { documented: `${statusTitle(event.status)} may still arrive before the final HANDLE_CLOSING.` };
}

export function stillOwed(node: HandleNode, closed: boolean): readonly Step[] {
  if (closed || node.context === undefined) return [];
  if (!isOwedClosing(node)) {
    return [{
      seq: undefined, at: undefined, title: 'no HANDLE_CLOSING', result: node.hasCallback ? 'dwContext is NULL' : 'no status callback', tone: 'plain',
      documented: 'HANDLE_CLOSING is made only with a status callback registered and a non-NULL context. Waiting for it would hang.',
    }];
  }
  if (isEnded(node.state)) return [];
  const owed = node.pending.map((pending): Step => ({
    seq: pending.call, at: undefined, title: 'REQUEST_COMPLETE', result: `owed for ${pending.api}`, tone: 'pending', documented: 'Every pending request completes once.',
  }));
  return [...owed, {
    seq: undefined, at: undefined, title: 'HANDLE_CLOSING', result: 'waiting', tone: 'pending',
    documented: 'The page promises it as the last callback: the context is not NULL and a callback is set.',
  }];
}
