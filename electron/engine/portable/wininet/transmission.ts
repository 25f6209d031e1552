import { err, ok, type Result } from '../../../../preload/contract/result';
import { INTERNET_STATUS } from '../../../../preload/contract/win32/constants/status';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import { INTERNET_FLAG, SECURITY_FLAG } from '../../../../preload/contract/win32/constants/wininet-flags';
import { Authentication } from './authentication';
import type { ErrorCode } from './call';
import type { Exchange } from './exchange';
import type { RequestHandle } from './handle';
import type { HandleCloser } from './handle-closer';
import type { Operation } from './operation';
import type { Sending } from './sending';
import type { RequestHop } from './request-hop';
import { redirected, urlText, type RequestUrl } from './request-url';
import type { ResponseHead } from './response-head';
import type { WinInetCore } from './wininet-core';

/** "All attempts made to redirect failed (default is five attempts)": ERROR_HTTP_REDIRECT_FAILED. */
const MOST_REDIRECTS = 5;

/** What a response led to: nothing more, or one more request. */
type Next = { readonly kind: 'done' } | { readonly kind: 'again'; readonly sending: Sending };

/** One request over as many redirections and challenges as it takes, however it was begun. */
export class Transmission {
  constructor(
    private readonly core: WinInetCore,
    private readonly closer: HandleCloser,
    private readonly hop: RequestHop,
  ) {}

  /** A request whose body is known from the start. The work of HttpSendRequest and InternetOpenUrl. */
  async run(operation: Operation, request: RequestHandle, body: Uint8Array, previous: Exchange | undefined): Promise<Result<number, ErrorCode>> {
    if (previous !== undefined) await this.finish(operation, request, previous);
    const sending = this.first(request, body.length);
    const answered = await this.hop.run(operation, request, sending, body);
    return this.conclude(operation, request, answered.ok ? await this.follow(operation, request, sending, answered.value, body) : answered);
  }

  /** What is sent first: to where the handle was opened for, or to where it was redirected. */
  first(request: RequestHandle, bodyLength: number): Sending {
    return { verb: request.verb, url: request.url, bodyLength, redirected: false };
  }

  /** The response to a request whose body the application has written. */
  async answer(operation: Operation, request: RequestHandle, sending: Sending, exchange: Exchange): Promise<Result<number, ErrorCode>> {
    const answered = await this.hop.end(operation, request, sending, exchange);
    return this.conclude(operation, request, answered.ok ? await this.follow(operation, request, sending, answered.value, undefined) : answered);
  }

  private async conclude(operation: Operation, request: RequestHandle, answered: Result<Exchange, ErrorCode>): Promise<Result<number, ErrorCode>> {
    if (answered.ok) request.progress = { phase: 'answered', exchange: answered.value };
    else if (request.progress.phase !== 'answered') request.progress = { phase: 'failed' };
    if (!answered.ok) return answered;
    // Closed after the last callback of the exchange was made: nobody can ask for the rest any more.
    if (operation.cancelled) answered.value.abandon();
    else if (answered.value.head?.bodiless === true) await this.closer.tellClosedConnection(request, operation.thread);
    return ok(0);
  }

  /** `body`: undefined when only the application can send it once more. */
  private async follow(
    operation: Operation, request: RequestHandle, first: Sending, answer: Exchange, body: Uint8Array | undefined,
  ): Promise<Result<Exchange, ErrorCode>> {
    const authentication = new Authentication(request, this.core.passwords);
    let sending = first;
    let exchange = answer;
    for (let redirects = 0; ;) {
      const next = await this.next(operation, request, sending, exchange, authentication, redirects);
      if (!next.ok) return next;
      if (next.value.kind === 'done') return ok(exchange);
      if (next.value.sending.redirected) redirects += 1;
      await this.finish(operation, request, exchange);
      if (operation.cancelled) return err(WININET_ERRORS.ERROR_INTERNET_OPERATION_CANCELLED);
      // "The function needs to redo the request": what was written is not here to be sent again.
      const resent = next.value.sending.bodyLength === 0 ? new Uint8Array(0) : body;
      if (resent === undefined) return err(WININET_ERRORS.ERROR_INTERNET_FORCE_RETRY);
      if (next.value.sending.url !== sending.url) {
        request.url = next.value.sending.url;
        await this.core.notifier.progress(request, INTERNET_STATUS.INTERNET_STATUS_REDIRECT, operation.thread, { text: urlText(request.url) });
        if (operation.cancelled) return err(WININET_ERRORS.ERROR_INTERNET_OPERATION_CANCELLED);
      }
      sending = next.value.sending;
      const answered = await this.hop.run(operation, request, sending, resent);
      if (!answered.ok) return answered;
      exchange = answered.value;
    }
  }

  private async next(
    operation: Operation, request: RequestHandle, sending: Sending, exchange: Exchange, authentication: Authentication, redirects: number,
  ): Promise<Result<Next, ErrorCode>> {
    if (exchange.head !== undefined && authentication.answers(exchange.head)) return ok({ kind: 'again', sending });
    const location = redirectionOf(request, exchange.head);
    if (location === undefined) return ok({ kind: 'done' });
    const target = redirects < MOST_REDIRECTS ? redirected(request.url, location) : err(WININET_ERRORS.ERROR_HTTP_REDIRECT_FAILED);
    if (!target.ok) {
      // A response that leads nowhere can still be asked what it said.
      if (target.error === WININET_ERRORS.ERROR_INTERNET_INVALID_URL) request.progress = { phase: 'answered', exchange };
      else await this.finish(operation, request, exchange);
      return target;
    }
    if (target.value === undefined) return ok({ kind: 'done' });
    const toGet = becomesGet(exchange.head?.status ?? 0, sending.verb);
    const crossed = crossing(request, target.value, !toGet && sending.bodyLength > 0);
    if (crossed !== undefined) {
      request.progress = { phase: 'answered', exchange };
      return err(crossed);
    }
    return ok({
      kind: 'again',
      sending: { url: target.value, redirected: true, ...(toGet ? { verb: 'GET', bodyLength: 0 } : { verb: sending.verb, bodyLength: sending.bodyLength }) },
    });
  }

  /** Lets go of a response that nobody will read. */
  async finish(operation: Operation, request: RequestHandle, exchange: Exchange): Promise<void> {
    await exchange.drain(operation);
    if (exchange.takeCloseNotice()) await this.closer.tellConnectionClosed(request, operation.thread);
  }
}

function redirectionOf(request: RequestHandle, head: ResponseHead | undefined): string | undefined {
  if (head === undefined || (request.flags & INTERNET_FLAG.INTERNET_FLAG_NO_AUTO_REDIRECT) !== 0) return undefined;
  return [301, 302, 303, 307, 308].includes(head.status) ? head.headers.first('location') : undefined;
}

/** RFC 9110, 15.4: 303 is for a GET; user agents make one of a POST after 301 and 302 as well. */
function becomesGet(status: number, verb: string): boolean {
  return status === 303 ? verb !== 'HEAD' : (status === 301 || status === 302) && verb === 'POST';
}

/** A change between HTTP and HTTPS is for the application to allow (WinInet/wininet-errors; SECURITY_FLAG_IGNORE_REDIRECT_TO_*). */
function crossing(request: RequestHandle, target: RequestUrl, submits: boolean): ErrorCode | undefined {
  if (request.url.secure === target.secure) return undefined;
  const allowed = target.secure ? SECURITY_FLAG.SECURITY_FLAG_IGNORE_REDIRECT_TO_HTTPS : SECURITY_FLAG.SECURITY_FLAG_IGNORE_REDIRECT_TO_HTTP;
  if ((request.ignoredErrors & allowed) !== 0) return undefined;
  if (target.secure) return WININET_ERRORS.ERROR_INTERNET_HTTP_TO_HTTPS_ON_REDIR;
  return submits ? WININET_ERRORS.ERROR_INTERNET_HTTPS_HTTP_SUBMIT_REDIR : WININET_ERRORS.ERROR_INTERNET_HTTPS_TO_HTTP_ON_REDIR;
}
