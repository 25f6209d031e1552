import type { FunctionArgs, FunctionName } from '../../preload/contract/win32/functions';
import type { Address, Memory } from '../../preload/contract/win32/memory';
import type { Width } from '../../preload/contract/win32/signature';
import type { MaybePromise } from '../../preload/contract/result';

/** A thread as the operating system numbers it; the portable engine numbers its own. */
export type ThreadId = number;

/** What a call gave. For functions that return their error code, `returns` is that code and lastError stays what it was. */
export interface Outcome {
  /** BOOL, DWORD and error codes are numbers; handles and callbacks are bigints. */
  readonly returns: number | bigint;
  /** GetLastError as the very next thing; it was set to 0 before the call. */
  readonly lastError: number;
  /** False when a callback nested in the call may have overwritten it. */
  readonly lastErrorReliable: boolean;
  readonly thread: ThreadId;
}

export interface CallContext {
  readonly width: Width;
  /** The thread the call is made on: of the callback it is made in, or undefined for the application's own. */
  readonly thread: ThreadId | undefined;
}

/** The Win32 functions by their own names. A call that blocks on network I/O answers later; every other at once. */
export type EngineFunctions = {
  readonly [N in FunctionName]: (args: FunctionArgs<N>, context: CallContext) => MaybePromise<Outcome>;
};

/** One INTERNET_STATUS_CALLBACK, as it was made. */
export interface StatusCallback {
  readonly hInternet: bigint;
  readonly dwContext: bigint;
  readonly dwInternetStatus: number;
  /** A copy of lpvStatusInformation, dwStatusInformationLength bytes. */
  readonly information: Uint8Array;
  readonly width: Width;
  readonly thread: ThreadId;
  /** The name of the recorder it was made to. */
  readonly via: string;
}

/** One OVERLAPPED that completed after its call answered ERROR_IO_PENDING. */
export interface OverlappedCompletion {
  readonly overlapped: Address;
  /** The Win32 error that GetOverlappedResult gives; 0 on success. */
  readonly error: number;
  readonly bytes: number;
  readonly thread: ThreadId;
}

/** What an engine can see of a transport connection under the HTTP Server API. */
export interface ConnectionEvent {
  readonly connectionId: bigint;
  readonly what: 'accepted' | 'closed-by-peer' | 'closed' | 'reset';
  /** "address:port" of the client. */
  readonly remote: string;
  /** Requests that were alive on it and are lost with it. */
  readonly requestIds: readonly bigint[];
}

export interface EngineListener {
  /** Runs on the callback's own thread; the engine goes on with that thread once it returns (or its promise settles, where callbacks do not return at once). */
  callback(event: StatusCallback): MaybePromise<void>;
  completion(event: OverlappedCompletion): void;
  connection(event: ConnectionEvent): void;
  /** The engine is gone; no handle of it exists any more. */
  lost(reason: string): void;
  /** Another engine has taken its place behind the same interface; it begins with no handles. */
  restored?(): void;
}

export type Availability = { readonly available: true } | { readonly available: false; readonly reason: string };

/** What executes the API functions. */
export interface Engine {
  readonly kind: 'portable' | 'native' | 'host';
  /** For the status bar: 'Portable engine', 'wininet.dll 11.0 · httpapi.dll 10.0'. */
  readonly description: string;
  readonly functions: EngineFunctions;
  readonly memory: Memory;
  /** The application's own thread, on which calls are made that are in no callback. */
  readonly mainThread: ThreadId;
  /** The Windows session of the process that executes the calls; 0 is that of services. Undefined where there is none. */
  readonly windowsSession?: number | undefined;
  /**
   * True when the thread of a callback goes on as soon as the listener answers, and does not wait for a promise of it: what
   * comes later of that promise is not in the callback any more.
   */
  readonly callbacksReturnAtOnce?: true;
  availability(name: FunctionName): Availability;
  /** The function pointer of the recorder of that name, for InternetSetStatusCallback; the same name gives the same one. */
  recorder(name: string): bigint;
  listen(listener: EngineListener): void;
  /** Ends everything that is still open, without callbacks; resolves when no socket or thread is left. */
  dispose(): Promise<void>;
}
