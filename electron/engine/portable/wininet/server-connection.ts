import { err, ok, type Result } from '../../../../preload/contract/result';
import { INTERNET_STATUS } from '../../../../preload/contract/win32/constants/status';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import type { ErrorCode } from './call';
import type { RequestHandle } from './handle';
import type { Addresses } from './host-names';
import type { Operation } from './operation';
import type { RequestUrl } from './request-url';
import { dial, Transport } from './transport';
import type { WinInetCore } from './wininet-core';

/** Which connections may serve a URL. */
function originOf(url: RequestUrl): string {
  return `${url.secure ? 'https' : 'http'}://${url.host.toLowerCase()}:${url.port}`;
}

/** Finds or makes the connection for a request, and tells of resolving and connecting as it goes. */
export class ServerConnection {
  constructor(private readonly core: WinInetCore) {}

  /** An idle connection of the session, or a new one. */
  async acquire(operation: Operation, request: RequestHandle, url: RequestUrl): Promise<Result<Transport, ErrorCode>> {
    const idle = request.session.pool.take(originOf(url));
    return idle === undefined ? this.connect(operation, request, url) : ok(idle);
  }

  async connect(operation: Operation, request: RequestHandle, url: RequestUrl): Promise<Result<Transport, ErrorCode>> {
    if (url.secure) return err(WININET_ERRORS.ERROR_INTERNET_SECURITY_CHANNEL_ERROR);
    const addresses = await this.resolve(operation, request, url.host);
    if (!addresses.ok) return addresses;
    const [first] = addresses.value;
    const { notifier } = this.core;
    await notifier.progress(request, INTERNET_STATUS.INTERNET_STATUS_CONNECTING_TO_SERVER, operation.thread, { ansi: first });
    const until = Date.now() + request.timeouts.connect;
    let failed: Result<never, ErrorCode> = err(WININET_ERRORS.ERROR_INTERNET_CANNOT_CONNECT);
    for (const address of addresses.value) {
      const socket = await dial(operation, this.core.sockets, address, url.port, request.timeouts.connect === 0 ? 0 : Math.max(1, until - Date.now()));
      if (socket.ok) {
        const transport = new Transport(socket.value, originOf(url));
        const unhook = operation.whenCancelled(() => transport.destroy());
        await notifier.progress(request, INTERNET_STATUS.INTERNET_STATUS_CONNECTED_TO_SERVER, operation.thread, { ansi: address });
        unhook();
        return ok(transport);
      }
      failed = socket;
      if (operation.cancelled) break;
    }
    return failed;
  }

  private async resolve(operation: Operation, request: RequestHandle, host: string): Promise<Result<Addresses, ErrorCode>> {
    const known = this.core.names.remembered(host);
    if (known !== undefined) return ok(known);
    const { notifier } = this.core;
    await notifier.progress(request, INTERNET_STATUS.INTERNET_STATUS_RESOLVING_NAME, operation.thread, { text: host });
    const found = await this.core.names.resolve(operation, host, request.timeouts.connect);
    if (!found.ok) return found;
    await notifier.progress(request, INTERNET_STATUS.INTERNET_STATUS_NAME_RESOLVED, operation.thread, { ansi: found.value[0] });
    return found;
  }
}
