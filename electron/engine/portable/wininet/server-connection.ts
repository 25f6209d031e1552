import { ok, type Result } from '../../../../preload/contract/result';
import type { ErrorCode } from './call';
import type { RequestHandle } from './handle';
import type { Operation } from './operation';
import { proxyFor } from './proxy-list';
import { tunnel } from './proxy-tunnel';
import { reachServer } from './reach-server';
import type { RequestUrl } from './request-url';
import { secure } from './tls-handshake';
import { Transport } from './transport';
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
  // A tunnel leads to one server and no other.
  const beyond = url.secure && proxyFor(request.session.proxies, url) !== undefined ? `/${url.host.toLowerCase()}:${url.port}` : '';
  return { host, port, origin: `${scheme}://${host.toLowerCase()}:${port}${beyond}` };
}

/** Finds or makes the connection for a request, and tells of resolving and connecting as it goes. */
export class ServerConnection {
  constructor(private readonly core: WinInetCore) {}

  /** An idle connection to the server, or a new one. */
  async acquire(operation: Operation, request: RequestHandle, url: RequestUrl): Promise<Result<Transport, ErrorCode>> {
    const idle = this.core.pool.take(routeOf(request, url).origin);
    return idle === undefined ? this.connect(operation, request, url) : ok(idle);
  }

  async connect(operation: Operation, request: RequestHandle, url: RequestUrl): Promise<Result<Transport, ErrorCode>> {
    const route = routeOf(request, url);
    const reached = await reachServer(this.core, operation, request, { host: route.host, port: route.port, timeout: request.timeouts.connect });
    if (!reached.ok || !url.secure) return reached.ok ? ok(new Transport(reached.value, route.origin)) : reached;
    if (proxyFor(request.session.proxies, url) !== undefined) {
      const tunnelled = await tunnel(operation, reached.value, `${url.host}:${url.port}`, request.session.agent ?? '', request.timeouts.connect);
      if (!tunnelled.ok) return tunnelled;
    }
    const secured = await secure(operation, reached.value, url.host, request.ignoredCertificateErrors, request.timeouts.connect);
    if (secured.ok) return ok(new Transport(secured.value.socket, route.origin, secured.value.security));
    reached.value.destroy();
    return secured;
  }
}
