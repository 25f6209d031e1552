import type { Address, Memory } from '../../../../preload/contract/win32/memory';
import { MemoryFault } from '../../../../preload/contract/win32/memory';
import { ended, type IoOperation, type IoResult } from '../kernel/io-file';
import { NTSTATUS } from '../kernel/ntstatus';
import { EntityBody } from './entity-body';
import type { QueueHandle, RequestQueue } from './request-queue';
import type { RequestHead } from './request-head';
import type { ServerConnection } from './server-connection';

interface BodyRead {
  readonly operation: IoOperation;
  readonly address: Address;
  readonly length: number;
  /** HTTP_RECEIVE_REQUEST_ENTITY_BODY_FLAG_FILL_BUFFER: ends when the buffer is full or the body is over. */
  readonly fill: boolean;
  got: number;
}

/**
 * How far the answer is: `none`, `begun` (more may follow), `last` (the application has given all of it),
 * `over` (finished, cancelled or its connection gone: its id means nothing any more).
 */
export type AnswerState = 'none' | 'begun' | 'last' | 'over';

/** One request from its arrival until its answer is sent or its connection is gone. */
export class ServerRequest {
  readonly body: EntityBody;
  answer: AnswerState = 'none';
  /** The handle that received it, once one did. */
  handle: QueueHandle | undefined;
  /** Bytes of it that have arrived: its head, and its body with the framing. */
  bytesReceived: number;
  /** Whether its head was copied whole to the application. */
  retrieved = false;
  /** The send that is pending. */
  sending: IoOperation | undefined;
  /** How the response body is delimited, once it has begun. */
  chunked = false;
  /** Whether its answer has switched to another protocol (HTTP_SEND_RESPONSE_FLAG_OPAQUE). */
  opaque = false;
  /** Whether the connection is closed after the answer. */
  closeAfter = false;
  /** What waits for more of the body besides reads. */
  onBody: (() => void) | undefined;
  private readonly reads: BodyRead[] = [];

  constructor(
    readonly id: bigint,
    readonly connection: ServerConnection,
    readonly queue: RequestQueue,
    readonly head: RequestHead,
    readonly urlContext: bigint,
    private readonly memory: Memory,
  ) {
    this.body = new EntityBody(head.framing.kind === 'none');
    this.bytesReceived = head.size;
  }

  /** Whether reading on would find anything, now or later. */
  get moreBodyExists(): boolean {
    return this.body.unread > 0 || !this.body.complete;
  }

  /** Reads body bytes into memory; undefined when the read has to wait. @throws MemoryFault */
  readBody(operation: IoOperation, address: Address, length: number, fill: boolean): IoResult | undefined {
    const read: BodyRead = { operation, address, length, fill, got: 0 };
    if (this.reads.every((earlier) => earlier.operation.ended)) {
      const result = this.advance(read);
      if (result !== undefined) return result;
    }
    this.reads.push(read);
    return undefined;
  }

  /** More of the body has come, or its end. */
  bodyArrived(): void {
    for (;;) {
      const read = this.reads[0];
      if (read === undefined) break;
      if (!read.operation.ended) {
        const result = this.advanceSafely(read);
        if (result === undefined) break;
        read.operation.complete(result);
      }
      this.reads.shift();
    }
    this.onBody?.();
  }

  /** Ends what is pending: its connection is gone, or it was cancelled. */
  end(readStatus: number, sendStatus: number): void {
    this.answer = 'over';
    for (const read of this.reads) read.operation.complete(ended(readStatus));
    this.reads.length = 0;
    this.sending?.complete(ended(sendStatus));
    this.onBody?.();
  }

  private advance(read: BodyRead): IoResult | undefined {
    const data = this.body.take(read.length - read.got);
    if (data.length > 0) {
      this.memory.write(read.address + BigInt(read.got), data);
      read.got += data.length;
      this.connection.bodyTaken();
    }
    const enough = read.fill ? read.got === read.length : read.got > 0;
    if (enough || (read.got > 0 && !this.moreBodyExists)) return ended(NTSTATUS.SUCCESS, read.got);
    return this.moreBodyExists ? undefined : ended(NTSTATUS.END_OF_FILE);
  }

  /** A buffer that was freed while the read was pending fails the read. */
  private advanceSafely(read: BodyRead): IoResult | undefined {
    try {
      return this.advance(read);
    } catch (fault) {
      if (fault instanceof MemoryFault) return ended(NTSTATUS.ACCESS_VIOLATION);
      throw fault;
    }
  }
}
