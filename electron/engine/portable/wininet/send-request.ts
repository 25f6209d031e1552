import { err, ok, type MaybePromise, type Result } from '../../../../preload/contract/result';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import { HTTP_ADDREQ } from '../../../../preload/contract/win32/constants/wininet-flags';
import type { FunctionArgs } from '../../../../preload/contract/win32/functions';
import type { Outcome } from '../../engine';
import { guarded, type Call, type ErrorCode } from './call';
import type { Exchange } from './exchange';
import type { RequestHandle } from './handle';
import type { PendingWork } from './pending-work';
import type { Transmission } from './transmission';
import type { WinInetCore } from './wininet-core';

/** HttpSendRequest (wininet/nf-wininet-httpsendrequestw). */
export class SendRequest {
  constructor(
    private readonly core: WinInetCore,
    private readonly pending: PendingWork,
    private readonly transmission: Transmission,
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
      const previous = beginSending(request);
      return this.pending.begin(call, request, (operation) => this.transmission.run(operation, request, body, previous));
    });
  }

  /** A length of 0 beside a text was observed on Windows: the ANSI function refuses it, the wide one measures the text. */
  private headersOf(args: FunctionArgs<'HttpSendRequest'>, call: Call): Result<string, ErrorCode> {
    const unmeasured = args.dwHeadersLength === 0 && (call.text(args.lpszHeaders) ?? '') !== '';
    if (unmeasured && call.width === 'A') return err(WIN32_ERRORS.ERROR_INVALID_PARAMETER);
    return ok((unmeasured ? call.text(args.lpszHeaders) : call.text(args.lpszHeaders, args.dwHeadersLength)) ?? '');
  }
}

/** Gives up what an earlier send on the handle left; the response that is still to be let go of. */
export function beginSending(request: RequestHandle): Exchange | undefined {
  const previous = request.progress.phase === 'writing' ? request.progress.exchange : request.exchange;
  request.progress = { phase: 'sending', previous };
  return previous;
}
