import { err, ok, type MaybePromise, type Result } from '../../../../preload/contract/result';
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
      const added = request.headers.modify(
        call.text(args.lpszHeaders, args.dwHeadersLength) ?? '',
        HTTP_ADDREQ.HTTP_ADDREQ_FLAG_ADD + HTTP_ADDREQ.HTTP_ADDREQ_FLAG_REPLACE,
      );
      if (!added.ok) return call.bool(added);
      const body = call.bytes(args.lpOptional, args.dwOptionalLength) ?? new Uint8Array(0);
      const previous = request.exchange;
      request.progress = { phase: 'sending', previous };
      return this.pending.begin(call, request, async (operation) => {
        if (previous !== undefined) await this.finish(operation, request, previous);
        const answered = await this.follow(operation, request, body);
        request.progress = answered.ok ? { phase: 'answered', exchange: answered.value } : { phase: 'failed' };
        if (!answered.ok) return answered;
        // Closed after the last callback of the exchange was made: nobody can ask for the rest any more.
        if (operation.cancelled) answered.value.abandon();
        else if (answered.value.head?.bodiless === true) await this.closer.tellClosedConnection(request, operation.thread);
        return ok(0);
      });
    });
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
      const url = redirects < MOST_REDIRECTS ? redirected(request.url, location) : err(WININET_ERRORS.ERROR_HTTP_REDIRECT_FAILED);
      await this.finish(operation, request, exchange);
      if (!url.ok) return url;
      if (operation.cancelled) return err(WININET_ERRORS.ERROR_INTERNET_OPERATION_CANCELLED);
      if (becomesGet(exchange.head?.status ?? 0, verb)) {
        verb = 'GET';
        body = new Uint8Array(0);
      }
      request.url = url.value;
      await this.core.notifier.progress(request, INTERNET_STATUS.INTERNET_STATUS_REDIRECT, operation.thread, { text: urlText(url.value) });
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
