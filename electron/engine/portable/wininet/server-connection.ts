import type { Socket } from 'node:net';
import { err, ok, type Result } from '../../../../preload/contract/result';
import { INTERNET_OPTION as OPTION } from '../../../../preload/contract/win32/constants/options';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import { ERROR_MASK_FLAGS } from '../../../../preload/contract/win32/constants/wininet-flags';
import { authorizationField } from './authentication';
import type { ErrorCode } from './call';
import type { RequestHandle } from './handle';
import { settingOf } from './kept-setting';
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
  readonly viaProxy: boolean;
  /** "host:port" of these. */
  readonly server: string;
  /** Equal for requests that may share a connection: to the same server, with the same leniency about its certificate. */
  readonly origin: string;
}

function routeOf(request: RequestHandle, url: RequestUrl): Route {
  const proxy = proxyFor(request.session.proxies, url);
  const { host, port } = proxy ?? url;
  const server = `${host.toLowerCase()}:${port}`;
  const scheme = url.secure ? `https+${request.ignoredErrors}` : 'http';
  // A tunnel leads to one server and no other.
  const beyond = url.secure && proxy !== undefined ? `/${url.host.toLowerCase()}:${url.port}` : '';
  return { host, port, viaProxy: proxy !== undefined, server, origin: `${scheme}://${server}${beyond}` };
}

/** What a request found: an idle connection, or leave to make one, to be given back when that is closed. */
type Found = { readonly idle: Transport } | { readonly giveBack: () => void };

/** Finds or makes the connection for a request, and tells of resolving and connecting as it goes. */
export class ServerConnection {
  constructor(private readonly core: WinInetCore) {}

  /** An idle connection to the server, or a new one. */
  async acquire(operation: Operation, request: RequestHandle, url: RequestUrl): Promise<Result<Transport, ErrorCode>> {
    return this.obtain(operation, request, url, (route) => this.core.pool.take(route.origin));
  }

  async connect(operation: Operation, request: RequestHandle, url: RequestUrl): Promise<Result<Transport, ErrorCode>> {
    return this.obtain(operation, request, url, () => undefined);
  }

  /** Waits its turn where there are as many connections to the server as there may be. */
  private async obtain(
    operation: Operation, request: RequestHandle, url: RequestUrl, idle: (route: Route) => Transport | undefined,
  ): Promise<Result<Transport, ErrorCode>> {
    const { pool, limits } = this.core;
    const route = routeOf(request, url);
    const priority = settingOf(request, this.core, OPTION.INTERNET_OPTION_REQUEST_PRIORITY) ?? 0;
    const found = await pool.slots.obtain<Found>(operation, route.server, priority, () => {
      const transport = idle(route);
      if (transport !== undefined) return { idle: transport };
      const full = pool.slots.count(route.server) >= limits.of(route.server, route.viaProxy);
      // An idle connection that is of no use to this request makes room for one that is.
      return full && !pool.sacrifice(route.server) ? undefined : { giveBack: pool.slots.take(route.server) };
    });
    if (!found.ok) return found;
    return 'idle' in found.value ? ok(found.value.idle) : this.make(operation, request, url, route, found.value.giveBack);
  }

  private async make(operation: Operation, request: RequestHandle, url: RequestUrl, route: Route, giveBack: () => void): Promise<Result<Transport, ErrorCode>> {
    const reached = await reachServer(this.core, operation, request, { handle: request, host: route.host, port: route.port, timeout: request.timeouts.connect });
    if (!reached.ok) {
      giveBack();
      return reached;
    }
    if (reached.value.destroyed) giveBack();
    else reached.value.once('close', giveBack);
    if (!url.secure) return ok(new Transport(reached.value, route.origin, route.server));
    return this.secured(operation, request, url, route, reached.value);
  }

  private async secured(operation: Operation, request: RequestHandle, url: RequestUrl, route: Route, socket: Socket): Promise<Result<Transport, ErrorCode>> {
    if (route.viaProxy) {
      const server = `${url.host}:${url.port}`;
      const proof = authorizationField(request, 'proxy', 'CONNECT', server, this.core.passwords);
      const fields = [...(request.session.agent ? [{ name: 'User-Agent', value: request.session.agent }] : []), { name: 'Host', value: server }, ...(proof === undefined ? [] : [proof])];
      const asked = await tunnel(operation, socket, server, fields, request.timeouts.connect);
      if (!asked.ok) return asked;
      if (asked.value === 'refused') return ok(Transport.answeringOnly(socket));
    }
    const handshake = await secure(operation, socket, url.host, request.ignoredErrors, request.timeouts.connect);
    if (handshake.ok) return ok(new Transport(handshake.value.socket, route.origin, route.server, handshake.value.security));
    socket.destroy();
    return err(this.reported(request, handshake.error));
  }

  /** INTERNET_ERROR_MASK_COMBINED_SEC_CERT: "all certificate errors are to be reported using the same error return". */
  private reported(request: RequestHandle, error: ErrorCode): ErrorCode {
    const mask = settingOf(request, this.core, OPTION.INTERNET_OPTION_ERROR_MASK) ?? 0;
    const combined = (mask & ERROR_MASK_FLAGS.INTERNET_ERROR_MASK_COMBINED_SEC_CERT) !== 0;
    return combined && CERTIFICATE_ERRORS.has(error) ? WININET_ERRORS.ERROR_INTERNET_SEC_CERT_ERRORS : error;
  }
}

const CERTIFICATE_ERRORS: ReadonlySet<ErrorCode> = new Set([
  WININET_ERRORS.ERROR_INTERNET_INVALID_CA, WININET_ERRORS.ERROR_INTERNET_SEC_CERT_DATE_INVALID, WININET_ERRORS.ERROR_INTERNET_SEC_CERT_CN_INVALID,
  WININET_ERRORS.ERROR_INTERNET_SEC_CERT_REVOKED,
]);
