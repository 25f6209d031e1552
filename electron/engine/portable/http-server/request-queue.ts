import { ended, type IoFile, type IoOperation, type IoResult } from '../kernel/io-file';
import { NTSTATUS } from '../kernel/ntstatus';
import type { QueueRefusal, Verbosity } from './refusal';
import type { ApplicationResponse } from './response-message';
import { UrlCache } from './url-cache';
import type { ServerRequest } from './server-request';

/** HttpServerQueueLengthProperty: what it can be, and what it is until it is set. */
export const QUEUE_LENGTH = { min: 1, max: 0x7fffffff, initial: 1000 } as const;

/** A HttpReceiveHttpRequest that waits for the next request. */
export interface WaitingReceive {
  readonly operation: IoOperation;
  readonly handle: QueueHandle;
  /**
   * Copies the request to the caller; undefined when it waits for the request's body. A buffer that is no memory gives
   * STATUS_ACCESS_VIOLATION, and the request is not received.
   */
  readonly deliver: (request: ServerRequest) => IoResult | undefined;
}

/** One HANDLE of a request queue, as HttpCreateRequestQueue or HttpCreateHttpHandle gave it. */
export interface QueueHandle {
  readonly value: bigint;
  readonly file: IoFile;
  readonly queue: RequestQueue;
  /** A controller handle cannot do I/O. */
  readonly controller: boolean;
  /** Whether it was made with the queue; one that was opened later cannot set properties. */
  readonly creator: boolean;
  /** HttpShutdownRequestQueue was called on it. */
  shutDown: boolean;
}

/** A request queue: requests wait for receives, or receives for requests; both first in, first out. */
export class RequestQueue {
  readonly handles = new Set<QueueHandle>();
  /** HttpServerQueueLengthProperty. */
  length: number = QUEUE_LENGTH.initial;
  /** HttpServerStateProperty. */
  active = true;
  /** HttpServer503VerbosityProperty. */
  verbosity: Verbosity = 0;
  readonly fragments = new UrlCache<Uint8Array>();
  /** Whole responses that are given again without asking the application (HTTP_CACHE_POLICY). */
  readonly responses = new UrlCache<ApplicationResponse>();
  /** The HttpWaitForDemandStart that waits for a request. */
  demandStart: IoOperation | undefined;
  private readonly waiting: WaitingReceive[] = [];
  private readonly queued: ServerRequest[] = [];

  constructor(
    /** 1: HTTP_REQUEST_V1 (HttpCreateHttpHandle); 2: HTTP_REQUEST_V2. */
    readonly version: 1 | 2,
    readonly name: string | undefined,
  ) {}

  /** Why a request cannot be taken in; undefined when someone is there to receive it, and it is not full. */
  get refusal(): QueueRefusal | undefined {
    if (!this.active) return 'Disabled';
    if (![...this.handles].some((handle) => !handle.shutDown)) return 'AppOffline';
    return this.queued.length < this.length ? undefined : 'QueueFull';
  }

  /** Requests that no one has received. */
  get unreceived(): readonly ServerRequest[] {
    return this.queued;
  }

  enqueue(request: ServerRequest): void {
    this.queued.push(request);
    this.match();
    if (!this.queued.includes(request)) return;
    this.demandStart?.complete(ended(NTSTATUS.SUCCESS));
  }

  /** Takes the next request at once, or undefined when the receive has to wait. */
  receive(receive: WaitingReceive): IoResult | undefined {
    const earlier = this.waiting.some((other) => !other.operation.ended);
    const request = earlier ? undefined : this.queued.shift();
    if (request !== undefined) return this.hand(request, receive);
    this.waiting.push(receive);
    return undefined;
  }

  /** Copies a request to a receive that asked for its id, queued or received before. */
  hand(request: ServerRequest, receive: WaitingReceive): IoResult | undefined {
    this.drop(request);
    const before = request.handle;
    request.handle = receive.handle;
    request.connection.taken(request);
    const giveBack = (): void => {
      request.handle = before;
      if (before === undefined && request.answer === 'none') this.queued.unshift(request);
    };
    const result = receive.deliver(request);
    if (result?.status === NTSTATUS.ACCESS_VIOLATION) giveBack();
    if (result !== undefined) return result;
    receive.operation.onCancelled = () => {
      request.onBody = undefined;
      giveBack();
      this.match();
    };
    request.onBody = () => {
      const later = request.answer === 'over' ? ended(NTSTATUS.CONNECTION_INVALID) : receive.deliver(request);
      if (later === undefined) return;
      request.onBody = undefined;
      if (later.status === NTSTATUS.ACCESS_VIOLATION) giveBack();
      receive.operation.complete(later);
    };
    return undefined;
  }

  drop(request: ServerRequest): void {
    const index = this.queued.indexOf(request);
    if (index >= 0) this.queued.splice(index, 1);
  }

  private match(): void {
    while (this.queued.length > 0) {
      const receive = this.waiting.shift();
      if (receive === undefined) return;
      if (receive.operation.ended) continue;
      const request = this.queued.shift();
      if (request === undefined) return;
      const result = this.hand(request, receive);
      if (result !== undefined) receive.operation.complete(result);
    }
  }
}
