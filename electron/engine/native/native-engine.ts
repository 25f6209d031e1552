import { andThen, type MaybePromise } from '../../../preload/contract/result';
import { FUNCTION_NAMES, signatureOf, type FunctionName } from '../../../preload/contract/win32/functions';
import { WIN32_ERRORS } from '../../../preload/contract/win32/constants/win32-errors';
import type { ArgValue, FunctionSignature } from '../../../preload/contract/win32/signature';
import type { Availability, CallContext, Engine, EngineFunctions, EngineListener, Outcome, OverlappedCompletion, ThreadId } from '../engine';
import { isFtpConnect, mayBlock } from './blocking';
import { BoundFunctions, SYSTEM_DLLS, type DllFiles } from './bound-functions';
import { buildFrame } from './call-frame';
import { contextForToken, tokenForOption } from './context-option';
import { dllVersion } from './dll-version';
import { describeHandle, HandleRecords, type HandleBirth, type HandleRecord } from './handle-records';
import { KeepAlive } from './keep-alive';
import { asUint64, type CValue } from './load-koffi';
import { NativeMemory, type OutstandingBlock } from './native-memory';
import { OverlappedWaits } from './overlapped-waits';
import type { PendingOperation } from './pending-operation';
import { ServerObjects } from './server-objects';
import { StatusCallbacks, type CompletedEarly } from './status-callbacks';
import { WindowsProcess } from './system';
import { UNKNOWN_THREAD } from './thread-callback';
import { windowsSession } from './windows-session';

const INTERNET_FLAG_ASYNC = 0x10000000;

/** INTERNET_INVALID_STATUS_CALLBACK: the callback stays what it was. */
const INVALID_STATUS_CALLBACK = -1n;

/** How long leaving waits for what is still pending, in milliseconds. */
const LEAVE_WITHIN = 5000;
const LOOK_EVERY = 20;

type Args = Readonly<Record<string, ArgValue>>;

/** A call on its way through the engine. */
interface Journey {
  readonly name: FunctionName;
  readonly signature: FunctionSignature;
  /** As the caller gave them. */
  readonly args: Args;
  readonly operation: PendingOperation;
  /** The HINTERNET that the call is made with. */
  readonly subject: HandleRecord | undefined;
  /** The HINTERNET that the call makes. */
  readonly child: HandleRecord | undefined;
  readonly event: { readonly event: bigint; readonly own: boolean } | undefined;
  readonly undo: () => void;
  /** Set when the call ran aside and its REQUEST_COMPLETE came before it returned. */
  completed: CompletedEarly | undefined;
}

/** The API functions of the DLLs of this system, called through koffi in this process. */
export class NativeEngine implements Engine {
  readonly kind = 'native';
  readonly callbacksReturnAtOnce = true;
  readonly description: string;
  readonly functions: EngineFunctions;
  readonly memory: NativeMemory;
  readonly mainThread: ThreadId;
  readonly windowsSession = windowsSession();
  private readonly process = new WindowsProcess();
  private readonly bound: BoundFunctions;
  private readonly alive = new KeepAlive();
  private readonly records = new HandleRecords();
  private readonly callbacks: StatusCallbacks;
  private readonly waits: OverlappedWaits;
  private readonly server = new ServerObjects();
  private listener: EngineListener | undefined;
  private cracked: PendingOperation | undefined;

  /** @throws Error where koffi or the DLLs cannot be loaded: this is not Windows */
  constructor(files: DllFiles = SYSTEM_DLLS) {
    this.memory = new NativeMemory(this.process);
    this.mainThread = this.process.threadId();
    this.bound = new BoundFunctions(this.process, files);
    this.callbacks = new StatusCallbacks(this.process, this.records, (event) => this.listener?.callback(event));
    this.waits = new OverlappedWaits(this.process, this.memory, (event) => this.tellCompletion(event));
    this.description = this.describe(files);
    // One function a name of the catalogue: the type says the same.
    this.functions = Object.fromEntries(
      FUNCTION_NAMES.map((name) => [name, (args: Args, context: CallContext) => this.call(name, args, context)]),
    ) as unknown as EngineFunctions;
  }

  /** Memory that was allocated and is not yet given back. */
  get outstanding(): readonly OutstandingBlock[] {
    return this.memory.outstanding;
  }

  /** How much each table of the engine holds now. An application that has closed everything leaves nothing in them. */
  get tables(): Readonly<Record<string, number>> {
    return {
      HINTERNETs: this.records.live, 'blocks of memory': this.memory.outstanding.length, 'pending receives': this.waits.count,
      'pending operations': this.callbacks.pending, ...this.server.counts,
    };
  }

  /** The HINTERNETs that the engine still knows and the operations whose ends are owed, in words, for whoever wonders why. */
  get left(): readonly string[] {
    return [...this.records.all().map((record) => describeHandle(record)), ...this.callbacks.describe()];
  }

  /** Kernel handles of the process, its sockets among them. */
  get processHandles(): number {
    return this.process.handleCount();
  }

  availability(name: FunctionName): Availability {
    return this.bound.availability(name);
  }

  recorder(name: string): bigint {
    return this.callbacks.recorder(name);
  }

  listen(listener: EngineListener): void {
    this.listener = listener;
  }

  async dispose(): Promise<void> {
    this.listener = undefined;
    this.cracked?.end();
    for (const record of this.records.roots().flatMap((root) => HandleRecords.subtree(root))) {
      if (record.raw !== undefined) this.plain('InternetCloseHandle', [record.raw]);
    }
    this.server.closeAll((name, value) => this.plain(name, name === 'HttpTerminate' ? [Number(value), 0n] : [value]));
    const deadline = performance.now() + LEAVE_WITHIN;
    while ((this.callbacks.pending > 0 || this.waits.count > 0) && performance.now() < deadline) {
      await new Promise((resolve) => {
        setTimeout(resolve, LOOK_EVERY);
      });
    }
  }

  private plain(name: FunctionName, values: readonly CValue[]): void {
    if (this.bound.availability(name).available) this.bound.function(name, 'W')(...values);
  }

  private call(name: FunctionName, given: Args, context: CallContext): MaybePromise<Outcome> {
    const call = this.bound.function(name, context.width);
    const signature = signatureOf(name);
    const subject = signature.dll === 'wininet' ? this.recordOf(signature.subject, given) : undefined;
    const child = signature.returns === 'HINTERNET' ? this.records.begin(subject, birthOf(name, given)) : undefined;
    const option = tokenForOption(name, given, subject, this.records, this.memory);
    const args = child === undefined || given['dwContext'] === undefined ? option.args : { ...option.args, dwContext: child.token };
    const overlapped = given['Overlapped'];
    const watched = typeof overlapped === 'bigint' && overlapped !== 0n && this.memory.blockOf(overlapped) !== undefined;
    const event = watched ? this.waits.prepare(overlapped) : undefined;
    const { values, operation } = buildFrame(name, signature, args, context.width, this.memory, this.alive);
    const journey: Journey = { name, signature, args: given, operation, subject, child, event, undo: option.undo, completed: undefined };
    if (name === 'InternetSetStatusCallback' && subject !== undefined) subject.callbackWidth = context.width;
    const blocks = mayBlock(name, signature, given, subject);
    const outcome = blocks ? this.runAside(call, values, journey) : this.runHere(call, values, signature);
    return andThen(outcome, (made) => this.finish(journey, made));
  }

  /** On JavaScript's own thread: GetLastError is the very next call. */
  private runHere(call: (...values: readonly CValue[]) => CValue, values: readonly CValue[], signature: FunctionSignature): Outcome {
    const { kernel } = this.process;
    const nesting = this.callbacks.enter();
    kernel.SetLastError(0);
    const raw = call(...values);
    const lastError = Number(kernel.GetLastError());
    const nested = this.callbacks.leave(nesting);
    const returnsError = signature.returns === 'ERROR';
    return {
      returns: returned(raw, signature), lastError: returnsError ? 0 : lastError, lastErrorReliable: returnsError || !nested, thread: this.mainThread,
    };
  }

  /** On a thread of libuv's pool. Its GetLastError can be had in the completion callback and nowhere after it. */
  private runAside(call: { readonly async: (...args: readonly [...CValue[], (error: unknown, result: CValue) => void]) => void }, values: readonly CValue[], journey: Journey): Promise<Outcome> {
    const { signature, subject } = journey;
    return new Promise((resolve, reject) => {
      const aside = this.callbacks.enterAside(subject);
      call.async(...values, (error, raw) => {
        const lastError = this.process.lastError();
        const { nested, thread, completed } = this.callbacks.leaveAside(aside);
        journey.completed = completed;
        if (error !== null && error !== undefined) {
          reject(error);
          return;
        }
        const returns = returned(raw, signature);
        const returnsError = signature.returns === 'ERROR';
        // A pool thread's last error cannot be cleared before the call: after a success it may be an older one.
        const stale = returns !== 0 && returns !== 0n;
        resolve({
          returns, lastError: returnsError || stale ? 0 : lastError, lastErrorReliable: returnsError || (!nested && !stale), thread: thread ?? UNKNOWN_THREAD,
        });
      });
    });
  }

  private finish(journey: Journey, outcome: Outcome): Outcome {
    const { name, args, operation, subject, child, event, undo } = journey;
    const failed = outcome.returns === 0 || outcome.returns === 0n;
    if (journey.signature.returns === 'ERROR') {
      const overlapped = args['Overlapped'];
      if (event !== undefined && typeof overlapped === 'bigint') {
        if (outcome.returns === WIN32_ERRORS.ERROR_IO_PENDING) {
          const queue = args['RequestQueueHandle'];
          this.waits.watch(overlapped, typeof queue === 'bigint' ? queue : 0n, operation, event);
          return outcome;
        }
        this.waits.ended(overlapped, event);
      }
      if (outcome.returns === 0) this.server.succeeded(name, args, this.memory);
      operation.end();
      return outcome;
    }
    if (child !== undefined) this.settleChild(journey, child, outcome);
    if (name === 'CreateEvent' && !failed && args['bManualReset'] === 0) this.waits.madeAutoReset(BigInt(outcome.returns));
    if (name === 'InternetSetStatusCallback' && subject !== undefined && outcome.returns !== INVALID_STATUS_CALLBACK) {
      this.callbacks.callbackSet(subject, args['lpfnInternetCallback']);
    }
    if (name === 'InternetSetOption' && failed) undo();
    if (!failed) contextForToken(name, args, this.records, this.memory);
    if (!failed && journey.signature.dll === 'kernel32') this.server.succeeded(name, args, this.memory);
    if (name === 'InternetCloseHandle' && !failed && subject !== undefined) this.callbacks.closed(subject);
    const goesOnWith = failed ? this.goesOnWith(journey, outcome) : undefined;
    if (goesOnWith === undefined) this.end(journey);
    else if (journey.completed !== undefined) this.callbacks.completedEarly(operation, child, journey.completed);
    else this.callbacks.pends(goesOnWith, operation, child);
    // What an earlier call left on the thread of the pool would say that a call that has ended goes on.
    const stale = failed && goesOnWith === undefined && subject?.asynchronous === false && outcome.lastError === WIN32_ERRORS.ERROR_IO_PENDING;
    return stale ? { ...outcome, lastError: 0, lastErrorReliable: false } : outcome;
  }

  /** The parts that InternetCrackUrl tells of lie in the text it was given: that stays until the next one. */
  private end({ name, operation }: Journey): void {
    if (name !== 'InternetCrackUrl') {
      operation.end();
      return;
    }
    this.cracked?.end();
    this.cracked = operation;
  }

  private settleChild(journey: Journey, child: HandleRecord, outcome: Outcome): void {
    const raw = BigInt(outcome.returns);
    if (raw !== 0n) this.records.made(child, raw);
    else if (this.goesOnWith(journey, outcome) === undefined) this.records.forget(child);
  }

  /**
   * The handle with which a WinINet call that returned FALSE or NULL goes on; undefined where it has ended: a call with a
   * synchronous handle never goes on. But one that waited for a thread of the pool while its handle was closed may have
   * reached an asynchronous handle, to which the value had been given meanwhile.
   */
  private goesOnWith({ signature, args, subject }: Journey, { lastError }: Outcome): HandleRecord | undefined {
    const reached = subject?.asynchronous === false ? this.recordOf(signature.subject, args) : subject;
    if (reached?.asynchronous !== true) return undefined;
    if (lastError === WIN32_ERRORS.ERROR_IO_PENDING) return reached;
    // Wine leaves 0 behind where a NULL handle is still to come.
    return lastError === 0 && signature.returns === 'HINTERNET' && this.bound.wineVersion !== undefined ? reached : undefined;
  }

  private tellCompletion(event: OverlappedCompletion): void {
    this.listener?.completion(event);
  }

  private recordOf(subject: string | undefined, args: Args): HandleRecord | undefined {
    const raw = subject === undefined ? undefined : args[subject];
    return typeof raw === 'bigint' ? this.records.find(raw) : undefined;
  }

  private describe(files: DllFiles): string {
    const dlls = [files.wininet, files.httpapi].map((file) => `${file.split(/[\\/]/).at(-1) ?? file} ${dllVersion(this.process, file) ?? 'without a version'}`);
    const wine = this.bound.wineVersion === undefined ? [] : [`Wine ${this.bound.wineVersion}`];
    return [...dlls, ...wine].join(' · ');
  }
}

function birthOf(madeBy: FunctionName, args: Args): HandleBirth {
  const context = args['dwContext'];
  return {
    madeBy, context: typeof context === 'bigint' ? context : 0n, asynchronous: (Number(args['dwFlags'] ?? 0) & INTERNET_FLAG_ASYNC) !== 0,
    ftp: isFtpConnect(madeBy, args),
  };
}

/** BOOL, DWORD and error codes are numbers; handles are unsigned; INTERNET_INVALID_STATUS_CALLBACK is -1. */
function returned(raw: CValue, signature: FunctionSignature): number | bigint {
  switch (signature.returns) {
    case 'BOOL': case 'ERROR': case 'DWORD': return Number(raw);
    case 'HINTERNET': case 'HANDLE': return asUint64(raw);
    case 'CALLBACK': return BigInt.asIntN(64, BigInt(raw));
  }
}
