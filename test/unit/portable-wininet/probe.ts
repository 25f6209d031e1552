import { completeArgs, type FunctionArgs, type FunctionName } from '../../../preload/contract/win32/functions';
import { isPromiseLike, type MaybePromise } from '../../../preload/contract/result';
import { constantName } from '../../../preload/contract/win32/constant-table';
import { readUint, readUint64, textFromBytes, uintBytes, type Address } from '../../../preload/contract/win32/memory';
import { decodeStatusPayload, type StatusPayload } from '../../../preload/contract/win32/status-payload';
import type { Width } from '../../../preload/contract/win32/signature';
import type { Outcome, StatusCallback } from '../../../electron/engine/engine';
import { PortableEngine } from '../../../electron/engine/portable/portable-engine';

/** How long something may take that is sure to come, on a machine that is busy with other tests. */
export const PATIENT = { timeout: 15_000, interval: 10 } as const;

export interface Recorded {
  readonly handle: bigint;
  readonly context: bigint;
  /** Without INTERNET_STATUS_. */
  readonly status: string;
  readonly payload: StatusPayload;
  readonly length: number;
  readonly thread: number;
  readonly via: string;
}

type Reaction = (event: Recorded, raw: StatusCallback) => MaybePromise<void>;

/** A portable engine under test, and everything it said. */
export class Probe {
  readonly engine = new PortableEngine();
  readonly callbacks: Recorded[] = [];
  /** Runs inside every callback. */
  react: Reaction | undefined;
  private readonly waiting = new Set<() => void>();

  constructor() {
    this.engine.listen({
      callback: (raw) => {
        const event: Recorded = {
          handle: raw.hInternet,
          context: raw.dwContext,
          status: (constantName('INTERNET_STATUS', raw.dwInternetStatus) ?? String(raw.dwInternetStatus)).replace('INTERNET_STATUS_', ''),
          payload: decodeStatusPayload(raw.dwInternetStatus, raw.information, raw.width),
          length: raw.information.length,
          thread: raw.thread,
          via: raw.via,
        };
        this.callbacks.push(event);
        for (const wake of this.waiting) wake();
        return this.react?.(event, raw);
      },
      completion: () => undefined,
      connection: () => undefined,
      lost: () => undefined,
    });
  }

  start<N extends FunctionName>(name: N, args: Partial<FunctionArgs<N>>, width: Width = 'W', thread?: number): MaybePromise<Outcome> {
    return this.engine.functions[name](completeArgs(name, args), { width, thread });
  }

  /** A call that must answer at once. */
  call<N extends FunctionName>(name: N, args: Partial<FunctionArgs<N>>, width: Width = 'W', thread?: number): Outcome {
    const outcome = this.start(name, args, width, thread);
    if (isPromiseLike(outcome)) throw new Error(`${name} answered with a promise`);
    return outcome;
  }

  /** A handle that must be there. */
  handle<N extends FunctionName>(name: N, args: Partial<FunctionArgs<N>>, width: Width = 'W'): bigint {
    const { returns, lastError } = this.call(name, args, width);
    if (typeof returns !== 'bigint' || returns === 0n) throw new Error(`${name} failed: ${lastError}`);
    return returns;
  }

  session(flags = 0x1000_0000, width: Width = 'W'): bigint {
    const session = this.handle('InternetOpen', { lpszAgent: 'probe', dwAccessType: 1, dwFlags: flags }, width);
    this.call('InternetSetStatusCallback', { hInternet: session, lpfnInternetCallback: this.engine.recorder('default') }, width);
    return session;
  }

  connection(session: bigint, port: number, context = 2n, host = '127.0.0.1'): bigint {
    return this.handle('InternetConnect', { hInternet: session, lpszServerName: host, nServerPort: port, dwService: 3, dwContext: context });
  }

  request(connection: bigint, object: string, context = 3n, more: Partial<FunctionArgs<'HttpOpenRequest'>> = {}): bigint {
    return this.handle('HttpOpenRequest', { hConnect: connection, lpszObjectName: object, dwContext: context, ...more });
  }

  close(handle: bigint, thread?: number): Outcome {
    return this.call('InternetCloseHandle', { hInternet: handle }, 'W', thread);
  }

  of(handle: bigint): readonly Recorded[] {
    return this.callbacks.filter((event) => event.handle === handle);
  }

  statuses(handle: bigint): readonly string[] {
    return this.of(handle).map((event) => event.status);
  }

  /** Waits for the n-th callback of that status on a handle. */
  async until(handle: bigint, status: string, n = 1): Promise<Recorded> {
    const nth = (): Recorded | undefined => this.of(handle).filter((event) => event.status === status)[n - 1];
    await this.untilTrue(() => nth() !== undefined, `${status} #${n}`);
    const event = nth();
    if (event === undefined) throw new Error('gone');
    return event;
  }

  untilTrue(condition: () => boolean, what: string): Promise<void> {
    if (condition()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const check = (): void => {
        if (!condition()) return;
        this.waiting.delete(check);
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        this.waiting.delete(check);
        reject(new Error(`No ${what}; there was ${this.callbacks.map((event) => event.status).join(' ')}`));
      }, PATIENT.timeout);
      this.waiting.add(check);
    });
  }

  dword(value = 0): Address {
    const address = this.engine.memory.alloc(4);
    this.engine.memory.write(address, uintBytes(value, 4));
    return address;
  }

  readDword(address: Address): number {
    return readUint(this.engine.memory, address, 4);
  }

  /** InternetReadFile into fresh memory; waits if it pends. */
  async read(request: bigint, size: number): Promise<{ readonly text: string; readonly pended: boolean; readonly outcome: Outcome }> {
    const buffer = this.engine.memory.alloc(size);
    const count = this.dword();
    const before = this.of(request).filter((event) => event.status === 'REQUEST_COMPLETE').length;
    const outcome = await this.start('InternetReadFile', { hFile: request, lpBuffer: buffer, dwNumberOfBytesToRead: size, lpdwNumberOfBytesRead: count });
    const pended = outcome.lastError === 997;
    if (pended) await this.until(request, 'REQUEST_COMPLETE', before + 1);
    return { text: textFromBytes(this.engine.memory.read(buffer, this.readDword(count)), 'A'), pended, outcome };
  }

  async readAll(request: bigint, size = 4096): Promise<string> {
    let text = '';
    for (;;) {
      const piece = await this.read(request, size);
      if (piece.text === '') return text;
      text += piece.text;
    }
  }

  queryInfo(request: bigint, level: number, width: Width = 'A', size = 2000, name = ''): { readonly text: string; readonly outcome: Outcome; readonly length: number } {
    const buffer = this.engine.memory.alloc(Math.max(size, 1));
    if (name !== '') this.engine.memory.write(buffer, Uint8Array.from(name, (char) => char.charCodeAt(0)));
    const length = this.dword(size);
    const outcome = this.call('HttpQueryInfo', { hRequest: request, dwInfoLevel: level, lpBuffer: buffer, lpdwBufferLength: length }, width);
    const reported = this.readDword(length);
    const text = outcome.returns === 1 ? textFromBytes(this.engine.memory.read(buffer, reported), width) : '';
    return { text, outcome, length: reported };
  }

  option(handle: bigint, option: number, width: Width = 'A', size = 2000): { readonly outcome: Outcome; readonly bytes: Uint8Array; readonly length: number } {
    const buffer = this.engine.memory.alloc(Math.max(size, 1));
    const length = this.dword(size);
    const outcome = this.call('InternetQueryOption', { hInternet: handle, dwOption: option, lpBuffer: buffer, lpdwBufferLength: length }, width);
    const reported = this.readDword(length);
    return { outcome, length: reported, bytes: this.engine.memory.read(buffer, outcome.returns === 1 ? reported : 0) };
  }

  /** A HINTERNET or DWORD_PTR among the bytes of an option. */
  pointerAt(address: Address): bigint {
    return readUint64(this.engine.memory, address);
  }
}
