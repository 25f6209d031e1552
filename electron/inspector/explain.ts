import { ruleOfOrigin } from '../../preload/contract/answer-rule';
import { milliseconds } from '../../preload/contract/number-words';
import { INTERNET_STATUS } from '../../preload/contract/win32/constants/status';
import type { CallEvent, ReturnEvent, TraceEvent } from '../../preload/contract/event';
import { isEnded, type HandleNode } from '../../preload/contract/handle';
import { seq, type HandleId, type Seq } from '../../preload/contract/ids';
import type { ExplainedStep } from '../../preload/contract/query';
import { eventRow } from '../trace/event-rows';
import { outcomeTone, resultWords, statusTitle } from '../trace/event-words';
import { isOwedClosing } from '../trace/handle-tree';
import {
  documentedCall, documentedCallback, documentedCompletion, documentedGone, documentedPending, documentedReturn, documentedRunning, documentedUse, type Documented,
} from './explain-words';
import { pendingAt, runningAt, type PendingThen } from './pending-at';
import { protocolOf } from './protocol';
import type { Trace } from '../trace/trace';

/** Steps kept of one explanation; a handle that is used on after its close can have any number. */
const MOST_STEPS = 50;

const CLOSING_CALLS: ReadonlySet<string> = new Set([
  'InternetCloseHandle', 'HttpCloseServerSession', 'HttpCloseUrlGroup', 'HttpCloseRequestQueue', 'HttpCancelHttpRequest',
]);

/** A step before its time is counted from the close. */
export type Step = Omit<ExplainedStep, 'offset'> & { readonly at: number | undefined };

/**
 * How a handle ended, or why it has not: what was asked, what came of it on which thread, beside what the pages of
 * InternetCloseHandle and HttpCancelHttpRequest say in that place. Empty while nobody asked for its end.
 */
export function explainEnd(trace: Trace, node: HandleNode): readonly ExplainedStep[] {
  const asked = findClose(trace, node);
  return asked === undefined ? explainOwnEnd(trace, node) : explainClose(trace, node, asked);
}

/** What a close or a cancel did, one that failed too; empty for any other event. */
export function explainAsked(trace: Trace, event: TraceEvent): readonly ExplainedStep[] {
  const call = event.kind === 'return' && trace.log.has(event.call) ? trace.log.at(event.call) : event;
  const node = call.handle === undefined ? undefined : trace.tree.get(call.handle);
  if (call.kind !== 'call' || node === undefined || !CLOSING_CALLS.has(call.api)) return [];
  return explainClose(trace, node, { call, returned: returnOf(trace, call.seq) });
}

interface Asked {
  readonly call: CallEvent;
  readonly returned: ReturnEvent | undefined;
}

function explainClose(trace: Trace, node: HandleNode, asked: Asked): readonly ExplainedStep[] {
  const { call, returned } = asked;
  const within = new Set(trace.tree.subtree(node.id));
  const running = runningAt(trace, within, node.createdBy, call.seq);
  const pending = pendingAt(trace, within, node.createdBy, call.seq);
  const first: Step = {
    seq: call.seq, at: call.time, title: callTitle(trace, node, call), result: returned === undefined ? 'running' : resultWords(returned),
    tone: returned === undefined ? 'pending' : outcomeTone(returned), ...documentedClose(trace, node, asked, pending),
  };
  // One that failed did nothing: what came later is not of its making.
  if (returned?.outcome === 'failure') return inOrder([first, ...endedBefore(trace, node, call)], call.time);
  const steps: Step[] = [first];
  for (const { call: place, api, since, thread, handle } of running) {
    steps.push({ seq: place, at: call.time, title: `${api} was under way${where(trace, node, handle)}`, result: `for ${milliseconds(call.time - since)} on thread ${thread}`, tone: 'pending', documented: documentedRunning() });
  }
  for (const { call: place, api, since, handle } of pending) {
    steps.push({ seq: place, at: call.time, title: `${api} was pending${where(trace, node, handle)}`, result: `for ${milliseconds(call.time - since)}`, tone: 'pending', documented: documentedPending(trace.tree.get(handle) ?? node) });
  }
  let closed = false;
  for (const event of eventsOf(trace, node.id, call.seq + 1)) {
    if (event.seq === returned?.seq || event.kind === 'call') continue;
    const step = explainEvent(event, closed, trace, node, call.seq);
    if (step !== undefined) steps.push(step);
    closed = closed || (event.kind === 'callback' && event.status === INTERNET_STATUS.INTERNET_STATUS_HANDLE_CLOSING && event.payload.kind === 'handle' && event.payload.handle === node.id);
  }
  steps.push(...stillOwed(node, closed));
  if (node.endedAt !== undefined && node.endedAt >= call.time) {
    steps.push({ seq: undefined, at: node.endedAt, title: 'The handle is gone', result: `${milliseconds(node.endedAt - call.time)} after it was asked`, tone: 'plain', documented: documentedGone(node, pending.length + running.length) });
  }
  return inOrder(steps, call.time);
}

/** Why a close or a cancel came too late. */
function endedBefore(trace: Trace, node: HandleNode, call: CallEvent): readonly Step[] {
  const first = findClose(trace, node)?.call;
  const at = first?.time ?? node.endedAt;
  if (at === undefined || at >= call.time) return [];
  const title = first === undefined ? `It was ${node.state} before` : `${callTitle(trace, node, first)} came first`;
  return [{ seq: first?.seq, at, title, result: `${milliseconds(call.time - at)} before`, tone: 'plain', documented: '' }];
}

/** A handle that ended without anybody asking: a request that was answered, whose client left, or whose engine was lost. */
function explainOwnEnd(trace: Trace, node: HandleNode): readonly ExplainedStep[] {
  const { endedAt } = node;
  if (endedAt === undefined || (node.state !== 'completed' && node.state !== 'disconnected' && node.state !== 'lost')) return [];
  const documented = {
    completed: 'The call without HTTP_SEND_RESPONSE_FLAG_MORE_DATA sends the last part of the answer: the request id means nothing any more.',
    disconnected: 'The transport connection is gone, with every request that was on it. A call with the id gives ERROR_CONNECTION_INVALID.',
    lost: 'The engine is gone, and every handle of it.',
  }[node.state];
  const event = eventAt(trace, endedAt, (one) => (node.state === 'disconnected' ? one.kind === 'connection' && one.lost.includes(node.id) : node.state === 'lost' ? one.kind === 'engine-lost' : one.handle === node.id));
  const row = event === undefined ? undefined : eventRow(event, trace.tree);
  const call = event?.kind === 'return' && trace.log.has(event.call) ? trace.log.at(event.call) : undefined;
  const by = call?.kind === 'call' ? ruleOfOrigin(call.origin) : undefined;
  const title = { completed: by === undefined ? 'It was answered' : `It was answered by ${by}`, disconnected: 'Its connection was gone', lost: 'Its engine was lost' }[node.state];
  return inOrder([{
    seq: event?.seq, at: endedAt, title: row === undefined ? title : `${title}: ${row.title} on thread ${row.thread}`, result: row?.result ?? '', tone: node.state === 'completed' ? 'good' : 'bad', documented,
  }], endedAt);
}

/** The last event of a moment that fits. */
function eventAt(trace: Trace, time: number, fits: (event: TraceEvent) => boolean): TraceEvent | undefined {
  for (let index = firstAfter(trace, time) - 1; index >= trace.log.first && trace.log.timeAt(seq(index)) === time; index -= 1) {
    const event = trace.log.at(seq(index));
    if (fits(event)) return event;
  }
  return undefined;
}

/** The place of the first event that came after a time: times never fall. */
function firstAfter(trace: Trace, time: number): number {
  let from: number = trace.log.first;
  let to = trace.log.length;
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (trace.log.timeAt(seq(middle)) <= time) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** By time, what is still owed last; offsets count from when the end was asked for. */
function inOrder(steps: readonly Step[], from: number): readonly ExplainedStep[] {
  const known = steps.filter(({ at }) => at !== undefined).sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
  const owed = steps.filter(({ at }) => at === undefined);
  return [...known.slice(0, MOST_STEPS), ...owed].map(({ at, ...step }) => ({ ...step, offset: at === undefined ? undefined : at - from }));
}

/** The call that ended a handle, its own or that of a handle above it; none that came after its end. */
function findClose(trace: Trace, node: HandleNode): Asked | undefined {
  const line = new Set<HandleId>(ancestry(trace, node));
  const end = node.endedAt === undefined ? trace.log.length : firstAfter(trace, node.endedAt);
  for (let index: number = Math.max(node.createdBy, trace.log.first); index < end; index += 1) {
    const handle = trace.log.handleAt(seq(index));
    if (handle === undefined || !line.has(handle) || trace.log.kindAt(seq(index)) !== 'call') continue;
    const call = trace.log.at(seq(index));
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

function returnOf(trace: Trace, call: Seq): ReturnEvent | undefined {
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
  trace: Trace, node: HandleNode, { call, returned }: Asked, pending: readonly PendingThen[],
): Documented {
  const page = documentedCall(call, returned);
  if (call.api === 'InternetCloseHandle' && call.handle === node.id && returned?.outcome === 'success' && returned.errorReliable && pending.length > 0 && node.asynchronous === true) {
    return { tone: 'bad', documented: 'Requests were outstanding, so the page promises ERROR_IO_PENDING from GetLastError. This close differs: it gave none.' };
  }
  if (call.api !== 'HttpCancelHttpRequest' || returned?.outcome === 'failure') return { documented: page };
  const protocol = protocolOf(trace, node);
  if (protocol === undefined) return { documented: page };
  return {
    documented: protocol === 'HTTP/2' || protocol === 'HTTP/3'
      ? `${page} This request came by ${protocol}: there its stream is reset, and the connection may go on.`
      : `${page} This request came by ${protocol}.`,
  };
}

function explainEvent(event: TraceEvent, closed: boolean, trace: Trace, node: HandleNode, asked: Seq): Step | undefined {
  const row = eventRow(event, trace.tree);
  const base = { seq: event.seq, at: event.time, title: row.title, result: row.result === '' ? row.detail : row.result, tone: row.tone };
  switch (event.kind) {
    case 'return': return { ...base, title: `${row.title} on thread ${event.thread}`, ...(event.call < asked ? documentedReturn(event) : documentedUse(event)) };
    case 'callback': return { ...base, title: `${row.title} on thread ${event.thread}`, ...documentedCallback(event, closed, node) };
    case 'callback-return': return { ...base, documented: 'While a callback runs its thread does nothing else: what is owed on it comes later.' };
    case 'completion': return { ...base, title: `${row.title} on thread ${event.thread}`, ...documentedCompletion(event) };
    case 'connection': return { ...base, documented: 'The transport connection is gone, with every request that was on it.' };
    default: return undefined;
  }
}

function where(trace: Trace, node: HandleNode, handle: HandleId): string {
  return handle === node.id ? '' : ` on ${trace.tree.get(handle)?.label ?? 'a handle below'}`;
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
