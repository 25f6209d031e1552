import { andThen, assertUnreachable, isPromiseLike, type MaybePromise } from '../../../preload/contract/result';
import { FUNCTION_NAMES, signatureOf, type FunctionName } from '../../../preload/contract/win32/functions';
import type { ArgValue } from '../../../preload/contract/win32/signature';
import type { Availability, CallContext, Engine, EngineFunctions, EngineListener, Outcome, ThreadId } from '../engine';
import type { FromHost, ToHost } from './protocol';
import { ShadowMemory } from './shadow-memory';

/** "The process terminated unexpectedly": how a call ends whose process did (System Error Codes, 1000-1299). */
const ERROR_PROCESS_ABORTED = 1067;

/** Function pointers of recorders, as the application sees them. */
const FIRST_RECORDER = 0x7e57_8000_0000_0000n;

type Hello = Extract<FromHost, { kind: 'hello' }>;

interface Waiting {
  readonly name: FunctionName;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: Error) => void;
}

/** An engine that lives in another process, behind the interface of every engine. Its calls answer later. */
export class HostEngine implements Engine {
  readonly kind = 'host';
  readonly functions: EngineFunctions;
  readonly memory = new ShadowMemory((message) => this.send(message));
  private readonly waiting = new Map<number, Waiting>();
  private readonly recorders = new Map<string, bigint>();
  private listener: EngineListener | undefined;
  private nextCall = 1;
  private lostReason: string | undefined;
  private disposed: (() => void) | undefined;

  /** @param write sends to the host, and does nothing once it is gone */
  constructor(private hello: Hello, private write: (message: ToHost) => void) {
    // One function a name of the catalogue: the type says the same.
    this.functions = Object.fromEntries(
      FUNCTION_NAMES.map((name) => [name, (args: Readonly<Record<string, ArgValue>>, context: CallContext) => this.call(name, args, context)]),
    ) as unknown as EngineFunctions;
  }

  get description(): string {
    return `${this.hello.description} · in a process of its own`;
  }

  get mainThread(): ThreadId {
    return this.hello.mainThread;
  }

  get windowsSession(): number | undefined {
    return this.hello.windowsSession;
  }

  /** A new host takes the place of one that was lost. Memory and recorders live on in it; handles do not. */
  revive(hello: Hello, write: (message: ToHost) => void): void {
    if (this.lostReason === undefined) throw new Error('the host is still there');
    this.hello = hello;
    this.write = write;
    this.lostReason = undefined;
    this.memory.replay();
    for (const [name, pointer] of this.recorders) this.send({ kind: 'recorder', name, pointer });
    this.listener?.restored?.();
  }

  private send(message: ToHost): void {
    this.write(message);
  }

  availability(name: FunctionName): Availability {
    const reason = this.hello.unavailable[name];
    return reason === undefined ? { available: true } : { available: false, reason };
  }

  recorder(name: string): bigint {
    const known = this.recorders.get(name);
    if (known !== undefined) return known;
    const pointer = FIRST_RECORDER + BigInt(this.recorders.size + 1) * 16n;
    this.recorders.set(name, pointer);
    this.send({ kind: 'recorder', name, pointer });
    return pointer;
  }

  listen(listener: EngineListener): void {
    this.listener = listener;
    if (this.lostReason !== undefined) listener.lost(this.lostReason);
  }

  dispose(): Promise<void> {
    this.listener = undefined;
    if (this.lostReason !== undefined) return Promise.resolve();
    return new Promise((resolve) => {
      this.disposed = resolve;
      this.send({ kind: 'dispose' });
    });
  }

  /** A message of the host. */
  take(message: FromHost): void {
    switch (message.kind) {
      case 'hello': return;
      case 'outcome': {
        this.memory.apply(message.memory);
        this.settle(message.id)?.resolve(message.outcome);
        return;
      }
      case 'failed':
        this.settle(message.id)?.reject(new Error(message.text));
        return;
      case 'callback': return this.takeCallback(message);
      case 'completion':
        this.memory.apply(message.memory);
        this.listener?.completion(message.event);
        return;
      case 'connection':
        this.listener?.connection(message.event);
        return;
      case 'disposed':
        this.disposed?.();
        return;
      default: assertUnreachable(message);
    }
  }

  /** The host is gone. Calls that were under way end as those of a process that was ended. */
  lose(reason: string): void {
    if (this.lostReason !== undefined) return;
    this.lostReason = reason;
    this.listener?.lost(reason);
    for (const [id, { name, resolve }] of this.waiting) {
      this.waiting.delete(id);
      resolve(this.aborted(name));
    }
    this.disposed?.();
  }

  private call(name: FunctionName, args: Readonly<Record<string, ArgValue>>, { width, thread }: CallContext): MaybePromise<Outcome> {
    if (this.lostReason !== undefined) return this.aborted(name);
    const id = this.nextCall;
    this.nextCall += 1;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { name, resolve, reject });
      this.send({ kind: 'call', id, name, args, width, ...(thread === undefined ? {} : { thread }) });
    });
  }

  private takeCallback({ id, event, memory }: Extract<FromHost, { kind: 'callback' }>): void {
    this.memory.apply(memory);
    const answer = (): void => this.send({ kind: 'callback-done', id });
    // The host's thread stands still until it is answered, so it is answered whatever the listener does.
    const dealt = this.guarded(() => this.listener?.callback(event));
    if (isPromiseLike(dealt)) dealt.then(answer, answer);
    else answer();
  }

  private guarded(run: () => MaybePromise<void> | undefined): MaybePromise<void> {
    try {
      return andThen(run(), () => undefined);
    } catch (error) {
      // Where Node reports it.
      setImmediate(() => {
        throw error;
      });
      return undefined;
    }
  }

  private settle(id: number): Waiting | undefined {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    return waiting;
  }

  private aborted(name: FunctionName): Outcome {
    const code = ERROR_PROCESS_ABORTED;
    const lost = { lastErrorReliable: false, thread: this.mainThread };
    switch (signatureOf(name).returns) {
      case 'ERROR': return { ...lost, returns: code, lastError: 0 };
      case 'BOOL': case 'DWORD': return { ...lost, returns: 0, lastError: code };
      case 'HINTERNET': case 'HANDLE': case 'CALLBACK': return { ...lost, returns: 0n, lastError: code };
    }
  }
}
