import type { FunctionName } from './win32/functions';
import type { StatusPayload } from './win32/status-payload';
import type { Width } from './win32/signature';
import type { HandleId, Seq } from './ids';
import type { HandleKind, HandleState } from './handle';

/** A value as the trace keeps it: bigints and pointers are hex text, bytes are hex with their full length. */
export type EventValue =
  | number | string | boolean
  | { readonly bytes: number; readonly hex: string }
  | readonly EventValue[]
  | { readonly [field: string]: EventValue };

export type EventFields = { readonly [name: string]: EventValue };

/** What stands in an argument in place of a value that was given to the engine and kept out of the recording. */
export const HIDDEN_VALUE = '(kept out of the recording)';

interface EventBase {
  readonly seq: Seq;
  /** Milliseconds since the start of the trace, with microsecond fractions; monotonic. */
  readonly time: number;
  readonly thread: number;
  /** The lane it belongs to; undefined for what concerns no handle (HttpInitialize, a note). */
  readonly handle: HandleId | undefined;
}

/** What the tree learns when a handle comes into being. */
export interface HandleBirth {
  readonly id: HandleId;
  readonly kind: HandleKind;
  readonly parent: HandleId | undefined;
  readonly raw: string;
  readonly label: string;
  readonly detail: string;
  readonly context: string | undefined;
  readonly hasCallback: boolean;
  readonly asynchronous: boolean | undefined;
  readonly connectionId: string | undefined;
}

export interface CallEvent extends EventBase {
  readonly kind: 'call';
  readonly api: FunctionName;
  readonly width: Width;
  readonly args: EventFields;
  /** The callback event that it was made in. */
  readonly inCallback: Seq | undefined;
  /** Who asked: a command of the window, a scenario step, the driver of an open server. */
  readonly origin: string;
  /** The scenario step that makes it expects it to fail: a misuse on purpose. */
  readonly provoked?: true;
}

export type CallOutcome = 'success' | 'pending' | 'failure';

export interface ReturnEvent extends EventBase {
  readonly kind: 'return';
  readonly call: Seq;
  readonly api: FunctionName;
  readonly returns: EventValue;
  /** The code that says what happened: GetLastError, or the returned error code. */
  readonly error: number;
  readonly errorReliable: boolean;
  readonly outcome: CallOutcome;
  /** OUT parameters as they stood at the return. */
  readonly out: EventFields;
  readonly created: HandleBirth | undefined;
}

export interface CallbackEvent extends EventBase {
  readonly kind: 'callback';
  /** INTERNET_STATUS_*. */
  readonly status: number;
  readonly payload: StatusPayloadValue;
  /** lpvStatusInformation, all of dwStatusInformationLength, in hex. */
  readonly bytes: string;
  readonly width: Width;
  readonly context: string;
  /** The recorder it came to. */
  readonly via: string;
  /** The pending call that a REQUEST_COMPLETE ends. */
  readonly completes: Seq | undefined;
  /** OUT memory of the completed call as it stands now. */
  readonly out: EventFields;
  readonly created: HandleBirth | undefined;
}

/**
 * A callback that returned late. What returns within a few milliseconds has no event of its own: a storm of callbacks
 * costs the record one event each.
 */
export interface CallbackReturnEvent extends EventBase {
  readonly kind: 'callback-return';
  /** The callback that returned. */
  readonly callback: Seq;
  readonly status: number;
  /** Milliseconds from the callback to its return, for which it held its thread. */
  readonly duration: number;
  /** A person held it there, stepping through a scenario: how long it lasted says nothing of the program. */
  readonly held?: true;
}

/** StatusPayload with its bigints as hex text, so that it crosses JSON. */
export type StatusPayloadValue =
  | Exclude<StatusPayload, { kind: 'handle' } | { kind: 'async-result' }>
  | { readonly kind: 'handle'; readonly raw: string; readonly handle: HandleId | undefined }
  | { readonly kind: 'async-result'; readonly dwResult: string; readonly dwError: number };

/** An OVERLAPPED that completed. */
export interface CompletionEvent extends EventBase {
  readonly kind: 'completion';
  readonly completes: Seq;
  readonly api: FunctionName;
  /** What GetOverlappedResult gives: 0 or a Win32 error. */
  readonly error: number;
  readonly bytes: number;
  readonly out: EventFields;
  readonly created: HandleBirth | undefined;
}

/** A transport connection under the HTTP Server API. */
export interface ConnectionTraceEvent extends EventBase {
  readonly kind: 'connection';
  readonly what: 'accepted' | 'closed-by-peer' | 'closed' | 'reset';
  readonly connectionId: string;
  readonly remote: string;
  /** Requests that went with it. */
  readonly lost: readonly HandleId[];
}

export interface NoteEvent extends EventBase {
  readonly kind: 'note';
  readonly level: 'info' | 'warning' | 'error';
  readonly text: string;
}

/** The engine is gone, and every handle of it. */
export interface EngineLostEvent extends EventBase {
  readonly kind: 'engine-lost';
  readonly reason: string;
}

/**
 * What somebody else's recorder wrote down of a program that is not ours: an event of ETW, an entry of a HAR or a NetLog, a
 * line of netsh. It says what happened to a handle, and is no call or callback that this program saw.
 */
export interface ObservedEvent extends EventBase {
  readonly kind: 'observed';
  /** Who wrote it down: "Microsoft-Windows-WinINet", "NetLog", "HAR", "netsh". */
  readonly source: string;
  /** Its name there: "WININET_DNS_QUERY Start", "URL_REQUEST_START_JOB". */
  readonly name: string;
  readonly fields: EventFields;
  /** The Win32 error that it tells of; 0 for none. */
  readonly error: number;
  /** Set where it tells of a failure. */
  readonly failed?: true;
  readonly created: HandleBirth | undefined;
  /** The span that it begins or ends in its lane; one that begins ends the one before it. */
  readonly phase?: ObservedPhase;
  /** What its handle became by it. */
  readonly became?: Exclude<HandleState, 'open' | 'lost'>;
  /** What is known of its handle only now. */
  readonly says?: { readonly label?: string; readonly detail?: string };
}

export type ObservedPhase =
  | { readonly edge: 'begin'; readonly kind: 'resolve' | 'connect' | 'send' | 'pending' | 'receive' | 'body'; readonly label: string }
  | { readonly edge: 'end' };

export type TraceEvent = CallEvent | ReturnEvent | CallbackEvent | CallbackReturnEvent | CompletionEvent | ConnectionTraceEvent | NoteEvent | EngineLostEvent
  | ObservedEvent;
export type EventKind = TraceEvent['kind'];

/** An event before the log gave it its place and time. */
export type NewEvent = TraceEvent extends infer E ? (E extends TraceEvent ? Omit<E, 'seq' | 'time'> & { readonly time?: number } : never) : never;
