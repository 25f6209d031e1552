import type { HandleId, Seq } from './ids';

export const HANDLE_KINDS = [
  'session', 'connection', 'request', 'ftp-connection', 'ftp-file', 'ftp-find',
  'server-session', 'url-group', 'request-queue', 'server-request',
  // No handle: the program above the handles of an import, so that each has a tree of its own.
  'process',
] as const;
export type HandleKind = (typeof HANDLE_KINDS)[number];

/**
 * open: may be used. closing: the close was requested and operations or HANDLE_CLOSING are still owed.
 * closed, completed (answered), cancelled, disconnected (its connection is gone), lost (its engine is gone): ended.
 */
export const HANDLE_STATES = ['open', 'closing', 'closed', 'completed', 'cancelled', 'disconnected', 'lost'] as const;
export type HandleState = (typeof HANDLE_STATES)[number];

export function isEnded(state: HandleState): boolean {
  return state !== 'open' && state !== 'closing';
}

/** A call on the handle that answered ERROR_IO_PENDING and has not completed. */
export interface PendingCall {
  readonly call: Seq;
  readonly api: string;
  /** Milliseconds since the start of the trace. */
  readonly since: number;
}

/** One row of the handle tree, one lane of the timeline. */
export interface HandleNode {
  readonly id: HandleId;
  readonly kind: HandleKind;
  readonly parent: HandleId | undefined;
  /** The value the engine gave, in hex: to be shown, never to be sent back. */
  readonly raw: string;
  /** What it is in a few words: "GET /slow", "127.0.0.1:8080", "Queue “demo”". */
  readonly label: string;
  /** What else to know in the same row: "async · demo/1.0". */
  readonly detail: string;
  readonly state: HandleState;
  /** Milliseconds since the start of the trace. */
  readonly createdAt: number;
  readonly endedAt: number | undefined;
  readonly createdBy: Seq;
  readonly closeRequestedAt: number | undefined;
  readonly pending: readonly PendingCall[];
  /** dwContext as the caller gave it, in hex; '0x0' means no callbacks. Undefined where there is no context. */
  readonly context: string | undefined;
  /** Whether a status callback is set on it. */
  readonly hasCallback: boolean;
  /** Whether its session was opened with INTERNET_FLAG_ASYNC; undefined on the server side. */
  readonly asynchronous: boolean | undefined;
  /** The transport connection of a server request, in hex. */
  readonly connectionId: string | undefined;
}
