import { err, ok, type Result } from '../../../../preload/contract/result';
import { INTERNET_STATUS } from '../../../../preload/contract/win32/constants/status';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import type { ErrorCode } from './call';
import { Exchange } from './exchange';
import type { RequestHandle } from './handle';
import type { HandleCloser } from './handle-closer';
import type { Operation } from './operation';
import { requestBytes, type Sending } from './request-head';
import type { ServerConnection } from './server-connection';
import type { StatusNotifier } from './status-notifier';
import type { Transport } from './transport';

/** One request to one server and the head of its response: from finding a connection to RESPONSE_RECEIVED. */
export class RequestHop {
  constructor(
    private readonly notifier: StatusNotifier,
    private readonly closer: HandleCloser,
    private readonly connections: ServerConnection,
  ) {}

  async run(operation: Operation, request: RequestHandle, sending: Sending, body: Uint8Array): Promise<Result<Exchange, ErrorCode>> {
    request.sent = sending;
    const bytes = requestBytes(request, sending, body);
    const first = await this.connections.acquire(operation, request, sending.url);
    if (!first.ok) return first;
    const again = first.value.used;
    const answered = await this.onTransport(operation, request, first.value, sending.verb, bytes);
    if (answered.ok || !again || operation.cancelled || !answered.error.untouched) return answered.ok ? answered : err(answered.error.code);
    // The server gave the connection up while it was idle and the request never reached anybody: once more on a new one.
    const second = await this.connections.connect(operation, request, sending.url);
    if (!second.ok) return second;
    const retried = await this.onTransport(operation, request, second.value, sending.verb, bytes);
    return retried.ok ? retried : err(retried.error.code);
  }

  private async onTransport(
    operation: Operation, request: RequestHandle, transport: Transport, verb: string, bytes: Uint8Array,
  ): Promise<Result<Exchange, { readonly code: ErrorCode; readonly untouched: boolean }>> {
    transport.used = true;
    const exchange = new Exchange(transport, verb, request.session.pool);
    const unhook = operation.whenCancelled(() => exchange.abandon());
    const result = await this.converse(operation, request, transport, exchange, bytes);
    unhook();
    if (result.ok && !operation.cancelled) return ok(exchange);
    const code = result.ok ? WININET_ERRORS.ERROR_INTERNET_OPERATION_CANCELLED : result.error;
    const untouched = exchange.bytesReceived === 0 && code !== WININET_ERRORS.ERROR_INTERNET_TIMEOUT;
    exchange.abandon();
    if (exchange.takeCloseNotice()) await this.closer.tellConnectionClosed(request, operation.thread);
    return err({ code, untouched });
  }

  private async converse(
    operation: Operation, request: RequestHandle, transport: Transport, exchange: Exchange, bytes: Uint8Array,
  ): Promise<Result<undefined, ErrorCode>> {
    const { thread } = operation;
    await this.notifier.progress(request, INTERNET_STATUS.INTERNET_STATUS_SENDING_REQUEST, thread);
    const written = await transport.write(operation, request.timeouts.send, bytes);
    // A server may answer and end the connection before it has read everything: then the answer counts.
    if (!written.ok && (operation.cancelled || exchange.bytesReceived === 0)) return written;
    await this.notifier.progress(request, INTERNET_STATUS.INTERNET_STATUS_REQUEST_SENT, thread, { dword: bytes.length });
    await this.notifier.progress(request, INTERNET_STATUS.INTERNET_STATUS_RECEIVING_RESPONSE, thread);
    for (;;) {
      for (let status = exchange.intermediate.shift(); status !== undefined; status = exchange.intermediate.shift()) {
        await this.notifier.progress(request, INTERNET_STATUS.INTERNET_STATUS_INTERMEDIATE_RESPONSE, thread, { dword: status });
      }
      if (exchange.head !== undefined) break;
      if (exchange.end !== undefined) return err(exchange.failure ?? WININET_ERRORS.ERROR_HTTP_INVALID_SERVER_RESPONSE);
      const changed = await exchange.change(operation, request.timeouts.receive);
      // Who says something, but nothing of HTTP, and then waits, will not say more by being waited for.
      if (!changed.ok) return exchange.garbled && !operation.cancelled ? err(WININET_ERRORS.ERROR_HTTP_INVALID_SERVER_RESPONSE) : changed;
    }
    await this.notifier.progress(request, INTERNET_STATUS.INTERNET_STATUS_RESPONSE_RECEIVED, thread, { dword: exchange.bytesReceived });
    return ok(undefined);
  }
}
