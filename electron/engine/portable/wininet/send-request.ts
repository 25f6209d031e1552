import { err, ok, type MaybePromise, type Result } from '../../../../preload/contract/result';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import { INTERNET_STATUS } from '../../../../preload/contract/win32/constants/status';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import { HTTP_ADDREQ, INTERNET_FLAG } from '../../../../preload/contract/win32/constants/wininet-flags';
import type { FunctionArgs } from '../../../../preload/contract/win32/functions';
import type { Outcome } from '../../engine';
import { guarded, type Call, type ErrorCode } from './call';
import type { Exchange } from './exchange';
import type { RequestHandle } from './handle';
import type { HandleCloser } from './handle-closer';
import type { Operation } from './operation';
import type { PendingWork } from './pending-work';
import type { RequestHop } from './request-hop';
import { redirected, urlText } from './request-url';
import type { ResponseHead } from './response-parser';
import type { WinInetCore } from './wininet-core';

/** "All attempts made to redirect failed (default is five attempts)": ERROR_HTTP_REDIRECT_FAILED. */
const MOST_REDIRECTS = 5;

/** HttpSendRequest (wininet/nf-wininet-httpsendrequestw): one request, over as many redirections as it takes. */
export class SendRequest {
  constructor(
    private readonly core: WinInetCore,
    private readonly pending: PendingWork,
    private readonly closer: HandleCloser,
    private readonly hop: RequestHop,
  ) {}

  call(args: FunctionArgs<'HttpSendRequest'>, call: Call): MaybePromise<Outcome> {
    return guarded(call, 0, () => {
      const found = this.core.table.of('http-request', args.hRequest);
      if (!found.ok) return call.bool(found);
      const request = found.value;
      if (request.operations.size > 0) return call.bool(err(WININET_ERRORS.ERROR_INTERNET_INCORRECT_HANDLE_STATE));
      const headers = this.headersOf(args, call);
      if (!headers.ok) return call.bool(headers);
      const added = request.headers.modify(
        headers.value,
        HTTP_ADDREQ.HTTP_ADDREQ_FLAG_ADD + HTTP_ADDREQ.HTTP_ADDREQ_FLAG_REPLACE,
      );
      if (!added.ok) return call.bool(added);
      const body = call.bytes(args.lpOptional, args.dwOptionalLength) ?? new Uint8Array(0);
      const previous = request.exchange;
      request.progress = { phase: 'sending', previous };
      return this.pending.begin(call, request, async (operation) => {
        if (previous !== undefined) await this.finish(operation, request, previous);
        const answered = await this.follow(operation, request, body);
        if (answered.ok) request.progress = { phase: 'answered', exchange: answered.value };
        else if (request.progress.phase === 'sending') request.progress = { phase: 'failed' };
        if (!answered.ok) return answered;
        // Closed after the last callback of the exchange was made: nobody can ask for the rest any more.
        if (operation.cancelled) answered.value.abandon();
        else if (answered.value.head?.bodiless === true) await this.closer.tellClosedConnection(request, operation.thread);
        return ok(0);
      });
    });
  }

  /** A length of 0 beside a text was observed on Windows: the ANSI function refuses it, the wide one measures the text. */
  private headersOf(args: FunctionArgs<'HttpSendRequest'>, call: Call): Result<string, ErrorCode> {
    const unmeasured = args.dwHeadersLength === 0 && (call.text(args.lpszHeaders) ?? '') !== '';
    if (unmeasured && call.width === 'A') return err(WIN32_ERRORS.ERROR_INVALID_PARAMETER);
    return ok((unmeasured ? call.text(args.lpszHeaders) : call.text(args.lpszHeaders, args.dwHeadersLength)) ?? '');
  }

  private async follow(operation: Operation, request: RequestHandle, firstBody: Uint8Array): Promise<Result<Exchange, ErrorCode>> {
    let body = firstBody;
    let { verb } = request;
    for (let redirects = 0; ; redirects += 1) {
      const sending = { verb, url: request.url, bodyLength: body.length, redirected: redirects > 0 };
      const answered = await this.hop.run(operation, request, sending, body);
      if (!answered.ok) return answered;
      const exchange = answered.value;
      const location = redirectionOf(request, exchange.head);
      if (location === undefined) return answered;
      const next = redirects < MOST_REDIRECTS ? redirected(request.url, location) : err(WININET_ERRORS.ERROR_HTTP_REDIRECT_FAILED);
      if (!next.ok) {
        // A response that leads nowhere can still be asked what it said.
        if (next.error === WININET_ERRORS.ERROR_INTERNET_INVALID_URL) request.progress = { phase: 'answered', exchange };
        else await this.finish(operation, request, exchange);
        return next;
      }
      const target = next.value;
      if (target === undefined) return answered;
      await this.finish(operation, request, exchange);
      if (operation.cancelled) return err(WININET_ERRORS.ERROR_INTERNET_OPERATION_CANCELLED);
      if (becomesGet(exchange.head?.status ?? 0, verb)) {
        verb = 'GET';
        body = new Uint8Array(0);
      }
      request.url = target;
      await this.core.notifier.progress(request, INTERNET_STATUS.INTERNET_STATUS_REDIRECT, operation.thread, { text: urlText(target) });
      if (operation.cancelled) return err(WININET_ERRORS.ERROR_INTERNET_OPERATION_CANCELLED);
    }
  }

  /** Lets go of a response that nobody will read. */
  private async finish(operation: Operation, request: RequestHandle, exchange: Exchange): Promise<void> {
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
