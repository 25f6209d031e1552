import type {
  CallbackEvent, CallbackReturnEvent, CallEvent, CompletionEvent, ConnectionTraceEvent, EngineLostEvent, EventKind, NoteEvent, ObservedEvent, ReturnEvent, TraceEvent,
} from '../../preload/contract/event';
import type { HandleId, Seq } from '../../preload/contract/ids';
import { FUNCTION_NAMES, type FunctionName } from '../../preload/contract/win32/functions';
import type { InColumns } from './event-payload';

/** How an event is taken apart into the numbers of its columns and the JSON text beside them, and put together again. */

const FUNCTION_INDEX: ReadonlyMap<FunctionName, number> = new Map(FUNCTION_NAMES.map((name, index) => [name, index]));

type Without<E> = Omit<E, InColumns>;

/** What an event of each kind says beside its columns. */
export interface Payloads {
  readonly call: Without<CallEvent>;
  readonly return: Without<ReturnEvent>;
  readonly callback: Without<CallbackEvent>;
  readonly completion: Without<CompletionEvent>;
  readonly connection: Without<ConnectionTraceEvent>;
  readonly note: Without<NoteEvent>;
  readonly 'engine-lost': Without<EngineLostEvent>;
  readonly 'callback-return': Without<CallbackReturnEvent>;
  readonly observed: Without<ObservedEvent>;
}

export type KindAndPayload = { readonly [K in EventKind]: { readonly kind: K; readonly payload: Payloads[K] } }[EventKind];

/** The columns of an event that its text does not repeat. */
export interface EventPlace {
  readonly seq: Seq;
  readonly time: number;
  readonly thread: number;
  readonly handle: HandleId | undefined;
  /** Of a return or completion its call, of a REQUEST_COMPLETE the call it ends, of a call the callback it was made in, of a callback-return the callback. */
  readonly link: Seq | undefined;
}

/** A function's place in FUNCTION_NAMES, or an INTERNET_STATUS. */
export function nameOf(event: TraceEvent): number {
  switch (event.kind) {
    case 'call': case 'return': case 'completion': return FUNCTION_INDEX.get(event.api) ?? 0;
    case 'callback': case 'callback-return': return event.status;
    default: return 0;
  }
}

export function linkOf(event: TraceEvent): Seq | undefined {
  switch (event.kind) {
    case 'return': return event.call;
    case 'callback': case 'completion': return event.completes;
    case 'call': return event.inCallback;
    case 'callback-return': return event.callback;
    default: return undefined;
  }
}

/** What the link of each kind of event is called. */
export const LINK_NAMES: Readonly<Record<EventKind, string>> = {
  call: 'inCallback', return: 'call', callback: 'completes', completion: 'completes', 'callback-return': 'callback', connection: '', note: '', 'engine-lost': '', observed: '',
};

export function codeOf(event: TraceEvent): number {
  return event.kind === 'return' || event.kind === 'completion' || event.kind === 'observed' ? event.error : 0;
}

/**
 * Written out field by field: this is done for every event of a file, and a spread costs ten times as much.
 * @throws Error for a return, completion or callback-return without its link
 */
export function eventOf(given: KindAndPayload, { seq, time, thread, handle, link }: EventPlace): TraceEvent {
  switch (given.kind) {
    case 'call': {
      const { api, width, args, origin, provoked } = given.payload;
      const event: CallEvent = { kind: 'call', seq, time, thread, handle, api, width, args, origin, inCallback: link };
      return provoked === true ? { ...event, provoked } : event;
    }
    case 'return': {
      const { api, returns, error, errorReliable, outcome, out, created } = given.payload;
      return { kind: 'return', seq, time, thread, handle, call: needed(link), api, returns, error, errorReliable, outcome, out, created };
    }
    case 'callback': {
      const { status, payload, bytes, width, context, via, out, created } = given.payload;
      return { kind: 'callback', seq, time, thread, handle, status, payload, bytes, width, context, via, completes: link, out, created };
    }
    case 'completion': {
      const { api, error, bytes, out, created } = given.payload;
      return { kind: 'completion', seq, time, thread, handle, completes: needed(link), api, error, bytes, out, created };
    }
    case 'connection': {
      const { what, connectionId, remote, lost } = given.payload;
      return { kind: 'connection', seq, time, thread, handle, what, connectionId, remote, lost };
    }
    case 'note': {
      const { level, text } = given.payload;
      return { kind: 'note', seq, time, thread, handle, level, text };
    }
    case 'engine-lost': return { kind: 'engine-lost', seq, time, thread, handle, reason: given.payload.reason };
    case 'callback-return': {
      const { status, duration, held } = given.payload;
      const event: CallbackReturnEvent = { kind: 'callback-return', seq, time, thread, handle, callback: needed(link), status, duration };
      return held === true ? { ...event, held } : event;
    }
    // Most of what it may say is mostly not said.
    case 'observed': return { ...given.payload, kind: 'observed', seq, time, thread, handle };
  }
}

function needed(link: Seq | undefined): Seq {
  if (link === undefined) throw new Error('A return without its call or callback');
  return link;
}
