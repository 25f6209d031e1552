import { assertUnreachable, isPromiseLike } from '../../../preload/contract/result';
import { FUNCTION_NAMES, signatureOf, type FunctionName } from '../../../preload/contract/win32/functions';
import type { ArgValue } from '../../../preload/contract/win32/signature';
import type { CallContext, Engine, Outcome, StatusCallback } from '../engine';
import { HostedMemory, type LeasingMemory } from './hosted-memory';
import type { FromHost, ToHost } from './protocol';

/** An engine that can be hosted. */
export interface HostedEngine extends Engine {
  readonly memory: LeasingMemory;
}

/** How the server speaks with the application. */
export interface Channel {
  listen(handle: (message: ToHost) => void): void;
  send(message: FromHost): void;
  /** Stands still until the next message is there. */
  receive(): ToHost;
}

type Args = Readonly<Record<string, ArgValue>>;

/** Carries out on an engine of this process what an application in another process asks for. */
export class EngineServer {
  private readonly memory: HostedMemory;
  private readonly pointers = new Map<bigint, bigint>();
  private readonly names = new Map<bigint, bigint>();
  private readonly done = new Set<number>();
  private nextCallback = 1;
  /** Callbacks that hold their thread at this moment. */
  private holding = 0;
  /** A call inside a callback cannot return before the callback does: nothing is held any longer. */
  private released = false;

  constructor(private readonly engine: HostedEngine, private readonly channel: Channel, private readonly leave: () => void) {
    this.memory = new HostedMemory(engine.memory);
    engine.listen({
      callback: (event) => this.callback(event),
      completion: (event) => channel.send({
        kind: 'completion', event: { ...event, overlapped: this.memory.toVirtual(event.overlapped) }, memory: this.memory.changes(undefined, {}),
      }),
      connection: (event) => channel.send({ kind: 'connection', event }),
      // The process that hosts it is what the application would lose: it ends with it.
      lost: () => leave(),
    });
  }

  start(token: string): void {
    this.channel.listen((message) => this.handle(message));
    const { description, mainThread, windowsSession } = this.engine;
    const unavailable: Record<string, string> = {};
    for (const name of FUNCTION_NAMES) {
      const availability = this.engine.availability(name);
      if (!availability.available) unavailable[name] = availability.reason;
    }
    this.channel.send({ kind: 'hello', token, description, mainThread, windowsSession, unavailable });
  }

  private handle(message: ToHost): void {
    switch (message.kind) {
      case 'alloc': return this.memory.alloc(message.address, message.size);
      case 'free': return this.memory.free(message.address);
      case 'write': return this.memory.write(message.address, message.bytes);
      case 'recorder': {
        const pointer = this.engine.recorder(message.name);
        this.pointers.set(message.pointer, pointer);
        this.names.set(pointer, message.pointer);
        return;
      }
      case 'call': return this.call(message);
      case 'callback-done':
        this.done.add(message.id);
        return;
      case 'dispose':
        this.released = true;
        void this.engine.dispose().then(() => {
          this.channel.send({ kind: 'disposed' });
          this.leave();
        });
        return;
      default: assertUnreachable(message);
    }
  }

  private call({ id, name, args, width, thread }: Extract<ToHost, { kind: 'call' }>): void {
    const real = this.memory.translateArgs(signatureOf(name), this.withPointers(name, args));
    // One function a name: its parameters are those of the message, by the signature that both sides share.
    const run = this.engine.functions[name] as (args: Args, context: CallContext) => ReturnType<(typeof this.engine.functions)[FunctionName]>;
    const reply = (outcome: Outcome): void => this.channel.send({
      kind: 'outcome', id, outcome: this.withNames(name, outcome), memory: this.memory.changes(signatureOf(name), args),
    });
    const fail = (error: unknown): void => this.channel.send({ kind: 'failed', id, text: error instanceof Error ? error.message : String(error) });
    try {
      const outcome = run(real, { width, thread });
      if (!isPromiseLike(outcome)) {
        reply(outcome);
        return;
      }
      if (this.holding > 0) this.released = true;
      outcome.then(reply, fail);
    } catch (error) {
      fail(error);
    }
  }

  /** Tells of a callback and holds its thread until the application has dealt with it, calls inside it included. */
  private callback(event: StatusCallback): void {
    const id = this.nextCallback;
    this.nextCallback += 1;
    this.channel.send({ kind: 'callback', id, event, memory: this.memory.changes(undefined, {}) });
    this.holding += 1;
    while (!this.released && !this.done.has(id)) this.handle(this.channel.receive());
    this.done.delete(id);
    this.holding -= 1;
    if (this.holding === 0) this.released = false;
  }

  private withPointers(name: FunctionName, args: Args): Args {
    return Object.fromEntries(Object.entries(args).map(([key, value]) => {
      const callback = signatureOf(name).params[key]?.kind === 'callback' && typeof value === 'bigint';
      return [key, callback ? this.pointers.get(value) ?? value : value];
    }));
  }

  private withNames(name: FunctionName, outcome: Outcome): Outcome {
    if (signatureOf(name).returns !== 'CALLBACK' || typeof outcome.returns !== 'bigint') return outcome;
    return { ...outcome, returns: this.names.get(outcome.returns) ?? outcome.returns };
  }
}
