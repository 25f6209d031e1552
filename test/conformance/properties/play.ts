import { PortableEngine } from '../../../electron/engine/portable/portable-engine';
import { Inspector, type CallRecord } from '../../../electron/inspector/inspector';
import type { Seq } from '../../../preload/contract/ids';
import { assertUnreachable, isPromiseLike } from '../../../preload/contract/result';
import { INTERNET_STATUS } from '../../../preload/contract/win32/constants/status';
import type { FunctionArgs, FunctionName } from '../../../preload/contract/win32/functions';
import { readUint64 } from '../../../preload/contract/win32/memory';
import { encodeStruct, type StructFields } from '../../../preload/contract/win32/struct-codec';
import { Record } from './record';
import { isServed, type Sequence, type Step } from './sequence';

/** Where the two servers of a sequence listen. */
export interface Places {
  readonly peer: number;
  /** For the engine's own HTTP server, which takes it anew for every sequence. */
  readonly served: number;
}

const ASYNC = 0x1000_0000;
const REQUEST_BUFFER = 4096;

/** One sequence on an engine of its own. */
export class Play {
  readonly engine = new PortableEngine();
  readonly record: Record;
  private readonly inspector = new Inspector(this.engine);
  private readonly connections: bigint[] = [];
  private readonly requests: bigint[] = [];
  private readonly receives: { readonly overlapped: bigint; readonly buffer: bigint }[] = [];
  /** Calls that have not returned yet. */
  private readonly blocked: PromiseLike<unknown>[] = [];
  private readonly closing: { readonly request: bigint; readonly status: number }[] = [];
  private readonly troubles: string[] = [];
  private session = 0n;
  private queue = 0n;

  constructor(private readonly places: Places) {
    this.record = new Record(this.inspector);
    this.inspector.onCallback(({ event, raw }) => {
      const due = this.closing.findIndex(({ request, status }) => request === raw.hInternet && status === raw.dwInternetStatus);
      if (due < 0) return undefined;
      this.closing.splice(due, 1);
      this.call('InternetCloseHandle', { hInternet: raw.hInternet }, { thread: raw.thread, inCallback: event.seq });
      return undefined;
    });
  }

  async run({ asynchronous, steps }: Sequence): Promise<void> {
    this.open(asynchronous);
    if (isServed({ asynchronous, steps })) await this.serve();
    for (const step of steps) {
      await this.step(step, asynchronous);
      if (!asynchronous) await Promise.all(this.blocked);
    }
    await this.end();
  }

  /** Sockets that a request still holds; those that are kept for the next one end with the process. */
  private get busySockets(): number {
    return this.engine.openClientSockets - this.engine.keptClientSockets;
  }

  /** What was found wrong, in words; empty when all is well. */
  verdict(): readonly string[] {
    return [
      ...this.troubles, ...this.record.problems(),
      ...this.inspector.referee.all(true, this.inspector.trace.now()).filter(({ severity }) => severity === 'error').map(({ rule, message }) => `${rule}: ${message}`),
      ...(this.engine.openInternetHandles === 0 ? [] : [`${this.engine.openInternetHandles} handles are left`]),
      ...(this.engine.openClientSockets === 0 ? [] : [`${this.engine.openClientSockets} sockets are left`]),
    ];
  }

  /** A misuse is provoked on purpose: every sequence is full of them. */
  private call<N extends FunctionName>(name: N, args: Partial<FunctionArgs<N>>, inside: { readonly thread?: number; readonly inCallback?: Seq } = {}): CallRecord | undefined {
    const call = this.record.begin(name, args);
    const made = this.inspector.call(name, args, { provoked: true, ...inside });
    if (!isPromiseLike(made)) {
      this.record.end(call, made.outcome);
      return made;
    }
    this.blocked.push(made.then((record) => this.record.end(call, record.outcome)));
    return undefined;
  }

  private value<N extends FunctionName>(name: N, args: Partial<FunctionArgs<N>>): bigint {
    return BigInt(this.call(name, args)?.outcome.returns ?? 0);
  }

  private struct(name: string, fields: StructFields): bigint {
    const encoded = encodeStruct(this.engine.memory, name, fields);
    if (!encoded.ok) throw new Error(encoded.error);
    return encoded.value.address;
  }

  private open(asynchronous: boolean): void {
    this.session = this.value('InternetOpen', { lpszAgent: 'sequence', dwAccessType: 1, dwFlags: asynchronous ? ASYNC : 0 });
    this.call('InternetSetStatusCallback', { hInternet: this.session, lpfnInternetCallback: this.engine.recorder('default') });
  }

  private async serve(): Promise<void> {
    const { memory } = this.engine;
    const made = (name: 'HttpCreateServerSession' | 'HttpCreateUrlGroup' | 'HttpCreateRequestQueue', args: (out: bigint) => object): bigint => {
      const out = memory.alloc(8);
      this.call(name, args(out));
      return readUint64(memory, out);
    };
    this.call('HttpInitialize', { Version: 2, Flags: 1 });
    const session = made('HttpCreateServerSession', (out) => ({ Version: 2, ServerSessionId: out }));
    const group = made('HttpCreateUrlGroup', (out) => ({ ServerSessionId: session, pUrlGroupId: out }));
    this.queue = made('HttpCreateRequestQueue', (out) => ({ Version: 2, RequestQueueHandle: out }));
    const binding = this.struct('HTTP_BINDING_INFO', { Flags: 1, RequestQueueHandle: this.queue });
    this.call('HttpSetUrlGroupProperty', { UrlGroupId: group, Property: 7, PropertyInformation: binding, PropertyInformationLength: 16 });
    const added = await this.inspector.call('HttpAddUrlToUrlGroup', { UrlGroupId: group, pFullyQualifiedUrl: `http://127.0.0.1:${this.places.served}/` });
    // The port is free only when the sequence before has left nothing that listens on it.
    if (added.outcome.returns !== 0) this.troubles.push(`HttpAddUrlToUrlGroup gives ${String(added.outcome.returns)}`);
    this.endServer = () => {
      this.call('HttpCloseRequestQueue', { RequestQueueHandle: this.queue });
      this.call('HttpCloseServerSession', { ServerSessionId: session });
      this.call('HttpTerminate', { Flags: 1 });
    };
  }

  private endServer: () => void = () => undefined;

  private async step(step: Step, asynchronous: boolean): Promise<void> {
    switch (step.do) {
      case 'connect': {
        const dwContext = step.context ? 2n : 0n;
        this.connections.push(this.value('InternetConnect', { hInternet: this.session, lpszServerName: '127.0.0.1', nServerPort: this.places.peer, dwService: 3, dwContext }));
        return;
      }
      case 'open': {
        const dwContext = step.context ? 3n : 0n;
        const hConnect = step.path === '/served' ? this.toServer(dwContext) : this.among(this.connections, step.at);
        this.requests.push(this.value('HttpOpenRequest', { hConnect, lpszObjectName: step.path, dwContext }));
        return;
      }
      case 'openUrl': {
        const port = step.path === '/served' ? this.places.served : this.places.peer;
        // Each by a context of its own: nothing else tells whose end it is.
        this.call('InternetOpenUrl', { hInternet: this.session, lpszUrl: `http://127.0.0.1:${port}${step.path}`, dwContext: asynchronous ? this.record.nextContext() : 4n });
        return;
      }
      case 'turn': for (let n = 0; n < step.count; n += 1) await turn(); return;
      case 'closeInside': this.closing.push({ request: this.among(this.requests, step.at), status: INTERNET_STATUS[`INTERNET_STATUS_${step.moment}`] }); return;
      case 'closeConnection': this.call('InternetCloseHandle', { hInternet: this.among(this.connections, step.at) }); return;
      case 'closeSession': this.call('InternetCloseHandle', { hInternet: this.session }); return;
      case 'receive': case 'respond': case 'cancel': case 'cancelReceive': case 'closeQueue': this.serverStep(step); return;
      default: this.requestStep(step);
    }
  }

  private requestStep(step: Extract<Step, { do: 'send' | 'sendEx' | 'write' | 'end' | 'available' | 'closeRequest' | 'read' | 'readEx' }>): void {
    const { memory } = this.engine;
    const request = this.among(this.requests, step.at);
    switch (step.do) {
      case 'send': this.call('HttpSendRequest', { hRequest: request }); return;
      case 'sendEx': this.call('HttpSendRequestEx', { hRequest: request, lpBuffersIn: this.struct('INTERNET_BUFFERSW', { dwBufferTotal: 4 }) }); return;
      case 'write': this.call('InternetWriteFile', { hFile: request, lpBuffer: Uint8Array.of(1, 2), dwNumberOfBytesToWrite: 2, lpdwNumberOfBytesWritten: memory.alloc(4) }); return;
      case 'end': this.call('HttpEndRequest', { hRequest: request }); return;
      case 'available': this.call('InternetQueryDataAvailable', { hFile: request, lpdwNumberOfBytesAvailable: memory.alloc(4) }); return;
      case 'closeRequest': this.call('InternetCloseHandle', { hInternet: request }); return;
      case 'read': this.call('InternetReadFile', { hFile: request, lpBuffer: memory.alloc(step.size), dwNumberOfBytesToRead: step.size, lpdwNumberOfBytesRead: memory.alloc(4) }); return;
      case 'readEx': {
        const buffers = this.struct('INTERNET_BUFFERSW', { lpvBuffer: memory.alloc(step.size), dwBufferLength: step.size });
        this.call('InternetReadFileEx', { hFile: request, lpBuffersOut: buffers });
        return;
      }
      default: assertUnreachable(step);
    }
  }

  private serverStep(step: Extract<Step, { do: 'receive' | 'respond' | 'cancel' | 'cancelReceive' | 'closeQueue' }>): void {
    const { memory } = this.engine;
    if (step.do === 'closeQueue') {
      this.call('HttpCloseRequestQueue', { RequestQueueHandle: this.queue });
      return;
    }
    if (step.do === 'receive') {
      const overlapped = this.overlapped();
      const buffer = memory.alloc(REQUEST_BUFFER);
      this.receives.push({ overlapped, buffer });
      this.call('HttpReceiveHttpRequest', { RequestQueueHandle: this.queue, RequestBuffer: buffer, RequestBufferLength: REQUEST_BUFFER, Overlapped: overlapped });
      return;
    }
    const receive = this.receives[step.at % Math.max(1, this.receives.length)];
    if (receive === undefined) return;
    // HTTP_REQUEST.RequestId; 0 while nothing was received.
    const RequestId = readUint64(memory, receive.buffer + 16n);
    switch (step.do) {
      case 'respond': {
        const HttpResponse = this.struct('HTTP_RESPONSE_V2', { StatusCode: 200, pReason: 'OK', pEntityChunks: ['served'] });
        this.call('HttpSendHttpResponse', { RequestQueueHandle: this.queue, RequestId, HttpResponse, Overlapped: this.overlapped() });
        return;
      }
      case 'cancel': this.call('HttpCancelHttpRequest', { RequestQueueHandle: this.queue, RequestId, Overlapped: this.overlapped() }); return;
      case 'cancelReceive': this.call('CancelIoEx', { hFile: this.queue, lpOverlapped: receive.overlapped }); return;
      default: assertUnreachable(step);
    }
  }

  private overlapped(): bigint {
    return this.struct('OVERLAPPED', { hEvent: this.value('CreateEvent', { bManualReset: 1 }) });
  }

  private toServer(dwContext: bigint): bigint {
    return this.value('InternetConnect', { hInternet: this.session, lpszServerName: '127.0.0.1', nServerPort: this.places.served, dwService: 3, dwContext });
  }

  private among(handles: readonly bigint[], at: number): bigint {
    return handles[at % Math.max(1, handles.length)] ?? 0n;
  }

  /** Closes what is open; everything that was pending must then end by itself. */
  private async end(): Promise<void> {
    this.call('InternetCloseHandle', { hInternet: this.session });
    this.endServer();
    const until = Date.now() + LONGEST_END;
    const over = (): boolean => this.busySockets === 0 && this.engine.openInternetHandles === 0 && this.record.settled;
    while (!over() && Date.now() < until) await turn();
    await Promise.race([Promise.all(this.blocked), new Promise((resolve) => { setTimeout(resolve, LONGEST_END).unref(); })]);
    if (this.busySockets > 0) this.troubles.push(`${this.busySockets} sockets are held by no request`);
    // What came too much would come now.
    await turn();
    await this.engine.dispose();
  }
}

/** How long the end of a sequence is waited for before what is missing counts as missing. */
const LONGEST_END = 5000;

function turn(): Promise<void> {
  return new Promise((resolve) => { setImmediate(resolve); });
}

