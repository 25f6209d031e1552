import type { OpenClientCommand } from '../../preload/contract/command';
import { USUAL_FLAGS } from '../../preload/contract/client-options';
import { win32Error, type InspectorError } from '../../preload/contract/errors';
import { isEnded } from '../../preload/contract/handle';
import type { HandleId } from '../../preload/contract/ids';
import { err, ok, type Result } from '../../preload/contract/result';
import { INTERNET_STATUS } from '../../preload/contract/win32/constants/status';
import { INTERNET_OPTION } from '../../preload/contract/win32/constants/options';
import { INTERNET_FLAG, INTERNET_OPEN_TYPE, INTERNET_SERVICE, SECURITY_FLAG } from '../../preload/contract/win32/constants/wininet-flags';
import type { FunctionArgs, FunctionName } from '../../preload/contract/win32/functions';
import { readUint, uintBytes, type Address } from '../../preload/contract/win32/memory';
import type { CallbackRecord, CallRecord, Inspector } from './inspector';

const ORIGIN = 'New client';
const BUFFER_BYTES = 8192;

interface Reading {
  readonly request: bigint;
  readonly buffer: Address;
  readonly count: Address;
  body: number;
  /** An InternetReadFile has not returned yet: it still writes to the memory. */
  reading: boolean;
}

/**
 * What New client does: one session, connection and request, sent and read to its end, every step a call of its own.
 * The handles stay open afterwards: closing them is the person's.
 */
export class ClientDriver {
  private readonly reading = new Map<HandleId, Reading>();
  private nextContext = 1n;

  constructor(private readonly inspector: Inspector) {
    inspector.onCallback((record) => this.follow(record));
    // Not by HANDLE_CLOSING: with a NULL context there is none.
    inspector.trace.listen((_event, changed) => {
      if (this.reading.size === 0) return;
      for (const id of changed) if (isEnded(inspector.trace.tree.get(id)?.state ?? 'open')) this.release(id);
    });
  }

  async open(command: OpenClientCommand): Promise<Result<HandleId, InspectorError>> {
    const url = new URL(command.url);
    const asynchronous = command.mode === 'async';
    const secure = url.protocol === 'https:';
    const proxy = command.proxy ?? 'direct';
    const context = (): bigint => (command.context === 'null' ? 0n : this.nextContext++);

    const session = await this.make('InternetOpen', {
      lpszAgent: given(command.userAgent) ?? 'Hinspector', dwAccessType: ACCESS_TYPES[proxy],
      ...(proxy === 'named' ? { lpszProxy: given(command.proxyServer), lpszProxyBypass: given(command.proxyBypass) } : {}), dwFlags: asynchronous ? INTERNET_FLAG.INTERNET_FLAG_ASYNC : 0,
    });
    if (!session.ok) return session;
    await this.call('InternetSetStatusCallback', { hInternet: session.value.raw, lpfnInternetCallback: this.inspector.engine.recorder('window') });
    const timeouts = [['CONNECT', command.connectTimeout], ['SEND', command.sendTimeout], ['RECEIVE', command.receiveTimeout]] as const;
    for (const [which, milliseconds] of timeouts) {
      const set = milliseconds === undefined ? ok(undefined) : await this.setNumber(session.value.raw, INTERNET_OPTION[`INTERNET_OPTION_${which}_TIMEOUT`], milliseconds);
      if (!set.ok) return set;
    }
    const connection = await this.make('InternetConnect', {
      hInternet: session.value.raw, lpszServerName: url.hostname.replace(/^\[|\]$/g, ''), nServerPort: Number(url.port || (secure ? 443 : 80)),
      lpszUserName: given(command.user), lpszPassword: given(command.user) === undefined ? undefined : command.password,
      dwService: INTERNET_SERVICE.INTERNET_SERVICE_HTTP, dwContext: context(),
    });
    if (!connection.ok) return connection;
    const request = await this.make('HttpOpenRequest', {
      hConnect: connection.value.raw, lpszVerb: command.method, lpszObjectName: `${url.pathname}${url.search}`,
      dwFlags: bitsOf(command.flags ?? USUAL_FLAGS, INTERNET_FLAG) | (secure ? INTERNET_FLAG.INTERNET_FLAG_SECURE : 0), dwContext: context(),
    });
    if (!request.ok) return request;
    const ignored = bitsOf(command.ignore ?? [], SECURITY_FLAG);
    const allowed = ignored === 0 ? ok(undefined) : await this.setNumber(request.value.raw, INTERNET_OPTION.INTERNET_OPTION_SECURITY_FLAGS, ignored);
    if (!allowed.ok) return allowed;
    return this.send(command, request.value, asynchronous);
  }

  private async send(command: OpenClientCommand, request: { readonly raw: bigint; readonly id: HandleId }, asynchronous: boolean): Promise<Result<HandleId, InspectorError>> {
    const { memory } = this.inspector.engine;
    const reading: Reading = { request: request.raw, buffer: memory.alloc(BUFFER_BYTES), count: memory.alloc(4), body: 0, reading: false };
    this.reading.set(request.id, reading);
    const headers = command.headers.split(/\r?\n/).filter((line) => line.trim() !== '').join('\r\n');
    const body = new TextEncoder().encode(command.body);
    const sent = this.call('HttpSendRequest', {
      hRequest: request.raw, lpszHeaders: headers === '' ? undefined : headers, dwHeadersLength: headers.length,
      lpOptional: body.length === 0 ? undefined : body, dwOptionalLength: body.length,
    });
    if (!asynchronous) {
      // The call blocks a thread of its own until the answer is there; the person goes on, and may close the handle meanwhile.
      void sent.then((record) => (record.returned.outcome === 'success' ? this.read(request.id) : this.release(request.id)));
      return ok(request.id);
    }
    const { returned } = await sent;
    if (returned.outcome === 'failure') {
      this.release(request.id);
      return err(win32Error('HttpSendRequest', returned.error));
    }
    return ok(request.id);
  }

  /** Reads until the end, an error, or a read that pends: its REQUEST_COMPLETE goes on from there. */
  private async read(id: HandleId): Promise<void> {
    for (;;) {
      const reading = this.reading.get(id);
      const node = this.inspector.trace.tree.get(id);
      if (reading === undefined || node === undefined || node.state !== 'open' || node.closeRequestedAt !== undefined) return;
      reading.reading = true;
      const { returned } = await this.call('InternetReadFile', {
        hFile: reading.request, lpBuffer: reading.buffer, dwNumberOfBytesToRead: BUFFER_BYTES, lpdwNumberOfBytesRead: reading.count,
      });
      reading.reading = false;
      const count = returned.outcome === 'success' ? this.took(reading) : 0;
      // Closed meanwhile: the memory waited for this call.
      if (!this.reading.has(id)) this.free(reading);
      if (count === 0) return;
    }
  }

  private took(reading: Reading): number {
    const count = readUint(this.inspector.engine.memory, reading.count, 4);
    reading.body += count;
    return count;
  }

  private follow({ event }: CallbackRecord): void {
    if (event.via !== 'window' || event.handle === undefined) return;
    const reading = this.reading.get(event.handle);
    if (reading === undefined || event.status !== INTERNET_STATUS.INTERNET_STATUS_REQUEST_COMPLETE) return;
    if (event.payload.kind !== 'async-result' || event.payload.dwResult === '0x0') return;
    const completed = event.completes === undefined || !this.inspector.trace.log.has(event.completes) ? undefined : this.inspector.trace.log.at(event.completes);
    if (completed?.kind === 'call' && completed.api === 'InternetReadFile' && this.took(reading) === 0) return;
    const { handle } = event;
    // Not inside the callback: the thread of WinINet is not ours to hold.
    setImmediate(() => void this.read(handle));
  }

  /** Gives back the memory once nothing can write to it any more. */
  private release(id: HandleId): void {
    const reading = this.reading.get(id);
    if (reading === undefined) return;
    this.reading.delete(id);
    if (!reading.reading) this.free(reading);
  }

  private free({ buffer, count }: Reading): void {
    this.inspector.engine.memory.free(buffer);
    this.inspector.engine.memory.free(count);
  }

  private async setNumber(hInternet: bigint, dwOption: number, value: number): Promise<Result<undefined, InspectorError>> {
    const { returned } = await this.call('InternetSetOption', { hInternet, dwOption, lpBuffer: uintBytes(value, 4), dwBufferLength: 4 });
    return returned.outcome === 'failure' ? err(win32Error('InternetSetOption', returned.error)) : ok(undefined);
  }

  private async call<N extends FunctionName>(api: N, args: Partial<FunctionArgs<N>>): Promise<CallRecord> {
    return this.inspector.call(api, args, { origin: ORIGIN });
  }

  private async make<N extends FunctionName>(api: N, args: Partial<FunctionArgs<N>>): Promise<Result<{ readonly raw: bigint; readonly id: HandleId }, InspectorError>> {
    const record = await this.call(api, args);
    if (record.created === undefined || typeof record.outcome.returns !== 'bigint') return err(win32Error(api, record.returned.error));
    return ok({ raw: record.outcome.returns, id: record.created });
  }
}

const ACCESS_TYPES = {
  direct: INTERNET_OPEN_TYPE.INTERNET_OPEN_TYPE_DIRECT, preconfig: INTERNET_OPEN_TYPE.INTERNET_OPEN_TYPE_PRECONFIG, named: INTERNET_OPEN_TYPE.INTERNET_OPEN_TYPE_PROXY,
} as const;

/** What a person left empty is NULL to WinINet. */
function given(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

function bitsOf<N extends string>(names: readonly N[], group: Readonly<Record<N, number>>): number {
  return names.reduce((bits, name) => (bits | group[name]) >>> 0, 0);
}
