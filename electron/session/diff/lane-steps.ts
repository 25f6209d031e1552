import type { CallEvent } from '../../../preload/contract/event';
import { seq, type HandleId, type Seq } from '../../../preload/contract/ids';
import { u32 } from '../../trace/column';
import type { Trace } from '../../trace/trace';
import type { Numbers } from './align';
import { comparableCall, comparableEvent, kindOfStep, type Comparable } from './comparable';

export const NO_EVENT = 0xffffffff;

type Column = ReturnType<typeof u32>;

/** Steps in the order they came, in columns: long sessions have millions. */
export interface Stream {
  readonly seqs: Column;
  /** Equal for steps that say the same. */
  readonly same: Column;
  /** Equal for steps of one kind. */
  readonly kind: Column;
}

/**
 * The steps of one handle, in two streams: what the application did, and what it was told. Which of the two came first is
 * a matter of threads and differs with every run; within each the order is what the sessions are compared for.
 */
export interface LaneSteps {
  readonly calls: Stream;
  readonly told: Stream;
}

/** What concerns no handle: the calls that make the first ones, notes. */
export const NO_HANDLE = 0;

export interface SessionSteps {
  readonly lanes: ReadonlyMap<HandleId | typeof NO_HANDLE, LaneSteps>;
  /** The return of each call, and the completion of each that pended, by the place of the call; NO_EVENT for none. */
  readonly returns: Uint32Array;
  readonly completions: Uint32Array;
}

/** Splits a trace into the steps of its handles, a slice of events at a time. @param numbers shared by the two sessions */
export function* sessionSteps(trace: Trace, end: number, numbers: Numbers): Generator<number, SessionSteps, undefined> {
  const lanes = new Map<HandleId | typeof NO_HANDLE, LaneSteps>();
  const returns = new Uint32Array(end).fill(NO_EVENT);
  const completions = new Uint32Array(end).fill(NO_EVENT);
  const open = new Map<Seq, { readonly call: CallEvent; readonly stream: Stream; readonly row: number }>();
  const laneOf = (handle: HandleId | undefined): LaneSteps => {
    const key = handle ?? NO_HANDLE;
    const known = lanes.get(key);
    if (known !== undefined) return known;
    const made = { calls: { seqs: u32(), same: u32(), kind: u32() }, told: { seqs: u32(), same: u32(), kind: u32() } };
    lanes.set(key, made);
    return made;
  };
  for (let index: number = trace.log.first; index < end; index += 1) {
    const event = trace.log.at(seq(index));
    if (event.kind === 'call') {
      const stream = laneOf(event.handle).calls;
      open.set(event.seq, { call: event, stream, row: push(stream, index, 0, numbers.of(kindOfStep(event))) });
    } else if (event.kind === 'return') {
      returns[event.call] = index;
      const began = open.get(event.call);
      open.delete(event.call);
      if (began !== undefined) began.stream.same.set(began.row, numbers.of(keyOf(kindOfStep(began.call), comparableCall(trace, began.call, event))));
    } else {
      if ((event.kind === 'callback' || event.kind === 'completion') && event.completes !== undefined) completions[event.completes] = index;
      const comparable = comparableEvent(trace, event);
      const kind = kindOfStep(event);
      if (comparable !== undefined) push(laneOf(event.handle).told, index, numbers.of(keyOf(kind, comparable)), numbers.of(kind));
    }
    if (index % 1024 === 0) yield index;
  }
  for (const { call, stream, row } of open.values()) stream.same.set(row, numbers.of(keyOf(kindOfStep(call), comparableCall(trace, call, undefined))));
  return { lanes, returns, completions };
}

function push(stream: Stream, at: number, same: number, kind: number): number {
  stream.seqs.push(at);
  stream.same.push(same);
  stream.kind.push(kind);
  return stream.seqs.length - 1;
}

function keyOf(kind: string, comparable: Comparable): string {
  return `${kind} ${JSON.stringify(comparable)}`;
}
