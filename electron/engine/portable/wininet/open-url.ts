import { andThen, err, ok, type MaybePromise, type Result } from '../../../../preload/contract/result';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import { HTTP_ADDREQ, INTERNET_FLAG } from '../../../../preload/contract/win32/constants/wininet-flags';
import type { FunctionArgs } from '../../../../preload/contract/win32/functions';
import type { Outcome } from '../../engine';
import { guarded, type Call, type ErrorCode } from './call';
import { ConnectionHandle, RequestHandle, type SessionHandle } from './handle';
import type { HandleCloser } from './handle-closer';
import { HeaderList } from './header-list';
import type { PendingWork, Work } from './pending-work';
import { requestTarget } from './request-url';
import { beginSending } from './send-request';
import type { Transmission } from './transmission';
import { crackUrl, type UrlParts } from './url-parts';
import type { WinInetCore } from './wininet-core';

/** InternetOpenUrl (wininet/nf-wininet-internetopenurlw): a connection that nobody sees, a request on it, and its send. */
export class OpenUrl {
  constructor(
    private readonly core: WinInetCore,
    private readonly pending: PendingWork,
    private readonly closer: HandleCloser,
    private readonly transmission: Transmission,
  ) {}

  /** Asynchronously NULL with ERROR_IO_PENDING: REQUEST_COMPLETE's dwResult is the handle. */
  call(args: FunctionArgs<'InternetOpenUrl'>, call: Call): MaybePromise<Outcome> {
    return guarded(call, 0n, () => {
      const found = this.core.table.of('session', args.hInternet);
      if (!found.ok) return call.outcome(0n, found.error);
      const url = call.text(args.lpszUrl);
      if (url === undefined) return call.outcome(0n, WIN32_ERRORS.ERROR_INVALID_PARAMETER);
      const parts = httpParts(url);
      if (!parts.ok) return call.outcome(0n, parts.error);
      const headers = new HeaderList();
      const added = headers.modify(call.text(args.lpszHeaders, args.dwHeadersLength) ?? '', HTTP_ADDREQ.HTTP_ADDREQ_FLAG_ADD);
      if (!added.ok) return call.outcome(0n, added.error);
      return this.open(found.value, parts.value, headers, args, call);
    });
  }

  private open(session: SessionHandle, parts: UrlParts, headers: HeaderList, args: FunctionArgs<'InternetOpenUrl'>, call: Call): MaybePromise<Outcome> {
    const { request, parent } = this.make(session, parts, headers, args);
    const announced = (thread: number): MaybePromise<void> => this.core.notifier.created(request, parent, thread);
    const work: Work = async (operation) => {
      // The callback may close the handle, and so end the operation.
      if (operation.cancelled) return ok(0);
      return this.transmission.run(operation, request, new Uint8Array(0), beginSending(request));
    };
    // Nobody could be told of the end, so nothing pends.
    const told = session.asynchronous && args.dwContext !== 0n && request.callback !== undefined;
    if (told) {
      return this.pending.pend(call, request, async (operation) => {
        await announced(operation.thread);
        const result = await work(operation);
        // A handle that came to nothing is nobody's to close: it ends once its REQUEST_COMPLETE was told.
        if (!result.ok && request.state === 'open') this.withdraw(request);
        return result;
      }, request.value);
    }
    return andThen(announced(call.thread), async () => {
      if (request.state !== 'open') return call.outcome(0n, WININET_ERRORS.ERROR_INTERNET_OPERATION_CANCELLED);
      const { returns, lastError } = await this.pending.block(call, request, work);
      if (returns === 1) return call.outcome(request.value);
      if (request.state === 'open') {
        this.withdraw(request);
        await this.closer.end(request, call.thread);
      }
      return call.outcome(0n, lastError);
    });
  }

  private make(
    session: SessionHandle, parts: UrlParts, headers: HeaderList, args: FunctionArgs<'InternetOpenUrl'>,
  ): { readonly request: RequestHandle; readonly parent: ConnectionHandle } {
    const host = parts.hostName.text.replace(/^\[|\]$/gu, '');
    const parent = this.existing(session, host, parts.port, args.dwFlags) ?? this.hidden(session, host, parts);
    const secure = parts.scheme.text.toLowerCase() === 'https';
    const request = new RequestHandle(
      { value: this.core.table.nextValue(), context: args.dwContext, callback: session.callback, timeouts: session.timeouts }, parent, 'GET',
      { secure, host, port: parts.port, target: requestTarget(parts.urlPath.text + parts.extraInfo.text) }, 'HTTP/1.1',
      secure ? args.dwFlags | INTERNET_FLAG.INTERNET_FLAG_SECURE : args.dwFlags, headers,
    );
    parent.children.add(request);
    this.core.table.add(request);
    return { request, parent };
  }

  /** INTERNET_FLAG_EXISTING_CONNECT: "an existing InternetConnect object if one exists with the same attributes". */
  private existing(session: SessionHandle, host: string, port: number, flags: number): ConnectionHandle | undefined {
    if ((flags & INTERNET_FLAG.INTERNET_FLAG_EXISTING_CONNECT) === 0) return undefined;
    for (const child of session.children) {
      if (child.kind === 'http-connection' && child.host.toLowerCase() === host.toLowerCase() && child.port === port) return child;
    }
    return undefined;
  }

  private hidden(session: SessionHandle, host: string, { port, userName, password }: UrlParts): ConnectionHandle {
    const connection = new ConnectionHandle(
      { value: this.core.table.nextValue(), context: 0n, callback: undefined, timeouts: session.timeouts }, session, host, port,
      userName.text === '' ? undefined : decoded(userName.text), password.text === '' ? undefined : decoded(password.text), true,
    );
    session.children.add(connection);
    return this.core.table.add(connection);
  }

  private withdraw(request: RequestHandle): void {
    request.state = 'invalid';
    this.core.table.invalidate(request);
  }
}

/** "Only URLs beginning with ftp:, http:, or https: are supported"; of these FTP is not opened here. */
function httpParts(url: string): Result<UrlParts, ErrorCode> {
  const parts = crackUrl(url.trim());
  if (!parts.ok) return parts;
  const scheme = parts.value.scheme.text.toLowerCase();
  return scheme === 'http' || scheme === 'https' ? parts : err(WININET_ERRORS.ERROR_INTERNET_UNRECOGNIZED_SCHEME);
}

/** What stands for itself in a URL's user information. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
