import type { Socket } from 'node:net';
import { err, ok, type Result } from '../../../../preload/contract/result';
import { INTERNET_STATUS } from '../../../../preload/contract/win32/constants/status';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import type { ErrorCode } from './call';
import type { RequestHandle } from './handle';
import type { Addresses } from './host-names';
import type { Operation } from './operation';
import { proxyFor } from './proxy-list';
import type { RequestUrl } from './request-url';
import { secure } from './tls-handshake';
import { dial, Transport } from './transport';
import type { WinInetCore } from './wininet-core';

/** Whom a request for a URL is handed to: its server or a proxy. */
interface Route {
  readonly host: string;
  readonly port: number;
  /** Equal for requests that may share a connection: to the same server, with the same leniency about its certificate. */
  readonly origin: string;
}

function routeOf(request: RequestHandle, url: RequestUrl): Route {
  const { host, port } = proxyFor(request.session.proxies, url) ?? url;
  const scheme = url.secure ? `https+${request.ignoredCertificateErrors}` : 'http';
  return { host, port, origin: `${scheme}://${host.toLowerCase()}:${port}` };
}

/** Finds or makes the connection for a request, and tells of resolving and connecting as it goes. */
export class ServerConnection {
  constructor(private readonly core: WinInetCore) {}

  /** An idle connection of the session, or a new one. */
  async acquire(operation: Operation, request: RequestHandle, url: RequestUrl): Promise<Result<Transport, ErrorCode>> {
    const idle = request.session.pool.take(routeOf(request, url).origin);
    return idle === undefined ? this.connect(operation, request, url) : ok(idle);
  }

  async connect(operation: Operation, request: RequestHandle, url: RequestUrl): Promise<Result<Transport, ErrorCode>> {
    // A tunnel through a proxy is not made here: "The request to the proxy was invalid."
    if (url.secure && proxyFor(request.session.proxies, url) !== undefined) return err(WININET_ERRORS.ERROR_INTERNET_INVALID_PROXY_REQUEST);
    const route = routeOf(request, url);
    const reached = await this.reach(operation, request, route);
    if (!reached.ok || !url.secure) return reached.ok ? ok(new Transport(reached.value, route.origin)) : reached;
    const secured = await secure(operation, reached.value, url.host, request.ignoredCertificateErrors, request.timeouts.connect);
    if (secured.ok) return ok(new Transport(secured.value, route.origin));
    reached.value.destroy();
    return secured;
  }

  /** A connection to the first address that takes one; all of them share the connect timeout. */
  private async reach(operation: Operation, request: RequestHandle, route: Route): Promise<Result<Socket, ErrorCode>> {
    const addresses = await this.resolve(operation, request, route.host);
    if (!addresses.ok) return addresses;
    const { notifier, sockets } = this.core;
    await notifier.progress(request, INTERNET_STATUS.INTERNET_STATUS_CONNECTING_TO_SERVER, operation.thread, { ansi: addresses.value[0] });
    const limit = request.timeouts.connect;
    const until = Date.now() + limit;
    let failed: Result<never, ErrorCode> = err(WININET_ERRORS.ERROR_INTERNET_CANNOT_CONNECT);
    for (const address of addresses.value) {
      const socket = await dial(operation, sockets, address, route.port, limit === 0 ? 0 : Math.max(1, until - Date.now()));
      if (socket.ok) {
        const unhook = operation.whenCancelled(() => socket.value.destroy());
        await notifier.progress(request, INTERNET_STATUS.INTERNET_STATUS_CONNECTED_TO_SERVER, operation.thread, { ansi: address });
        unhook();
        return socket;
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
