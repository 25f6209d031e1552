import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { bodyFraming, OPAQUE_FRAMING, type BodyFraming } from './body-framing';
import { PhaseTimer } from './phase-timer';
import { refusalResponse, type QueueUnavailable, type Refusal } from './refusal';
import { readRequestHead, type RequestHead } from './request-head';
import { responseMessage, type ApplicationResponse } from './response-message';
import type { IoOperation } from '../kernel/io-file';
import { ResponseWriter, type SendLimits } from './response-writer';
import type { Timer } from './server-limits';
import type { ServerRequest } from './server-request';
import { SocketEnd, type ConnectionEnd } from './socket-end';
import type { Transport } from './tls-front';

/** Whose requests a connection carries, as far as the connection is concerned. */
export interface ConnectionOwner extends SendLimits {
  /** Seconds of a timer; `otherwise` when the owner does not set it. */
  timer(timer: Timer, otherwise: number): number;
  leave(connection: ServerConnection): void;
}

/** An answer that is there already, without asking the application. */
export interface CachedAnswer {
  readonly cached: ApplicationResponse;
}

/** What a connection asks of the server it belongs to. */
export interface ConnectionHost {
  /** Routes a request: to a queue, or to a refusal. It is delivered once the bytes at hand are read. */
  requestArrived(connection: ServerConnection, head: RequestHead): ServerRequest | Refusal | QueueUnavailable | CachedAnswer;
  /** Seconds of a timer where no owner of a URL says otherwise. */
  machineTimer(timer: Timer): number;
  deliver(request: ServerRequest): void;
  /** The connection is over; `current` is the request that is lost with it. */
  connectionEnded(connection: ServerConnection, how: ConnectionEnd, current: ServerRequest | undefined): void;
}

/** Bytes of a body, or of requests to come, beyond which the client is not read from. */
const HIGH_WATER = 256 * 1024;

/** One transport connection of a client: its bytes become requests, one at a time. */
export class ServerConnection {
  readonly remote: string;
  /** HttpWaitForDisconnect calls that wait for its end. */
  readonly disconnectWaits: IoOperation[] = [];
  /** Whose request came last: its limits are those of the connection. */
  owner: ConnectionOwner | undefined;
  private readonly socket: Socket;
  private backlog: Buffer = Buffer.alloc(0);
  /** The request that is being answered, from its head to the end of its answer. */
  private current: ServerRequest | undefined;
  /** The body that is being read; of the current request, or of one that is answered already. */
  private framing: BodyFraming | undefined;
  private continueOwed = false;
  /** No HTTP is spoken on it any more. */
  private opaque = false;
  private over = false;
  private readonly socketEnd: SocketEnd;
  private readonly writer: ResponseWriter;
  /** What the client owes. */
  private readonly timer = new PhaseTimer((phase) => this.end(phase === 'IdleConnection' ? 'closed' : 'cancelled'));
  /** What the application owes: to receive the request. */
  private readonly queueTimer = new PhaseTimer(() => this.end('cancelled'));

  constructor(
    readonly id: bigint,
    private readonly transport: Transport,
    private readonly host: ConnectionHost,
  ) {
    const { socket } = transport;
    this.socket = socket;
    this.socketEnd = new SocketEnd(transport);
    this.writer = new ResponseWriter(socket, () => this.owner, () => this.end('cancelled'));
    this.remote = socketName(socket.remoteAddress, socket.remotePort);
    socket.setNoDelay(true);
    socket.on('data', (bytes) => this.bytesArrived(bytes));
    socket.on('end', () => this.finishedByPeer());
    socket.on('error', () => this.end('reset'));
    socket.on('timeout', () => socket.destroy());
    socket.on('close', () => this.socketClosed());
    this.watch();
  }

  get localPort(): number {
    return this.socket.localPort ?? 0;
  }

  get localAddress(): string {
    return this.socket.localAddress ?? '';
  }

  get remoteAddress(): string {
    return this.socket.remoteAddress ?? '';
  }

  get remotePort(): number {
    return this.socket.remotePort ?? 0;
  }

  /** The TLS that is spoken under HTTP; undefined for none. */
  get tls(): TLSSocket | undefined {
    return this.transport.tls;
  }

  get ended(): boolean {
    return this.over;
  }

  /** Whether it waits for a request of its client, with none under way. */
  get isIdle(): boolean {
    return this.current === undefined && this.framing === undefined;
  }

  /**
   * Whether it has to be closed after the answer: a client that was never told to continue may send the body or the
   * next request, and only closing tells them apart.
   */
  get mustClose(): boolean {
    return this.continueOwed;
  }

  /**
   * Writes bytes of a response. True when the system has taken them all; else `later` is called once it has.
   * When the connection ends first, `later` is not called.
   */
  write(bytes: Uint8Array, later: () => void): boolean {
    return !this.over && this.writer.write(bytes, later);
  }

  /** The application wants the body: tells a client that waits to be told (RFC 9110, section 10.1.1). */
  askForBody(): void {
    if (!this.continueOwed || this.over) return;
    this.continueOwed = false;
    this.socket.write('HTTP/1.1 100 Continue\r\n\r\n');
  }

  /** After 101 Switching Protocols: every byte of the client is entity body, until the connection ends. */
  becomeOpaque(request: ServerRequest): void {
    if (this.over || this.current !== request) return;
    this.opaque = true;
    this.framing = OPAQUE_FRAMING;
    request.body.complete = false;
    this.pump();
    this.regulate();
  }

  /** From here on the limits of an owner of URLs hold for it. */
  serveFor(owner: ConnectionOwner): void {
    if (this.owner !== owner) this.owner?.leave(this);
    this.owner = owner;
  }

  /** A request that nobody has received yet: it is given up when that takes too long. */
  waitsInQueue(request: ServerRequest): void {
    if (this.over || request.handle !== undefined) return;
    this.queueTimer.run('RequestQueue', this.milliseconds('RequestQueue'));
  }

  /** Someone has received the request. */
  taken(request: ServerRequest): void {
    if (this.current === request) this.queueTimer.stop();
  }

  /** Part of the body was read, so more may come. */
  bodyTaken(): void {
    this.regulate();
  }

  /** The current request is answered, and its answer is with the system. */
  answered(request: ServerRequest): void {
    if (this.over || this.current !== request) return;
    this.current = undefined;
    request.body.discard();
    if (request.closeAfter || this.mustClose) this.close();
    else {
      this.pump();
      this.regulate();
    }
  }

  /** Ends it in good order: what was written arrives, then the end. */
  close(): void {
    if (this.over) return;
    this.end('closed');
  }

  /** Ends it at once; what was not sent yet is lost (HttpCancelHttpRequest). */
  cancel(): void {
    this.end('cancelled');
  }

  /** Runs once its socket is closed. */
  afterClose(action: () => void): void {
    this.socketEnd.after(action);
  }

  private bytesArrived(bytes: Buffer): void {
    if (this.over) return;
    this.backlog = this.backlog.length === 0 ? bytes : Buffer.concat([this.backlog, bytes]);
    this.pump();
    this.regulate();
  }

  /** Reads as much of the backlog as can be read now. */
  private pump(): void {
    while (!this.over && this.backlog.length > 0) {
      if (this.framing !== undefined) {
        if (!this.pumpBody(this.framing, this.current)) return;
      } else if (this.current === undefined) {
        if (!this.pumpHead()) return;
      } else return;
    }
  }

  private pumpHead(): boolean {
    const progress = readRequestHead(this.backlog);
    if (progress.kind === 'incomplete') return false;
    if (progress.kind === 'refused') {
      this.refuse(progress.refusal);
      return false;
    }
    const { head } = progress;
    this.backlog = this.backlog.subarray(head.size);
    const request = this.host.requestArrived(this, head);
    if (typeof request === 'string' || 'why' in request) {
      this.refuse(request);
      return false;
    }
    if ('cached' in request) return this.answerFromCache(head, request.cached);
    this.current = request;
    this.framing = bodyFraming(head.framing);
    this.continueOwed = head.expectsContinue && this.framing !== undefined;
    if (this.framing !== undefined && this.backlog.length > 0) this.pumpBody(this.framing, request);
    if (!this.over) this.host.deliver(request);
    return true;
  }

  /** True when the connection goes on with the next request. */
  private answerFromCache(head: RequestHead, response: ApplicationResponse): boolean {
    const message = responseMessage(response, head, 0, false);
    this.socket.write(message.bytes);
    if (message.closeAfter) this.end('closed');
    return !message.closeAfter;
  }

  private pumpBody(framing: BodyFraming, request: ServerRequest | undefined): boolean {
    const step = framing.take(this.backlog);
    this.backlog = this.backlog.subarray(step.consumed);
    if (step.consumed > 0) this.continueOwed = false;
    if (step.complete) this.framing = undefined;
    if (request !== undefined) {
      request.bytesReceived += step.consumed;
      for (const data of step.data) request.body.push(data);
      if (step.complete) request.body.complete = true;
    }
    if (step.broken) {
      if (request === undefined || request.answer === 'none') this.refuse('invalid-request');
      else this.end('cancelled');
      return false;
    }
    if (step.consumed > 0) request?.bodyArrived();
    return step.complete;
  }

  /** Reads from the client only as far as someone will take it, and minds the time while it is the client's turn. */
  private regulate(): void {
    if (this.over) return;
    const full = this.backlog.length > HIGH_WATER || (this.current?.body.unread ?? 0) > HIGH_WATER;
    if (full && !this.socket.isPaused()) this.socket.pause();
    else if (!full && this.socket.isPaused()) this.socket.resume();
    this.watch(full);
  }

  /** Runs the timer of what the client owes now (HTTP_TIMEOUT_LIMIT_INFO); none runs while it is not its turn. */
  private watch(full = false): void {
    const phase = this.owed(full);
    if (phase === undefined) this.timer.stop();
    else this.timer.run(phase, this.milliseconds(phase));
  }

  private owed(full: boolean): Timer | undefined {
    if (this.isIdle) return this.backlog.length === 0 ? 'IdleConnection' : 'HeaderWait';
    if (this.framing === undefined || full || this.opaque) return undefined;
    return this.current === undefined ? 'DrainEntityBody' : 'EntityBody';
  }

  private milliseconds(timer: Timer): number {
    const machine = this.host.machineTimer(timer);
    return (this.owner?.timer(timer, machine) ?? machine) * 1000;
  }

  private refuse(refusal: Refusal | QueueUnavailable): void {
    if (typeof refusal === 'string') {
      this.socket.write(refusalResponse(refusal));
      this.end('closed');
    } else if (refusal.verbosity === 0) this.end('cancelled');
    else {
      this.socket.write(refusalResponse('unavailable', refusal.verbosity === 2 ? refusal.why : undefined));
      this.end('closed');
    }
  }

  private finishedByPeer(): void {
    if (this.over) this.socket.destroy();
    else this.end('closed-by-peer');
  }

  private end(how: ConnectionEnd): void {
    if (this.over) return;
    this.over = true;
    this.timer.stop();
    this.queueTimer.stop();
    this.writer.stop();
    const { current } = this;
    this.current = undefined;
    this.framing = undefined;
    this.backlog = Buffer.alloc(0);
    this.socketEnd.by(how);
    this.host.connectionEnded(this, how, current);
  }

  private socketClosed(): void {
    this.end('closed-by-peer');
    this.socketEnd.reached();
  }
}

function socketName(address: string | undefined, port: number | undefined): string {
  const host = address ?? '';
  return `${host.includes(':') ? `[${host}]` : host}:${port ?? 0}`;
}
