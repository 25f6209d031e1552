import { andThen, ok, type MaybePromise } from '../../../../preload/contract/result';
import { INTERNET_OPTION } from '../../../../preload/contract/win32/constants/options';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import { HTTP_ADDREQ, INTERNET_FLAG } from '../../../../preload/contract/win32/constants/wininet-flags';
import type { FunctionArgs } from '../../../../preload/contract/win32/functions';
import type { Outcome } from '../../engine';
import type { Call } from './call';
import { ConnectionHandle, RequestHandle, type SessionHandle } from './handle';
import type { HandleCloser } from './handle-closer';
import { HeaderList } from './header-list';
import { settingOf } from './kept-setting';
import type { OpenedUrl } from './opened-url';
import type { PendingWork, Work } from './pending-work';
import { requestTarget } from './request-url';
import { beginSending } from './send-request';
import type { Transmission } from './transmission';
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
  open(opened: OpenedUrl, args: FunctionArgs<'InternetOpenUrl'>, call: Call): MaybePromise<Outcome> {
    const headers = new HeaderList();
    const added = headers.modify(call.text(args.lpszHeaders, args.dwHeadersLength) ?? '', HTTP_ADDREQ.HTTP_ADDREQ_FLAG_ADD);
    return added.ok ? this.send(opened, headers, args, call) : call.outcome(0n, added.error);
  }

  private send(opened: OpenedUrl, headers: HeaderList, args: FunctionArgs<'InternetOpenUrl'>, call: Call): MaybePromise<Outcome> {
    const { request, parent } = this.make(opened, headers, args);
    const announced = (thread: number): MaybePromise<void> => this.core.notifier.created(request, parent, thread);
    const work: Work = async (operation) => {
      // The callback may close the handle, and so end the operation.
      if (operation.cancelled) return ok(0);
      return this.transmission.run(operation, request, new Uint8Array(0), beginSending(request));
    };
    if (opened.session.asynchronous && opened.told) {
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
    opened: OpenedUrl, headers: HeaderList, args: FunctionArgs<'InternetOpenUrl'>,
  ): { readonly request: RequestHandle; readonly parent: ConnectionHandle } {
    const { session, host, port } = opened;
    const parent = this.existing(session, host, port, args.dwFlags) ?? this.hidden(opened);
    const secure = opened.scheme === 'https';
    const request = new RequestHandle(
      { value: this.core.table.nextValue(), context: args.dwContext, callback: session.callback, timeouts: session.timeouts }, parent, 'GET',
      { secure, host, port, target: requestTarget(opened.target, (settingOf(session, this.core, INTERNET_OPTION.INTERNET_OPTION_ENCODE_EXTRA) ?? 0) !== 0) }, 'HTTP/1.1',
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

  private hidden({ session, host, port, userName, password }: OpenedUrl): ConnectionHandle {
    const connection = new ConnectionHandle(
      { value: this.core.table.nextValue(), context: 0n, callback: undefined, timeouts: session.timeouts }, session, host, port,
      userName, password, true,
    );
    session.children.add(connection);
    return this.core.table.add(connection);
  }

  private withdraw(request: RequestHandle): void {
    request.state = 'invalid';
    this.core.table.invalidate(request);
  }
}
