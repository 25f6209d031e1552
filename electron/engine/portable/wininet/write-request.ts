import { err, ok, type MaybePromise, type Result } from '../../../../preload/contract/result';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import { HTTP_ADDREQ } from '../../../../preload/contract/win32/constants/wininet-flags';
import type { FunctionArgs } from '../../../../preload/contract/win32/functions';
import type { Outcome } from '../../engine';
import { guarded, type Call, type ErrorCode } from './call';
import type { RequestHandle } from './handle';
import type { Operation } from './operation';
import { readBuffers } from './internet-buffers';
import type { PendingWork } from './pending-work';
import type { RequestHop } from './request-hop';
import { beginSending } from './send-request';
import type { Transmission } from './transmission';
import type { WinInetCore } from './wininet-core';

const NOT_NOW = err(WININET_ERRORS.ERROR_INTERNET_INCORRECT_HANDLE_STATE);

/**
 * HttpSendRequestEx, InternetWriteFile and HttpEndRequest (wininet/nf-wininet-httpsendrequestexw, -internetwritefile,
 * -httpendrequestw): a request whose body the application writes piece by piece.
 */
export class WriteRequest {
  constructor(
    private readonly core: WinInetCore,
    private readonly pending: PendingWork,
    private readonly transmission: Transmission,
    private readonly hop: RequestHop,
  ) {}

  begin(args: FunctionArgs<'HttpSendRequestEx'>, call: Call): MaybePromise<Outcome> {
    return guarded(call, 0, () => {
      const found = this.core.table.of('http-request', args.hRequest);
      if (!found.ok) return call.bool(found);
      const request = found.value;
      if (request.operations.size > 0) return call.bool(NOT_NOW);
      const buffers = args.lpBuffersIn === 0n ? undefined : readBuffers(call, args.lpBuffersIn);
      if (buffers?.ok === false) return call.bool(buffers);
      const added = request.headers.modify(buffers?.value.header ?? '', HTTP_ADDREQ.HTTP_ADDREQ_FLAG_ADD + HTTP_ADDREQ.HTTP_ADDREQ_FLAG_REPLACE);
      if (!added.ok) return call.bool(added);
      const first = buffers === undefined || buffers.value.buffer === 0n ? new Uint8Array(0) : call.memory.read(buffers.value.buffer, buffers.value.bufferLength);
      const sending = this.transmission.first(request, Math.max(first.length, buffers?.value.bufferTotal ?? 0));
      const previous = beginSending(request);
      return this.pending.begin(call, request, async (operation) => {
        if (previous !== undefined) await this.transmission.finish(operation, request, previous);
        const sent = await this.hop.begin(operation, request, sending, first);
        request.progress = sent.ok ? { phase: 'writing', exchange: sent.value, sending } : { phase: 'failed' };
        return sent.ok ? ok(0) : sent;
      });
    });
  }

  /** TRUE at once while the connection takes the bytes; else the write lasts until it has. */
  write(args: FunctionArgs<'InternetWriteFile'>, call: Call): MaybePromise<Outcome> {
    return guarded(call, 0, () => {
      const found = this.core.table.of('http-request', args.hFile);
      if (!found.ok) return call.bool(found);
      const request = found.value;
      if (args.lpdwNumberOfBytesWritten === 0n) return call.bool(err(WIN32_ERRORS.ERROR_INVALID_PARAMETER));
      const bytes = call.bytes(args.lpBuffer, args.dwNumberOfBytesToWrite >>> 0);
      if (bytes === undefined && args.dwNumberOfBytesToWrite !== 0) return call.bool(err(WIN32_ERRORS.ERROR_INVALID_PARAMETER));
      call.writeDword(args.lpdwNumberOfBytesWritten, 0);
      const { progress } = request;
      if (request.operations.size > 0 || progress.phase !== 'writing') return call.bool(NOT_NOW);
      const { exchange } = progress;
      const taken = exchange.push(bytes ?? new Uint8Array(0));
      if (taken === undefined) return call.bool(err(exchange.failure ?? WININET_ERRORS.ERROR_INTERNET_CONNECTION_ABORTED));
      call.writeDword(args.lpdwNumberOfBytesWritten, bytes?.length ?? 0);
      if (taken) return call.bool(ok(undefined));
      return this.pending.begin(call, request, async (operation) => {
        const drained = await exchange.drained(operation, request.timeouts.send);
        return drained.ok ? ok(0) : drained;
      });
    });
  }

  end(args: FunctionArgs<'HttpEndRequest'>, call: Call): MaybePromise<Outcome> {
    return guarded(call, 0, () => {
      const found = this.core.table.of('http-request', args.hRequest);
      if (!found.ok) return call.bool(found);
      const request = found.value;
      // "This parameter is reserved and must be NULL."
      if (args.lpBuffersOut !== 0n) return call.bool(err(WIN32_ERRORS.ERROR_INVALID_PARAMETER));
      if (request.operations.size > 0) return call.bool(NOT_NOW);
      return this.finish(request, call);
    });
  }

  private finish(request: RequestHandle, call: Call): MaybePromise<Outcome> {
    const { progress } = request;
    switch (progress.phase) {
      case 'unsent': case 'answered': case 'sending': return call.bool(NOT_NOW);
      // What could not be begun cannot be ended either: it was called off.
      case 'failed': return this.pending.begin(call, request, () => Promise.resolve(err(WININET_ERRORS.ERROR_INTERNET_OPERATION_CANCELLED)));
      case 'writing':
        return this.pending.begin(call, request, (operation) => this.answer(operation, request, progress));
    }
  }

  private answer(
    operation: Operation, request: RequestHandle, { sending, exchange }: Extract<RequestHandle['progress'], { phase: 'writing' }>,
  ): Promise<Result<number, ErrorCode>> {
    request.progress = { phase: 'sending', previous: undefined };
    return this.transmission.answer(operation, request, sending, exchange);
  }
}
