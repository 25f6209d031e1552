import type { Socket } from 'node:net';
import type { Memory } from '../../../../preload/contract/win32/memory';
import type { ConnectionEvent } from '../../engine';
import { ended, IoFile } from '../kernel/io-file';
import type { HandleTable } from '../kernel/handle-table';
import { NTSTATUS } from '../kernel/ntstatus';
import { ID_BASES, OpaqueIds } from './opaque-ids';
import { PortListeners } from './port-listeners';
import type { QueueUnavailable, Refusal } from './refusal';
import type { RequestHead } from './request-head';
import { requestHost } from './request-host';
import type { RequestQueue, QueueHandle } from './request-queue';
import { cacheName, isCacheable, LARGEST_CACHED } from './response-cache';
import type { ApplicationResponse } from './response-message';
import { ServerConnection, type CachedAnswer, type ConnectionHost } from './server-connection';
import { ServerRequest } from './server-request';
import { DEFAULT_TIMER, type Timer } from './server-limits';
import type { ServiceConfiguration } from './service-configuration';
import type { ConnectionEnd } from './socket-end';
import { TlsFront, type Transport } from './tls-front';
import type { UrlPrefix } from './url-prefix';
import { UrlRegistry, type UrlOwner } from './url-registry';

export interface HttpServerParts {
  readonly memory: Memory;
  readonly handles: HandleTable;
  readonly listenAddresses: readonly string[];
  readonly configuration: ServiceConfiguration;
  readonly onConnection: (event: ConnectionEvent) => void;
}

const ERROR_ALREADY_EXISTS = 183;

/** What http.sys holds for one machine: queues, registered URLs, connections and the requests on them. */
export class HttpServerState implements ConnectionHost {
  readonly registry: UrlRegistry;
  readonly requests = new Map<bigint, ServerRequest>();
  readonly connections = new Map<bigint, ServerConnection>();
  private readonly queueHandles = new Map<IoFile, QueueHandle>();
  private readonly listeners: PortListeners;
  private readonly connectionIds = new OpaqueIds(ID_BASES.connection);
  private readonly requestIds = new OpaqueIds(ID_BASES.request);
  private readonly sockets = new Set<Socket>();
  private readonly tls = new TlsFront((transport) => this.connected(transport));
  private disposed = false;

  constructor(private readonly parts: HttpServerParts) {
    this.registry = new UrlRegistry(() => parts.configuration.reservations());
    this.listeners = new PortListeners(() => parts.configuration.listenAddresses(parts.listenAddresses), (socket) => this.accepted(socket));
  }

  /** Registers a URL and listens on its port: NO_ERROR, 183 for a conflict, or what the port says. */
  addUrl(prefix: UrlPrefix, owner: UrlOwner, context: bigint): number | Promise<number> {
    if (!this.registry.add({ prefix, owner, context })) return ERROR_ALREADY_EXISTS;
    const opened = this.listeners.acquire(prefix.port);
    const settle = (result: number): number => {
      if (result !== 0) this.registry.remove(prefix, owner);
      return result;
    };
    return typeof opened === 'number' ? settle(opened) : opened.then(settle);
  }

  /** False when the owner has no such URL. */
  removeUrl(prefix: UrlPrefix, owner: UrlOwner): boolean {
    if (!this.registry.remove(prefix, owner)) return false;
    this.listeners.release(prefix.port);
    if (!this.listeners.has(prefix.port)) {
      for (const connection of this.connections.values()) if (connection.localPort === prefix.port && connection.isIdle) connection.close();
    }
    return true;
  }

  removeUrls(owner: UrlOwner): void {
    for (const { prefix } of this.registry.of(owner)) this.removeUrl(prefix, owner);
  }

  /** Opens a handle of a queue; `onClosed` runs when the queue's last handle is closed. */
  openQueue(queue: RequestQueue, { controller, creator }: Pick<QueueHandle, 'controller' | 'creator'>, onClosed: () => void): QueueHandle {
    const file = new IoFile(() => this.queueClosed(handle, onClosed));
    const handle: QueueHandle = { value: this.parts.handles.add({ kind: 'file', file }), file, queue, controller, creator, shutDown: false };
    queue.handles.add(handle);
    this.queueHandles.set(file, handle);
    return handle;
  }

  queueHandle(value: bigint): QueueHandle | undefined {
    const file = this.parts.handles.file(value);
    return file === undefined ? undefined : this.queueHandles.get(file);
  }

  /** A live request of the queue, by its id. */
  request(queue: RequestQueue, id: bigint): ServerRequest | undefined {
    const request = this.requests.get(BigInt.asUintN(64, id));
    return request?.queue === queue && request.answer !== 'over' ? request : undefined;
  }

  /**
   * HttpShutdownRequestQueue: nothing more is received through the handle, its waiting receives and disconnect waits
   * are cancelled, and so are the requests it received and has not begun to answer.
   */
  shutDown(handle: QueueHandle): void {
    handle.shutDown = true;
    handle.file.cancel(() => true);
    const unanswered = [...this.requests.values()].filter((request) => request.handle === handle && request.answer === 'none');
    for (const request of unanswered) request.connection.cancel();
  }

  /** The answer of a request is complete and with the system: its id means nothing any more. */
  finish(request: ServerRequest): void {
    this.requests.delete(request.id);
    request.end(NTSTATUS.CONNECTION_INVALID, NTSTATUS.SUCCESS);
    if (!this.listeners.has(request.connection.localPort)) request.closeAfter = true;
    request.connection.answered(request);
  }

  requestArrived(connection: ServerConnection, head: RequestHead): ServerRequest | Refusal | QueueUnavailable | CachedAnswer {
    const host = requestHost(head);
    const route = this.registry.route({ port: connection.localPort, localAddress: connection.localAddress, host, path: head.path.absPath });
    if (route.kind === 'no-host') return 'invalid-hostname';
    if (route.kind === 'reserved') return 'invalid-request';
    if (route.kind === 'no-path') return 'not-found';
    const { owner, context } = route.registration;
    const queue = owner.queue();
    if (queue === undefined) return 'unavailable';
    const name = cacheName(head, connection);
    const cached = name === undefined ? undefined : queue.responses.get(name);
    if (cached !== undefined) return { cached };
    if (queue.refusal !== undefined) return { verbosity: queue.verbosity, why: queue.refusal };
    if (!owner.admit(connection)) return 'unavailable';
    connection.serveFor(owner);
    return new ServerRequest(this.requestIds.next(), connection, queue, head, context, this.parts.memory);
  }

  deliver(request: ServerRequest): void {
    this.requests.set(request.id, request);
    request.queue.enqueue(request);
    request.connection.waitsInQueue(request);
  }

  /** Keeps an answer, so that it is given to later requests of the same URL as well. */
  cacheAnswer(request: ServerRequest, response: ApplicationResponse, seconds: number | undefined): void {
    const name = cacheName(request.head, request.connection);
    const largest = this.parts.configuration.largestCached() ?? LARGEST_CACHED;
    if (name !== undefined && isCacheable(response, request.head, largest)) request.queue.responses.put(name, response, seconds);
  }

  /** Seconds of a timer that applies to every server of the machine (HttpServiceConfigTimeout). */
  machineTimer(timer: Timer): number {
    return this.parts.configuration.timer(timer) ?? DEFAULT_TIMER;
  }

  connectionEnded(connection: ServerConnection, how: ConnectionEnd, current: ServerRequest | undefined): void {
    this.connections.delete(connection.id);
    connection.owner?.leave(connection);
    const lost = current !== undefined && this.requests.delete(current.id) ? [current.id] : [];
    this.report(connection, how === 'cancelled' ? 'closed' : how, lost);
    if (current !== undefined) {
      current.queue.drop(current);
      const cancelled = how === 'cancelled';
      current.end(cancelled ? NTSTATUS.CANCELLED : NTSTATUS.CONNECTION_INVALID, cancelled ? NTSTATUS.CANCELLED : NTSTATUS.LOCAL_DISCONNECT);
    }
    for (const wait of connection.disconnectWaits) wait.complete(ended(NTSTATUS.SUCCESS));
    connection.disconnectWaits.length = 0;
  }

  /** Ends every connection and every listener; resolves when no socket is left. */
  async dispose(): Promise<void> {
    this.disposed = true;
    this.listeners.closeAll();
    const open = [...this.sockets];
    const closed = open.map((socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())));
    for (const connection of [...this.connections.values()]) connection.cancel();
    for (const socket of open) socket.destroy();
    await Promise.all(closed);
  }

  private accepted(socket: Socket): void {
    if (this.disposed) {
      socket.destroy();
      return;
    }
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    if (this.registry.scheme(socket.localPort ?? 0) !== 'https') {
      this.connected({ socket, raw: socket, tls: undefined });
      return;
    }
    const handshake = this.parts.configuration.tlsBinding(socket.localAddress ?? '', socket.localPort ?? 0);
    if (handshake !== undefined) {
      this.tls.accept(socket, handshake);
      return;
    }
    // Without a certificate for the port the handshake fails as it does on Windows: by a reset.
    socket.on('error', () => undefined);
    socket.once('data', () => socket.resetAndDestroy());
    socket.once('end', () => socket.destroy());
  }

  private connected(transport: Transport): void {
    if (this.disposed) {
      transport.raw.destroy();
      return;
    }
    const connection = new ServerConnection(this.connectionIds.next(), transport, this);
    this.connections.set(connection.id, connection);
    this.report(connection, 'accepted', []);
  }

  private report(connection: ServerConnection, what: ConnectionEvent['what'], requestIds: readonly bigint[]): void {
    if (!this.disposed) this.parts.onConnection({ connectionId: connection.id, what, remote: connection.remote, requestIds });
  }

  /** A closed handle takes the connections of the requests it received with it; the last one those of all that wait. */
  private queueClosed(handle: QueueHandle, onClosed: () => void): void {
    const { queue } = handle;
    this.queueHandles.delete(handle.file);
    queue.handles.delete(handle);
    const last = queue.handles.size === 0;
    const lost = [...this.requests.values()].filter((request) => request.queue === queue && (last || request.handle === handle));
    for (const request of lost) request.connection.cancel();
    if (last) onClosed();
  }
}
