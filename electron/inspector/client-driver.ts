import type { OpenClientCommand } from '../../preload/contract/command';
import { MOST_BYTES_AT_ONCE, MOST_UPLOAD_BYTES } from '../../preload/contract/body-file';
import { USUAL_FLAGS } from '../../preload/contract/client-options';
import type { InspectorError } from '../../preload/contract/errors';
import { win32Error } from '../../preload/contract/win32-error';
import type { HandleId } from '../../preload/contract/ids';
import { err, ok, type Result } from '../../preload/contract/result';
import { INTERNET_OPTION } from '../../preload/contract/win32/constants/options';
import { INTERNET_FLAG, INTERNET_OPEN_TYPE, INTERNET_SERVICE, SECURITY_FLAG } from '../../preload/contract/win32/constants/wininet-flags';
import type { FunctionArgs, FunctionName } from '../../preload/contract/win32/functions';
import { uintBytes } from '../../preload/contract/win32/memory';
import type { BodyFiles, OpenBodyFile } from './body-files';
import { Completions } from './completions';
import type { CallRecord, Inspector } from './inspector';
import { withContentType } from './message-headers';
import { RequestSender, type OpenedRequest } from './request-sender';
import { ResponseReader } from './response-reader';

const ORIGIN = 'New client';
const RECORDER = 'window';

/**
 * What New client does: one session, connection and request, sent and read to its end, every step a call of its own.
 * The handles stay open afterwards: closing them is the person's.
 */
export class ClientDriver {
  private readonly sender: RequestSender;
  private readonly reader: ResponseReader;
  private nextContext = 1n;

  constructor(private readonly inspector: Inspector, private readonly files: BodyFiles) {
    const completions = new Completions(inspector, RECORDER);
    this.sender = new RequestSender(inspector, completions, ORIGIN);
    this.reader = new ResponseReader(inspector, completions, ORIGIN);
  }

  async open(command: OpenClientCommand): Promise<Result<HandleId, InspectorError>> {
    // Before anything is opened: a file that cannot be sent leaves nothing behind.
    const body = await this.bodyOf(command);
    if (!body.ok) return body;
    const request = await this.openRequest(command);
    if (request.ok) return this.send(command, request.value, body.value);
    if (!(body.value instanceof Uint8Array)) await body.value.close();
    return request;
  }

  /** What is sent: bytes, or the file that is read meanwhile. */
  private async bodyOf({ body, bodyKind, bodyFile = '', mode, context }: OpenClientCommand): Promise<Result<Uint8Array | OpenBodyFile, InspectorError>> {
    if (bodyKind !== 'file') return ok(new TextEncoder().encode(body));
    const [known] = this.files.told([bodyFile]);
    if (known !== undefined && known.size <= MOST_BYTES_AT_ONCE) return this.files.read(bodyFile, MOST_BYTES_AT_ONCE);
    if (mode === 'async' && context === 'null') {
      return err({ kind: 'invalid-argument', issues: [{ field: 'bodyFile', message: 'is sent in pieces, each when a callback has told of the end of the one before; with a NULL context there is none. Choose Own context or Synchronous' }] });
    }
    return this.files.open(bodyFile, MOST_UPLOAD_BYTES);
  }

  private async openRequest(command: OpenClientCommand): Promise<Result<OpenedRequest, InspectorError>> {
    const url = new URL(command.url);
    const asynchronous = command.mode === 'async';
    const secure = url.protocol === 'https:';
    const proxy = command.proxy ?? 'direct';

    const session = await this.make('InternetOpen', {
      lpszAgent: given(command.userAgent) ?? 'Hinspector', dwAccessType: ACCESS_TYPES[proxy],
      ...(proxy === 'named' ? { lpszProxy: given(command.proxyServer), lpszProxyBypass: given(command.proxyBypass) } : {}), dwFlags: asynchronous ? INTERNET_FLAG.INTERNET_FLAG_ASYNC : 0,
    });
    if (!session.ok) return session;
    await this.call('InternetSetStatusCallback', { hInternet: session.value.raw, lpfnInternetCallback: this.inspector.engine.recorder(RECORDER) });
    const timeouts = [['CONNECT', command.connectTimeout], ['SEND', command.sendTimeout], ['RECEIVE', command.receiveTimeout]] as const;
    for (const [which, milliseconds] of timeouts) {
      const set = milliseconds === undefined ? ok(undefined) : await this.setNumber(session.value.raw, INTERNET_OPTION[`INTERNET_OPTION_${which}_TIMEOUT`], milliseconds);
      if (!set.ok) return set;
    }
    const connection = await this.make('InternetConnect', {
      hInternet: session.value.raw, lpszServerName: url.hostname.replace(/^\[|\]$/g, ''), nServerPort: Number(url.port || (secure ? 443 : 80)),
      lpszUserName: given(command.user), lpszPassword: given(command.user) === undefined ? undefined : command.password,
      dwService: INTERNET_SERVICE.INTERNET_SERVICE_HTTP, dwContext: this.context(command),
    }, command.showPassword === true ? [] : ['lpszPassword']);
    if (!connection.ok) return connection;
    const context = this.context(command);
    const request = await this.make('HttpOpenRequest', {
      hConnect: connection.value.raw, lpszVerb: command.method, lpszObjectName: `${url.pathname}${url.search}`,
      dwFlags: bitsOf(command.flags ?? USUAL_FLAGS, INTERNET_FLAG) | (secure ? INTERNET_FLAG.INTERNET_FLAG_SECURE : 0), dwContext: context,
    });
    if (!request.ok) return request;
    const ignored = bitsOf(command.ignore ?? [], SECURITY_FLAG);
    const allowed = ignored === 0 ? ok(undefined) : await this.setNumber(request.value.raw, INTERNET_OPTION.INTERNET_OPTION_SECURITY_FLAGS, ignored);
    return allowed.ok ? ok({ ...request.value, context }) : allowed;
  }

  private async send(command: OpenClientCommand, request: OpenedRequest, body: Uint8Array | OpenBodyFile): Promise<Result<HandleId, InspectorError>> {
    const headers = withContentType(command.headers, command.bodyKind).join('\r\n');
    const sending = body instanceof Uint8Array ? this.sender.whole(request, headers, body) : this.sender.inPieces(request, headers, body);
    // With a call that blocks, the person goes on while it does, and may close the handle meanwhile.
    void sending.answered.then((answered) => (answered ? this.reader.read(request.id, request.raw, command.readHeaders !== false) : undefined));
    if (command.mode === 'sync') return ok(request.id);
    const { returned } = await sending.begun;
    return returned.outcome === 'failure' ? err(win32Error(sending.api, returned.error)) : ok(request.id);
  }

  /** A dwContext of its own for each handle, or NULL. */
  private context({ context }: OpenClientCommand): bigint {
    if (context === 'null') return 0n;
    this.nextContext += 1n;
    return this.nextContext - 1n;
  }

  private async setNumber(hInternet: bigint, dwOption: number, value: number): Promise<Result<undefined, InspectorError>> {
    const { returned } = await this.call('InternetSetOption', { hInternet, dwOption, lpBuffer: uintBytes(value, 4), dwBufferLength: 4 });
    return returned.outcome === 'failure' ? err(win32Error('InternetSetOption', returned.error)) : ok(undefined);
  }

  private async call<N extends FunctionName>(api: N, args: Partial<FunctionArgs<N>>, hidden: readonly string[] = []): Promise<CallRecord> {
    return this.inspector.call(api, args, { origin: ORIGIN, hidden });
  }

  private async make<N extends FunctionName>(api: N, args: Partial<FunctionArgs<N>>, hidden: readonly string[] = []): Promise<Result<{ readonly raw: bigint; readonly id: HandleId }, InspectorError>> {
    const record = await this.call(api, args, hidden);
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
