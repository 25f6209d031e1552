import { err, ok, type Result } from '../../../../preload/contract/result';
import { INTERNET_STATUS } from '../../../../preload/contract/win32/constants/status';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import { INTERNET_FLAG } from '../../../../preload/contract/win32/constants/wininet-flags';
import type { ErrorCode } from './call';
import { codingToTakeOff } from './content-decoding';
import { Exchange } from './exchange';
import { isSeekable } from './file-pointer';
import type { RequestHandle } from './handle';
import type { HandleCloser } from './handle-closer';
import { addedFields, keepCookies } from './message-fields';
import type { Operation } from './operation';
import { requestBytes } from './request-head';
import type { Sending } from './sending';
import type { ServerConnection } from './server-connection';
import type { Transport } from './transport';
import type { WinInetCore } from './wininet-core';

/** Why a connection did not bring the response; `untouched` when nothing of the request can have reached anybody. */
interface Failure {
  readonly code: ErrorCode;
  readonly untouched: boolean;
}

type Hop = Promise<Result<Exchange, Failure>>;

/** One request to one server and the head of its response: from finding a connection to RESPONSE_RECEIVED. */
export class RequestHop {
  constructor(
    private readonly core: WinInetCore,
    private readonly closer: HandleCloser,
    private readonly connections: ServerConnection,
  ) {}

  /** The whole request, and the head of its response. */
  run(operation: Operation, request: RequestHandle, sending: Sending, body: Uint8Array): Promise<Result<Exchange, ErrorCode>> {
    return this.attempt(operation, request, sending, async (transport, bytes) => {
      const sent = await this.send(operation, request, transport, sending.verb, bytes);
      return sent.ok ? this.answer(operation, request, sending, sent.value) : sent;
    }, body);
  }

  /** The head and the first bytes of a body whose rest the application writes itself. */
  begin(operation: Operation, request: RequestHandle, sending: Sending, body: Uint8Array): Promise<Result<Exchange, ErrorCode>> {
    return this.attempt(operation, request, sending, (transport, bytes) => this.send(operation, request, transport, sending.verb, bytes), body);
  }

  /** The head of the response to a request that is sent. */
  async end(operation: Operation, request: RequestHandle, sending: Sending, exchange: Exchange): Promise<Result<Exchange, ErrorCode>> {
    const answered = await this.answer(operation, request, sending, exchange);
    return answered.ok ? answered : err(answered.error.code);
  }

  private async attempt(
    operation: Operation, request: RequestHandle, sending: Sending, use: (transport: Transport, bytes: Uint8Array) => Hop, body: Uint8Array,
  ): Promise<Result<Exchange, ErrorCode>> {
    const unreachable = this.unreachable(request);
    if (unreachable !== undefined) return err(unreachable);
    request.sent = { ...sending, added: await addedFields(this.core, request, sending, operation.thread) };
    const bytes = requestBytes(request, request.sent, body);
    const first = await this.connections.acquire(operation, request, sending.url);
    if (!first.ok) return first;
    const again = first.value.used;
    const answered = await use(first.value, bytes);
    if (answered.ok || !again || operation.cancelled || !answered.error.untouched) return answered.ok ? answered : err(answered.error.code);
    // The server gave the connection up while it was idle and the request never reached anybody: once more on a new one.
    const second = await this.connections.connect(operation, request, sending.url);
    if (!second.ok) return second;
    const retried = await use(second.value, bytes);
    return retried.ok ? retried : err(retried.error.code);
  }

  /**
   * What keeps a request from the network. There is no cache that it could be answered from: "if the requested item is not
   * in the cache, an appropriate error, such as ERROR_FILE_NOT_FOUND, is returned" (WinInet/api-flags).
   */
  private unreachable(request: RequestHandle): ErrorCode | undefined {
    if (((request.flags | request.session.flags) & INTERNET_FLAG.INTERNET_FLAG_FROM_CACHE) !== 0) return WIN32_ERRORS.ERROR_FILE_NOT_FOUND;
    return this.core.offline && !request.ignoresOffline ? WININET_ERRORS.ERROR_INTERNET_DISCONNECTED : undefined;
  }

  /** SENDING_REQUEST to REQUEST_SENT. */
  private async send(operation: Operation, request: RequestHandle, transport: Transport, verb: string, bytes: Uint8Array): Hop {
    const { thread } = operation;
    transport.used = true;
    const exchange = new Exchange(transport, verb, this.core.pool, {
      kept: isSeekable(request), codingOf: (head) => codingToTakeOff(this.core, request, head),
    });
    if (!transport.takesRequests) return ok(exchange);
    return this.guarded(operation, request, exchange, async () => {
      await this.core.notifier.progress(request, INTERNET_STATUS.INTERNET_STATUS_SENDING_REQUEST, thread);
      const written = await transport.write(operation, request.timeouts.send, bytes);
      // A server may answer and end the connection before it has read everything: then the answer counts.
      if (!written.ok && (operation.cancelled || exchange.bytesReceived === 0)) return written;
      await this.core.notifier.progress(request, INTERNET_STATUS.INTERNET_STATUS_REQUEST_SENT, thread, { dword: bytes.length });
      return ok(undefined);
    });
  }

  /** RECEIVING_RESPONSE to RESPONSE_RECEIVED. */
  private answer(operation: Operation, request: RequestHandle, sending: Sending, exchange: Exchange): Hop {
    const { thread } = operation;
    return this.guarded(operation, request, exchange, async () => {
      await this.core.notifier.progress(request, INTERNET_STATUS.INTERNET_STATUS_RECEIVING_RESPONSE, thread);
      for (;;) {
        for (let status = exchange.intermediate.shift(); status !== undefined; status = exchange.intermediate.shift()) {
          await this.core.notifier.progress(request, INTERNET_STATUS.INTERNET_STATUS_INTERMEDIATE_RESPONSE, thread, { dword: status });
        }
        if (exchange.head !== undefined) break;
        if (exchange.end !== undefined) return err(exchange.failure ?? WININET_ERRORS.ERROR_HTTP_INVALID_SERVER_RESPONSE);
        const changed = await exchange.change(operation, request.timeouts.receive);
        // Who says something, but nothing of HTTP, and then waits, will not say more by being waited for.
        if (!changed.ok) return exchange.garbled && !operation.cancelled ? err(WININET_ERRORS.ERROR_HTTP_INVALID_SERVER_RESPONSE) : changed;
      }
      await this.core.notifier.progress(request, INTERNET_STATUS.INTERNET_STATUS_RESPONSE_RECEIVED, thread, { dword: exchange.bytesReceived });
      this.core.limits.answered(exchange.server, exchange.head.version);
      await keepCookies(this.core, request, sending, exchange.head, thread);
      return ok(undefined);
    });
  }

  /** A part of the conversation; when it fails, or the operation is cancelled during it, the exchange is over. */
  private async guarded(
    operation: Operation, request: RequestHandle, exchange: Exchange, part: () => Promise<Result<undefined, ErrorCode>>,
  ): Hop {
    const unhook = operation.whenCancelled(() => exchange.abandon());
    const result = await part();
    unhook();
    if (result.ok && !operation.cancelled) return ok(exchange);
    const code = result.ok ? WININET_ERRORS.ERROR_INTERNET_OPERATION_CANCELLED : result.error;
    const untouched = exchange.bytesReceived === 0 && code !== WININET_ERRORS.ERROR_INTERNET_TIMEOUT;
    exchange.abandon();
    if (exchange.takeCloseNotice()) await this.closer.tellConnectionClosed(request, operation.thread);
    return err({ code, untouched });
  }
}
