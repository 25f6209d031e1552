import type { CallEvent, TraceEvent } from '../../preload/contract/event';
import { seq, type HandleId, type Seq } from '../../preload/contract/ids';
import type { RelatedEvent } from '../../preload/contract/query';
import { INTERNET_STATUS } from '../../preload/contract/win32/constants/status';
import { isCloser } from '../rules/scene';
import { eventRow } from '../trace/event-rows';
import type { Trace } from '../trace/trace';

/** How far from an event another is looked for: a call's return may be many events later, but not without bound. */
const REACH = 20_000;
/** Callbacks of one call that are listed; of a long download there is any number. */
const MOST_SIBLINGS = 12;

/**
 * The call that an event belongs to by its link: itself, the call that returned, or the one that a completion ends.
 * Undefined for a callback that ends none.
 */
export function callOf({ log }: Trace, event: TraceEvent): CallEvent | undefined {
  if (event.kind === 'call') return event;
  const place = event.kind === 'return' ? event.call : event.kind === 'completion' || event.kind === 'callback' ? event.completes : undefined;
  const call = place === undefined || !log.has(place) ? undefined : log.at(place);
  return call?.kind === 'call' ? call : undefined;
}

/** What belongs together with an event: why it came, what it led to, what came with it, and its neighbours on the handle. */
export function relatedEvents(trace: Trace, event: TraceEvent): readonly RelatedEvent[] {
  const related: RelatedEvent[] = [];
  const seen = new Set<Seq>([event.seq]);
  const add = (role: RelatedEvent['role'], other: TraceEvent | undefined): void => {
    if (other === undefined || seen.has(other.seq)) return;
    seen.add(other.seq);
    related.push({ role, row: eventRow(other, trace.tree) });
  };
  const own = callOf(trace, event);
  const cause = causeOf(trace, event);
  add('cause', cause);
  add('call', own);
  const call = own ?? (cause?.kind === 'call' ? cause : undefined);
  if (call !== undefined) {
    const ends = endsOf(trace, call);
    for (const end of ends) add(end.kind === 'return' ? 'return' : 'completion', end);
    for (const sibling of callbacksOf(trace, call, ends.at(-1)?.seq)) add('sibling', sibling);
  }
  add('previous', neighbour(trace, event, -1));
  add('next', neighbour(trace, event, 1));
  return related;
}

/** Why an event came: the callback that a call was made in, the callback that returned, the close behind a HANDLE_CLOSING, the call under way. */
function causeOf(trace: Trace, event: TraceEvent): TraceEvent | undefined {
  if (event.kind === 'call') return at(trace, event.inCallback);
  if (event.kind === 'callback-return') return at(trace, event.callback);
  if (event.kind !== 'callback' || event.completes !== undefined) return undefined;
  const closing = event.status === INTERNET_STATUS.INTERNET_STATUS_HANDLE_CLOSING;
  return before(trace, event, closing ? ancestry(trace, event.handle) : new Set(event.handle === undefined ? [] : [event.handle]), closing);
}

function at({ log }: Trace, place: Seq | undefined): TraceEvent | undefined {
  return place === undefined || !log.has(place) ? undefined : log.at(place);
}

/** The last call on one of the handles before an event that had not ended by then; a close counts after its return too. */
function before({ log }: Trace, event: TraceEvent, handles: ReadonlySet<HandleId>, closing: boolean): TraceEvent | undefined {
  const ended = new Set<Seq>();
  for (let place = event.seq - 1; place >= Math.max(log.first, event.seq - REACH); place -= 1) {
    const handle = log.handleAt(seq(place));
    if (handle === undefined || !handles.has(handle)) continue;
    const kind = log.kindAt(seq(place));
    const link = log.linkAt(seq(place));
    if (kind === 'call') {
      if (!closing && ended.has(seq(place))) continue;
      const call = log.at(seq(place));
      if (call.kind === 'call' && isCloser(call.api) === closing) return call;
    } else if (link !== undefined && kind !== 'callback-return') {
      const other = log.at(seq(place));
      if (other.kind !== 'return' || other.outcome !== 'pending') ended.add(link);
    }
  }
  return undefined;
}

function ancestry(trace: Trace, handle: HandleId | undefined): ReadonlySet<HandleId> {
  const line = new Set<HandleId>();
  for (let at = handle; at !== undefined && !line.has(at); at = trace.tree.get(at)?.parent) line.add(at);
  return line;
}

/** The return of a call, and the completion of one that was pending. */
function endsOf({ log }: Trace, call: CallEvent): readonly TraceEvent[] {
  const ends: TraceEvent[] = [];
  const end = Math.min(log.length, call.seq + REACH);
  for (let place = call.seq + 1; place < end; place += 1) {
    const kind = log.kindAt(seq(place));
    if ((kind !== 'return' && kind !== 'callback' && kind !== 'completion') || log.linkAt(seq(place)) !== call.seq) continue;
    const event = log.at(seq(place));
    ends.push(event);
    // Windows does not order a completion and the return of its call.
    const returned = ends.find((one) => one.kind === 'return');
    if (returned?.kind === 'return' && (returned.outcome !== 'pending' || ends.length > 1)) break;
  }
  return ends;
}

/** The status callbacks on its handle while a call was under way. */
function* callbacksOf({ log }: Trace, call: CallEvent, last: Seq | undefined): Generator<TraceEvent> {
  if (call.handle === undefined) return;
  const end = last ?? Math.min(log.length, call.seq + REACH);
  for (let place = call.seq + 1, found = 0; place < end && found < MOST_SIBLINGS; place += 1) {
    if (log.handleAt(seq(place)) !== call.handle || log.kindAt(seq(place)) !== 'callback') continue;
    found += 1;
    yield log.at(seq(place));
  }
}

/** The event before or after on the same handle. */
function neighbour({ log }: Trace, event: TraceEvent, by: 1 | -1): TraceEvent | undefined {
  if (event.handle === undefined) return undefined;
  for (let place = event.seq + by, looked = 0; log.has(place) && looked < REACH; place += by, looked += 1) {
    if (log.handleAt(seq(place)) === event.handle) return log.at(seq(place));
  }
  return undefined;
}
