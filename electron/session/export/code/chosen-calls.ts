import type { CallEvent, CompletionEvent, ReturnEvent, TraceEvent } from '../../../../preload/contract/event';
import type { CodeScope } from '../../../../preload/contract/code';
import { seq, type HandleId, type Seq } from '../../../../preload/contract/ids';
import { err, ok, type Result } from '../../../../preload/contract/result';
import type { Trace } from '../../../trace/trace';
import { fieldsOf, textOf } from '../../../trace/event-fields';
import { handleOpenings } from '../../../trace/handle-openings';

/** A call with what came of it. */
export interface RecordedCall {
  readonly call: CallEvent;
  readonly returned: ReturnEvent | undefined;
  /** Its completion, or the REQUEST_COMPLETE of it; undefined where it did not pend, or pends still. */
  readonly completed: TraceEvent | undefined;
}

export interface ChosenCalls {
  readonly calls: readonly RecordedCall[];
  /** Calls that would follow, but for the bound. */
  readonly left: number;
}

/** What a person reads; a recording of more is exported whole, as a scenario. */
const MOST_CALLS = 400;
/** Events that are looked through: main answers callbacks too. */
const MOST_EVENTS = 500_000;
/** How far from a call its return and completion are looked for. */
const REACH = 20_000;

/** The calls that a person means, in their order. */
export function chosenCalls(trace: Trace, scope: CodeScope): Result<ChosenCalls, string> {
  const { log } = trace;
  if (scope.kind === 'call') {
    const call = callAt(trace, scope.seq);
    if (call === undefined) return err('This event belongs to no call. Select a call, its return or its completion.');
    const outcomes = outcomesBetween(trace, call.seq, Math.min(log.length, call.seq + REACH));
    return ok({ calls: [withOutcome(call, outcomes)], left: 0 });
  }
  if (log.length - log.first > MOST_EVENTS) return err(`The recording has more than ${MOST_EVENTS.toLocaleString('en')} events. Choose one call of it, or export it as a scenario.`);
  const family = scope.kind === 'handle' ? familyOf(trace, scope.handle) : undefined;
  const openings = handleOpenings(trace, log.length);
  const openedBy = new Map<Seq, HandleId>();
  for (const { id } of trace.tree.all()) {
    const call = openings.callOf(id);
    if (call !== undefined) openedBy.set(call, id);
  }
  const calls: CallEvent[] = [];
  for (let index: number = log.first; index < log.length; index += 1) {
    if (log.kindAt(seq(index)) !== 'call') continue;
    const event = log.at(seq(index));
    if (event.kind === 'call' && (family === undefined || isOf(event, family, openedBy.get(event.seq)))) calls.push(event);
  }
  if (calls.length === 0) return err('No calls were recorded here. Files of other programs tell of none.');
  const outcomes = outcomesBetween(trace, log.first, log.length);
  return ok({ calls: calls.slice(0, MOST_CALLS).map((call) => withOutcome(call, outcomes)), left: Math.max(0, calls.length - MOST_CALLS) });
}

interface Outcomes {
  readonly returns: ReadonlyMap<Seq, ReturnEvent>;
  readonly completions: ReadonlyMap<Seq, TraceEvent>;
}

function outcomesBetween(trace: Trace, from: number, to: number): Outcomes {
  const returns = new Map<Seq, ReturnEvent>();
  const completions = new Map<Seq, TraceEvent>();
  for (let index = from; index < to; index += 1) {
    const kind = trace.log.kindAt(seq(index));
    if (kind !== 'return' && kind !== 'callback' && kind !== 'completion') continue;
    const event = trace.log.at(seq(index));
    if (event.kind === 'return') returns.set(event.call, event);
    else if ((event.kind === 'callback' || event.kind === 'completion') && event.completes !== undefined) completions.set(event.completes, event);
  }
  return { returns, completions };
}

function withOutcome(call: CallEvent, { returns, completions }: Outcomes): RecordedCall {
  return { call, returned: returns.get(call.seq), completed: completions.get(call.seq) };
}

/** The call that an event is, ends or completes. */
function callAt({ log }: Trace, place: Seq): CallEvent | undefined {
  if (!log.has(place)) return undefined;
  const event = log.at(place);
  if (event.kind === 'call') return event;
  const call = event.kind === 'return' ? event.call : event.kind === 'callback' || event.kind === 'completion' ? (event satisfies TraceEvent | CompletionEvent).completes : undefined;
  const found = call === undefined || !log.has(call) ? undefined : log.at(call);
  return found?.kind === 'call' ? found : undefined;
}

interface Family {
  readonly handles: ReadonlySet<HandleId>;
  /** Whether the HTTP Server API is in it, whose start and end belong to no handle. */
  readonly server: boolean;
}

/** A handle, what it is below of, what is below it, and for a request queue the URL groups that are bound to it. */
function familyOf(trace: Trace, handle: HandleId): Family {
  const handles = new Set<HandleId>();
  const up = (from: HandleId | undefined): void => {
    for (let id = from; id !== undefined && !handles.has(id); id = trace.tree.get(id)?.parent) handles.add(id);
  };
  up(handle);
  const chosen = new Set([handle]);
  for (const { id, parent } of trace.tree.all()) {
    if (parent === undefined || !chosen.has(parent)) continue;
    chosen.add(id);
    handles.add(id);
  }
  const queues = new Set([...handles].flatMap((id) => {
    const node = trace.tree.get(id);
    return node?.kind === 'request-queue' ? [node.raw] : [];
  }));
  for (let index: number = trace.log.first; queues.size > 0 && index < trace.log.length; index += 1) {
    if (trace.log.kindAt(seq(index)) !== 'call') continue;
    const event = trace.log.at(seq(index));
    if (event.kind === 'call' && event.api === 'HttpSetUrlGroupProperty' && queues.has(textOf(fieldsOf(event.args['PropertyInformation'])['RequestQueueHandle']))) up(event.handle);
  }
  const server = [...handles].some((id) => SERVER_KINDS.has(trace.tree.get(id)?.kind ?? ''));
  return { handles, server };
}

const SERVER_KINDS: ReadonlySet<string> = new Set(['server-session', 'url-group', 'request-queue', 'server-request']);

function isOf(call: CallEvent, { handles, server }: Family, opened: HandleId | undefined): boolean {
  if (opened !== undefined) return handles.has(opened);
  if (call.handle !== undefined) return handles.has(call.handle);
  return server && (call.api === 'HttpInitialize' || call.api === 'HttpTerminate');
}
