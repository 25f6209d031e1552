import type { Availability, Engine, EngineFunctions, EngineListener, ThreadId } from '../engine';
import { createHttpServerFunctions, type HttpServer } from './http-server/create-http-server-functions';
import { createKernel, type Kernel } from './kernel/create-kernel';
import { PortableMemory } from './portable-memory';
import { Threads } from './threads';
import { WinInet } from './wininet/wininet';

/** Where the recorders' function pointers lie: addresses that nothing else of the engine uses. */
const FIRST_RECORDER = 0x0000_7ff6_0000_1000n;
const RECORDER_SIZE = 16n;

/** The three DLLs over Node's own sockets: the same functions everywhere, by the rules of Microsoft's reference. */
export class PortableEngine implements Engine {
  readonly kind = 'portable';
  readonly description = 'Portable engine';
  readonly memory = new PortableMemory();
  readonly mainThread: ThreadId;
  readonly functions: EngineFunctions;
  private readonly wininet: WinInet;
  private readonly kernel: Kernel;
  private readonly httpServer: HttpServer;
  private readonly pointers = new Map<string, bigint>();
  private readonly names = new Map<bigint, string>();
  private listener: EngineListener | undefined;

  constructor() {
    const { memory } = this;
    const threads = new Threads();
    this.mainThread = threads.main;
    this.wininet = new WinInet(memory, threads, (pointer) => this.names.get(pointer) ?? `0x${pointer.toString(16)}`);
    this.kernel = createKernel({ memory, threads, onCompletion: (event) => this.listener?.completion(event) });
    this.httpServer = createHttpServerFunctions({
      memory, threads, kernel: this.kernel, onConnection: (event) => this.listener?.connection(event),
    });
    this.functions = { ...this.wininet.functions, ...this.httpServer.functions, ...this.kernel.functions };
  }

  /** The types see to it that no function is missing. */
  availability(): Availability {
    return { available: true };
  }

  recorder(name: string): bigint {
    const known = this.pointers.get(name);
    if (known !== undefined) return known;
    const pointer = FIRST_RECORDER + BigInt(this.pointers.size) * RECORDER_SIZE;
    this.pointers.set(name, pointer);
    this.names.set(pointer, name);
    return pointer;
  }

  listen(listener: EngineListener): void {
    this.listener = listener;
    this.wininet.listen(listener);
  }

  async dispose(): Promise<void> {
    this.listener = undefined;
    await Promise.all([this.wininet.dispose(), this.httpServer.dispose()]);
    this.kernel.dispose();
  }

  /** Sockets of WinINet that are open now, idle ones among them. */
  get openClientSockets(): number {
    return this.wininet.openSockets;
  }

  /** Of the open ones, those that are kept idle for the next request. */
  get keptClientSockets(): number {
    return this.wininet.keptSockets;
  }

  /** How much each table of the engine holds now. An application that has closed everything leaves nothing in them. */
  get tables(): Readonly<Record<string, number>> {
    return {
      HINTERNETs: this.wininet.openHandles, 'client sockets': this.wininet.openSockets, HANDLEs: this.kernel.handles.size,
      ...this.httpServer.open, 'blocks of memory': this.memory.outstanding,
    };
  }

  /** HINTERNETs that calls can name now. */
  get openInternetHandles(): number {
    return this.wininet.openHandles;
  }
}
