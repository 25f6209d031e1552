import type { CallbackEvent, CallOutcome, CompletionEvent, EventFields, HandleBirth, ReturnEvent } from '../../preload/contract/event';
import type { HandleId, Seq } from '../../preload/contract/ids';
import { andThen, isPromiseLike, type MaybePromise } from '../../preload/contract/result';
import { INTERNET_STATUS } from '../../preload/contract/win32/constants/status';
import { WIN32_ERRORS } from '../../preload/contract/win32/constants/win32-errors';
import { completeArgs, parametersOf, signatureOf, type FunctionArgs, type FunctionName } from '../../preload/contract/win32/functions';
import type { ArgValue, Param, Width } from '../../preload/contract/win32/signature';
import { decodeStatusPayload } from '../../preload/contract/win32/status-payload';
import type { ConnectionEvent, Engine, EngineFunctions, Outcome, OverlappedCompletion, StatusCallback, ThreadId } from '../engine/engine';
import { Referee } from '../rules/referee';
import { SERVICE_SESSION_NOTE } from '../rules/service-session';
import { Trace } from '../trace/trace';
import { Births } from './births';
import { BodyAllowance } from './body-allowance';
import { argFields, bytesHex, hex, masked, payloadValue } from './event-values';
import { readOut } from './out-parameters';
import { PendingCalls, type OngoingCall } from './pending-calls';
import { HandleRegistry, type Namespace } from './registry';

export interface CallOptions {
  /** Which of the two exports is meant; W when left out. */
  readonly width?: Width;
  /** The thread of the callback that the call is made in. */
  readonly thread?: ThreadId;
  readonly inCallback?: Seq;
  /** Who asks: shown with the call. */
  readonly origin?: string;
  /** The call is expected to fail: a misuse on purpose. */
  readonly provoked?: boolean;
  /** Parameters whose values the engine gets and the recording does not: a mask stands in their place. */
  readonly hidden?: readonly string[];
}

/** A call that has returned. */
export interface CallRecord {
  readonly call: Seq;
  readonly returned: ReturnEvent;
  readonly outcome: Outcome;
  /** The handle it made, if it made one. */
  readonly created: HandleId | undefined;
}

/** A callback that lasts at least this long has its return recorded, in milliseconds: a tenth of what the rules call long. */
const LATE_CALLBACK_MS = 10;

export interface CallbackRecord {
  readonly event: CallbackEvent;
  readonly raw: StatusCallback;
}

export type CallbackHandler = (record: CallbackRecord) => MaybePromise<void>;
export type CompletionHandler = (event: CompletionEvent, overlapped: bigint) => void;

/**
 * Runs API functions on an engine and records them: the one place where calls, callbacks and completions become events.
 * Everything that opens or uses a handle (window, scenarios, command line) goes through `call`.
 */
export class Inspector {
  readonly trace: Trace;
  /** Holds the trace to the lifetime rules as it grows. */
  readonly referee: Referee;
  readonly registry: HandleRegistry;
  private readonly pending = new PendingCalls();
  private readonly births: Births;
  private readonly bodies = new BodyAllowance();
  private readonly callbackHandlers = new Set<CallbackHandler>();
  private readonly completionHandlers = new Set<CompletionHandler>();
  private lostReason: string | undefined;
  /** Callbacks that a person holds, until they return. */
  private readonly heldCallbacks = new Set<Seq>();

  /** @param referee given when it has watched the trace before: a file was opened into it */
  constructor(readonly engine: Engine, trace: Trace = new Trace(), referee: Referee = new Referee(trace)) {
    this.trace = trace;
    this.registry = new HandleRegistry(trace.tree.greatestId);
    this.referee = referee;
    if (engine.windowsSession === 0) this.note('warning', SERVICE_SESSION_NOTE);
    trace.onForget((gone) => {
      for (const id of gone) {
        this.registry.forget(id);
        this.pending.forget(id);
        this.bodies.forget(id);
      }
    });
    this.births = new Births(this.registry, trace.tree, engine.memory);
    engine.listen({
      callback: (event) => this.recordCallback(event),
      completion: (event) => this.recordCompletion(event),
      connection: (event) => this.recordConnection(event),
      lost: (reason) => this.recordLost(reason),
      restored: () => this.recordRestored(),
    });
  }

  /** Why the engine is gone, or undefined while it is there. */
  get lost(): string | undefined {
    return this.lostReason;
  }

  /** Runs after each callback was recorded, on its thread, before the callback returns. */
  onCallback(handler: CallbackHandler): () => void {
    this.callbackHandlers.add(handler);
    return () => this.callbackHandlers.delete(handler);
  }

  /** Says of a callback whose handler takes its time that a person holds it there. */
  holdsCallback(callback: Seq): void {
    this.heldCallbacks.add(callback);
  }

  onCompletion(handler: CompletionHandler): () => void {
    this.completionHandlers.add(handler);
    return () => this.completionHandlers.delete(handler);
  }

  /**
   * Calls a function by its name. Parameters left out are 0 or NULL. Answers at once unless the call blocks on I/O.
   * @throws Error when the function is not available: ask `engine.availability` first.
   */
  call<N extends FunctionName>(api: N, given: Partial<FunctionArgs<N>>, options: CallOptions = {}): MaybePromise<CallRecord> {
    const availability = this.engine.availability(api);
    if (!availability.available) throw new Error(`${api} is not available: ${availability.reason}`);
    const args = completeArgs(api, given);
    const width = options.width ?? 'W';
    const plain: Readonly<Record<string, ArgValue>> = args;
    const handle = this.subjectOf(api, plain);
    const { seq } = this.trace.append({
      kind: 'call', api, width, args: masked(argFields(parametersOf(api), plain, width, this.engine.memory, this.bodies.keeperOf(api, handle)), options.hidden), inCallback: options.inCallback,
      origin: options.origin ?? '', handle, thread: options.thread ?? this.engine.mainThread, ...(options.provoked === true ? { provoked: true } : {}),
    });
    const call: OngoingCall = { seq, api, width, args: plain, handle };
    this.pending.begin(call);
    const run: EngineFunctions[N] = this.engine.functions[api];
    return andThen(run(args, { width, thread: options.thread }), (outcome) => this.recordReturn(call, outcome));
  }

  private recordReturn(call: OngoingCall, outcome: Outcome): CallRecord {
    const { api } = call;
    const result = classify(api, outcome);
    this.pending.returned(call, result.outcome === 'pending' && api !== 'InternetCloseHandle');
    const succeeded = result.outcome === 'success';
    const moreData = outcome.returns === WIN32_ERRORS.ERROR_MORE_DATA;
    const created = succeeded || (moreData && api === 'HttpReceiveHttpRequest') ? this.bornOf(call, outcome) : undefined;
    const returned = this.trace.append({
      kind: 'return', call: call.seq, api, returns: typeof outcome.returns === 'bigint' ? hex(outcome.returns) : outcome.returns, error: result.error,
      errorReliable: outcome.lastErrorReliable, outcome: result.outcome, out: succeeded ? this.outOf(call) : this.countsOf(call), created,
      handle: call.handle, thread: outcome.thread,
    });
    // The log gives back the event it was given.
    return { call: call.seq, returned: returned as ReturnEvent, outcome, created: created?.id ?? this.madeBy(call, outcome) };
  }

  private bornOf(call: OngoingCall, outcome: Outcome): HandleBirth | undefined {
    if (call.api === 'HttpReceiveHttpRequest') return this.births.ofReceive(call.args);
    return this.births.ofCall(call, BigInt(outcome.returns));
  }

  /** The handle that HANDLE_CREATED already told of during this call. */
  private madeBy(call: OngoingCall, outcome: Outcome): HandleId | undefined {
    if (signatureOf(call.api).returns !== 'HINTERNET' || typeof outcome.returns !== 'bigint') return undefined;
    const registered = this.registry.find('HINTERNET', outcome.returns);
    const node = registered === undefined ? undefined : this.trace.tree.get(registered.id);
    return node !== undefined && node.createdBy > call.seq ? node.id : undefined;
  }

  private recordCallback(raw: StatusCallback): MaybePromise<void> {
    const own = this.registry.find('HINTERNET', raw.hInternet);
    const payload = decodeStatusPayload(raw.dwInternetStatus, raw.information, raw.width);
    const completes = raw.dwInternetStatus === INTERNET_STATUS.INTERNET_STATUS_REQUEST_COMPLETE && own !== undefined
      ? this.pending.completeOn(own.id) ?? this.pending.opening(raw.dwContext, (api) => this.births.opensByItself(api), true) : undefined;
    const created = this.bornInCallback(raw, own?.id, payload.kind === 'handle' ? payload.raw : undefined)
      // An asynchronous open whose HANDLE_CREATED nobody saw hands its handle over here.
      ?? (completes !== undefined && payload.kind === 'async-result' && payload.dwResult !== 0n ? this.births.ofCall(completes, payload.dwResult) : undefined);
    const event = this.trace.append({
      kind: 'callback', status: raw.dwInternetStatus, bytes: bytesHex(raw.information), width: raw.width, context: hex(raw.dwContext), via: raw.via,
      payload: payloadValue(payload, (value) => this.registry.find('HINTERNET', value)?.id), completes: completes?.seq,
      out: completes === undefined ? {} : this.outOf(completes), created, handle: own?.id, thread: raw.thread,
    });
    // The log gives back the event it was given.
    const record = { event: event as CallbackEvent, raw };
    const handled = inTurn([...this.callbackHandlers], (handler) => handler(record));
    if (this.engine.callbacksReturnAtOnce === true) {
      this.recordCallbackReturn(record.event, isPromiseLike(handled));
      return handled;
    }
    return andThen(handled, () => this.recordCallbackReturn(record.event, false));
  }

  /** @param told whether its end is worth an event however soon it came: its handler goes on, and is outside it from now on */
  private recordCallbackReturn({ seq, status, handle, thread, time }: CallbackEvent, told: boolean): void {
    const duration = this.trace.now() - time;
    const held = this.heldCallbacks.delete(seq);
    if (!told && duration < LATE_CALLBACK_MS) return;
    this.trace.append({ kind: 'callback-return', callback: seq, status, duration, handle, thread, ...(held ? { held } : {}) });
  }

  private bornInCallback(raw: StatusCallback, parent: HandleId | undefined, value: bigint | undefined): HandleBirth | undefined {
    if (raw.dwInternetStatus !== INTERNET_STATUS.INTERNET_STATUS_HANDLE_CREATED || value === undefined) return undefined;
    const making = (parent === undefined ? undefined : this.pending.makingChildOf(parent, (api) => this.births.makes(api)))
      ?? this.pending.opening(raw.dwContext, (api) => this.births.opensByItself(api), false);
    return making === undefined ? undefined : this.births.ofCallback(making.api, making.args, value);
  }

  private recordCompletion(raw: OverlappedCompletion): void {
    const call = this.pending.completeOverlapped(raw.overlapped);
    if (call === undefined) {
      this.note('warning', `An OVERLAPPED at ${hex(raw.overlapped)} completed that no recorded call gave`, { thread: raw.thread });
      return;
    }
    const received = call.api === 'HttpReceiveHttpRequest' && (raw.error === 0 || raw.error === WIN32_ERRORS.ERROR_MORE_DATA);
    const event = this.trace.append({
      kind: 'completion', completes: call.seq, api: call.api, error: raw.error, bytes: raw.bytes, out: raw.error === 0 ? this.outOf(call, raw.bytes) : {},
      created: received ? this.births.ofReceive(call.args) : undefined, handle: call.handle, thread: raw.thread,
    });
    // The log gives back the event it was given.
    for (const handler of this.completionHandlers) handler(event as CompletionEvent, raw.overlapped);
  }

  private recordConnection(raw: ConnectionEvent): void {
    const lost = raw.requestIds.flatMap((id) => this.registry.find('request', id)?.id ?? []);
    this.trace.append({
      kind: 'connection', what: raw.what, connectionId: hex(raw.connectionId), remote: raw.remote, lost,
      handle: this.registry.find('connection', raw.connectionId)?.id, thread: this.engine.mainThread,
    });
  }

  private recordLost(reason: string): void {
    this.lostReason = reason;
    this.pending.clear();
    this.trace.append({ kind: 'engine-lost', reason, handle: undefined, thread: this.engine.mainThread });
  }

  private recordRestored(): void {
    this.lostReason = undefined;
    this.note('info', `A new engine was started: ${this.engine.description}. It has no handles yet.`);
  }

  note(level: 'info' | 'warning' | 'error', text: string, about: { readonly handle?: HandleId; readonly thread?: ThreadId } = {}): void {
    this.trace.append({ kind: 'note', level, text, handle: about.handle, thread: about.thread ?? this.engine.mainThread });
  }

  /** @param transferred what the completion of its OVERLAPPED says of the bytes */
  private outOf(call: OngoingCall, transferred?: number): EventFields {
    return readOut(call.api, call.width, call.args, this.engine.memory, this.bodies.keeperOf(call.api, call.handle), transferred);
  }

  /** After a failure buffers hold nothing of worth, but the sizes asked for do. */
  private countsOf(call: OngoingCall): EventFields {
    return Object.fromEntries(Object.entries(this.outOf(call)).filter(([, value]) => typeof value === 'number'));
  }

  private subjectOf(api: FunctionName, args: Readonly<Record<string, ArgValue>>): HandleId | undefined {
    const { params, subject } = signatureOf(api);
    const param = subject === undefined ? undefined : params[subject];
    const raw = subject === undefined ? undefined : args[subject];
    if (param === undefined || typeof raw !== 'bigint') return undefined;
    const namespace = namespaceOf(param);
    const found = namespace === undefined ? undefined : this.registry.find(namespace, raw);
    if (found !== undefined) return found.id;
    const queue = args['RequestQueueHandle'];
    return typeof queue === 'bigint' ? this.registry.find('HANDLE', queue)?.id : undefined;
  }
}

function namespaceOf(param: Param): Namespace | undefined {
  if (param.kind === 'handle') return param.of;
  return param.kind === 'id' ? param.of : undefined;
}

/** Whether a call succeeded, pends or failed, and the code that says so. */
function classify(api: FunctionName, outcome: Outcome): { readonly outcome: CallOutcome; readonly error: number } {
  const { returns, lastError } = outcome;
  const kind = signatureOf(api).returns;
  if (kind === 'ERROR') {
    const error = Number(returns);
    return { error, outcome: error === 0 ? 'success' : error === WIN32_ERRORS.ERROR_IO_PENDING ? 'pending' : 'failure' };
  }
  const pending = lastError === WIN32_ERRORS.ERROR_IO_PENDING;
  if (kind === 'DWORD') return { error: lastError, outcome: 'success' };
  if (kind === 'CALLBACK') return { error: lastError, outcome: lastError === 0 ? 'success' : 'failure' };
  if (BigInt(returns) !== 0n) return { error: lastError, outcome: api === 'InternetCloseHandle' && pending ? 'pending' : 'success' };
  return { error: lastError, outcome: pending ? 'pending' : 'failure' };
}

/** Runs handlers one after another; stays synchronous as long as they are. */
function inTurn<T>(items: readonly T[], run: (item: T) => MaybePromise<void>): MaybePromise<void> {
  const [first, ...rest] = items;
  return first === undefined ? undefined : andThen(run(first), () => inTurn(rest, run));
}
