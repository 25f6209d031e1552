import { createServer, connect, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { ConnectionEvent, EngineFunctions, OverlappedCompletion, Outcome } from '../../../electron/engine/engine';
import { createHttpServerFunctions, type HttpServerFunctions } from '../../../electron/engine/portable/http-server/create-http-server-functions';
import { createKernel } from '../../../electron/engine/portable/kernel/create-kernel';
import type { KernelFunctions } from '../../../electron/engine/portable/kernel/kernel-functions';
import { PortableMemory } from '../../../electron/engine/portable/portable-memory';
import { Threads } from '../../../electron/engine/portable/threads';
import { completeArgs, type FunctionArgs } from '../../../preload/contract/win32/functions';
import { readUint, readUint64, type Address } from '../../../preload/contract/win32/memory';
import { decodeStruct, encodeArray, encodeStruct, type StructFields, type StructInput } from '../../../preload/contract/win32/struct-codec';

export const V1 = 1;
export const V2 = 2;
export const SERVER = 1;

type Name = keyof HttpServerFunctions | keyof KernelFunctions;

export interface Overlapped {
  readonly address: Address;
  readonly event: bigint;
}

/** The engine's server half with memory of its own, and what an application would do with it. */
export class ServerUnderTest {
  readonly memory = new PortableMemory();
  readonly completions: OverlappedCompletion[] = [];
  readonly connections: ConnectionEvent[] = [];
  private readonly threads = new Threads();
  private readonly kernel = createKernel({ memory: this.memory, threads: this.threads, onCompletion: (event) => this.completions.push(event) });
  private readonly server = createHttpServerFunctions({
    memory: this.memory, threads: this.threads, kernel: this.kernel, onConnection: (event) => this.connections.push(event),
  });
  private readonly functions: HttpServerFunctions & KernelFunctions = { ...this.server.functions, ...this.kernel.functions };

  call<N extends Name>(name: N, args: Partial<FunctionArgs<N>>, thread?: number): Promise<Outcome> {
    // Picking one function out of a map by a generic name loses that its parameters are those of the same name.
    const run = this.functions[name] as EngineFunctions[N];
    return Promise.resolve(run(completeArgs(name, args), { width: 'W', thread }));
  }

  async code<N extends Name>(name: N, args: Partial<FunctionArgs<N>>): Promise<number> {
    return Number((await this.call(name, args)).returns);
  }

  /** A call whose out parameter holds 8 bytes: its error code and what was written. */
  async making<N extends Name>(name: N, args: (out: Address) => Partial<FunctionArgs<N>>): Promise<bigint> {
    const out = this.memory.alloc(8);
    const code = await this.code(name, args(out));
    if (code !== 0) throw new Error(`${name} gave ${code}`);
    return readUint64(this.memory, out);
  }

  u32(address: Address): number {
    return readUint(this.memory, address, 4);
  }

  struct(name: string, fields: StructFields): Address {
    const encoded = encodeStruct(this.memory, name, fields);
    if (!encoded.ok) throw new Error(encoded.error);
    return encoded.value.address;
  }

  chunks(...texts: readonly StructInput[]): { readonly EntityChunkCount: number; readonly EntityChunks: Address } {
    const encoded = encodeArray(this.memory, 'HTTP_DATA_CHUNK', texts);
    if (!encoded.ok) throw new Error(encoded.error);
    return { EntityChunkCount: texts.length, EntityChunks: encoded.value.address };
  }

  async overlapped(): Promise<Overlapped> {
    const { returns } = await this.call('CreateEvent', { bManualReset: 1 });
    return { address: this.struct('OVERLAPPED', { hEvent: returns }), event: BigInt(returns) };
  }

  /** GetOverlappedResult: what it returned, the last error, and the bytes. */
  async result(overlapped: Overlapped, wait: boolean): Promise<{ readonly returns: number; readonly error: number; readonly bytes: number }> {
    const out = this.memory.alloc(4);
    const outcome = await this.call('GetOverlappedResult', { lpOverlapped: overlapped.address, lpNumberOfBytesTransferred: out, bWait: wait ? 1 : 0 });
    return { returns: Number(outcome.returns), error: outcome.lastError, bytes: this.u32(out) };
  }

  /** A version 2 server: session, group and queue, bound, with a URL on localhost. */
  async serve(path = '/'): Promise<{ readonly port: number; readonly session: bigint; readonly group: bigint; readonly queue: bigint }> {
    await this.code('HttpInitialize', { Version: V2, Flags: SERVER });
    const session = await this.making('HttpCreateServerSession', (out) => ({ Version: V2, ServerSessionId: out }));
    const group = await this.making('HttpCreateUrlGroup', (out) => ({ ServerSessionId: session, pUrlGroupId: out }));
    const queue = await this.making('HttpCreateRequestQueue', (out) => ({ Version: V2, RequestQueueHandle: out }));
    await this.bind(group, queue);
    const port = await freePort();
    const added = await this.code('HttpAddUrlToUrlGroup', { UrlGroupId: group, pFullyQualifiedUrl: `http://localhost:${port}${path}`, UrlContext: 0xabcn });
    if (added !== 0) throw new Error(`HttpAddUrlToUrlGroup gave ${added}`);
    return { port, session, group, queue };
  }

  bind(group: bigint, queue: bigint): Promise<number> {
    const info = this.struct('HTTP_BINDING_INFO', { Flags: 1, RequestQueueHandle: queue });
    return this.code('HttpSetUrlGroupProperty', { UrlGroupId: group, Property: 7, PropertyInformation: info, PropertyInformationLength: 16 });
  }

  /** Receives synchronously into a buffer of a size; the request's fields when it succeeded. */
  async receive(queue: bigint, how: { readonly id?: bigint; readonly size?: number; readonly flags?: number; readonly version?: 1 | 2 } = {}): Promise<{
    readonly code: number; readonly fields: StructFields; readonly bytes: number; readonly buffer: Address;
  }> {
    const size = how.size ?? 4096;
    const buffer = this.memory.alloc(Math.max(size, 864));
    const bytes = this.memory.alloc(4);
    const code = await this.code('HttpReceiveHttpRequest', {
      RequestQueueHandle: queue, RequestId: how.id ?? 0n, Flags: how.flags ?? 0, RequestBuffer: buffer, RequestBufferLength: size, BytesReturned: bytes,
    });
    return { code, fields: decodeStruct(this.memory, how.version === 1 ? 'HTTP_REQUEST_V1' : 'HTTP_REQUEST_V2', buffer), bytes: this.u32(bytes), buffer };
  }

  async receivePending(queue: bigint): Promise<{ readonly code: number; readonly overlapped: Overlapped; readonly buffer: Address }> {
    const overlapped = await this.overlapped();
    const buffer = this.memory.alloc(4096);
    const code = await this.code('HttpReceiveHttpRequest', {
      RequestQueueHandle: queue, RequestBuffer: buffer, RequestBufferLength: 4096, Overlapped: overlapped.address,
    });
    return { code, overlapped, buffer };
  }

  async readBody(queue: bigint, id: bigint, size = 4096, flags = 0): Promise<{ readonly code: number; readonly text: string }> {
    const buffer = this.memory.alloc(size);
    const bytes = this.memory.alloc(4);
    const code = await this.code('HttpReceiveRequestEntityBody', {
      RequestQueueHandle: queue, RequestId: id, Flags: flags, EntityBuffer: buffer, EntityBufferLength: size, BytesReturned: bytes,
    });
    return { code, text: Buffer.from(this.memory.read(buffer, this.u32(bytes))).toString('latin1') };
  }

  respond(queue: bigint, id: bigint, response: StructFields, flags = 0, rest: Partial<FunctionArgs<'HttpSendHttpResponse'>> = {}): Promise<number> {
    return this.code('HttpSendHttpResponse', {
      RequestQueueHandle: queue, RequestId: id, Flags: flags, HttpResponse: this.struct('HTTP_RESPONSE_V2', response), ...rest,
    });
  }

  async dispose(): Promise<void> {
    await this.server.dispose();
    this.kernel.dispose();
  }
}

export function idOf(fields: StructFields, name: 'RequestId' | 'ConnectionId' = 'RequestId'): bigint {
  const id = fields[name];
  if (typeof id !== 'bigint') throw new Error(`${name} was not received`);
  return id;
}

/** A raw client, so that nothing between the test and the wire mends what is sent. */
export class Client {
  private received = '';
  private end: 'open' | 'fin' | 'reset' = 'open';
  private wake: (() => void)[] = [];

  private constructor(private readonly socket: Socket) {
    socket.on('data', (data) => {
      this.received += data.toString('latin1');
      this.changed();
    });
    socket.on('end', () => this.ended('fin'));
    socket.on('error', () => this.ended('reset'));
    socket.on('close', () => this.ended('fin'));
  }

  static connect(port: number, host = '127.0.0.1'): Promise<Client> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host, allowHalfOpen: true });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new Client(socket));
      });
    });
  }

  get localPort(): number {
    return this.socket.localPort ?? 0;
  }

  get text(): string {
    return this.received;
  }

  send(text: string | Uint8Array): void {
    this.socket.write(text);
  }

  /** GET with a Host of localhost. */
  get(port: number, path = '/', more = ''): void {
    this.send(`GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\n${more}\r\n`);
  }

  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  close(): void {
    this.socket.destroy();
  }

  async until(text: string): Promise<string> {
    while (!this.received.includes(text)) {
      if (this.end !== 'open') throw new Error(`The connection ended (${this.end}) before ${JSON.stringify(text)}; got ${JSON.stringify(this.received)}`);
      await new Promise<void>((resolve) => this.wake.push(resolve));
    }
    return this.received;
  }

  async closed(): Promise<'fin' | 'reset'> {
    while (this.end === 'open') await new Promise<void>((resolve) => this.wake.push(resolve));
    return this.end;
  }

  private ended(how: 'fin' | 'reset'): void {
    if (this.end === 'open') this.end = how;
    this.changed();
  }

  private changed(): void {
    const wake = this.wake;
    this.wake = [];
    for (const resolve of wake) resolve();
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      // A listening TCP server has an AddressInfo; the type also covers pipes.
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** Lets what is under way on the sockets happen. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}
