import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { err, ok, type Result } from '../../../preload/contract/result';
import type { Closing } from '../language/step';
import { WALL_CLOCK, type Timer } from '../run-clock';
import { Signal } from '../signal';
import { ByteStore, indexOfBytes } from './byte-store';
import { readMessage } from './http-message';

/** Until when a receive goes on, with its values evaluated. */
export type Until =
  | { readonly kind: 'some' }
  | { readonly kind: 'message' }
  | { readonly kind: 'close' }
  | { readonly kind: 'count'; readonly bytes: number }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

/** One TCP connection in the hands of a script: everything it received, and how its other end closed. */
export class PeerConnection {
  readonly changed: Signal;
  readonly received = new ByteStore();
  readonly #socket: Socket;
  readonly #stream: Duplex;
  readonly #reads: 'request' | 'response';
  #closedBy: Closing | undefined;
  #closedHere = false;
  /** Whether its own FIN leaves the other direction open. TLS has no such half. */
  readonly #closesByHalves: boolean;
  #taken = 0;
  #bodiless = false;

  /** `stream` is the socket itself or TLS over it. `reads` is what kind of message the other end sends. */
  constructor(socket: Socket, stream: Duplex, reads: 'request' | 'response', clock: Timer = WALL_CLOCK) {
    this.changed = new Signal(clock);
    this.#socket = socket;
    this.#stream = stream;
    this.#reads = reads;
    this.#closesByHalves = reads === 'request' && stream === socket;
    socket.setNoDelay(true);
    stream.on('data', (piece: Uint8Array) => {
      this.received.append(piece);
      this.changed.notify();
    });
    stream.on('end', () => this.#close('fin'));
    for (const one of new Set([stream, socket])) {
      one.on('error', (error: NodeJS.ErrnoException) => {
        if (!this.#closedHere || this.#closesByHalves) this.#close(error.code === 'ECONNRESET' || error.code === 'EPIPE' ? 'reset' : 'fin');
      });
      one.on('close', () => this.changed.notify());
    }
  }

  #close(how: Closing): void {
    this.#closedBy ??= how;
    this.changed.notify();
  }

  /** How the other end closed it, if it did. */
  get closedBy(): Closing | undefined {
    return this.#closedBy;
  }

  /** Whether nothing can be sent any more. */
  get unusable(): boolean {
    return this.#closedHere || this.#stream.destroyed || this.#stream.writableEnded;
  }

  /** Whether nothing will come any more. */
  get over(): boolean {
    return this.#closedBy !== undefined || (this.#closedHere && !this.#closesByHalves) || this.#socket.destroyed;
  }

  get localPort(): number {
    return this.#socket.localPort ?? 0;
  }

  /** Hands the bytes to the system in one piece; it does not wait until the other end has read them. */
  send(bytes: Uint8Array): Result<number, string> {
    if (this.unusable) return err('The connection is closed on this side, so nothing can be sent on it.');
    if (this.#closedBy === 'reset') return err('The other end has reset the connection, so nothing can be sent on it.');
    this.#bodiless = Buffer.from(bytes.subarray(0, 5)).toString('latin1') === 'HEAD ';
    this.#stream.write(bytes);
    return ok(bytes.length);
  }

  /**
   * A server ends its own direction and goes on listening, as shutdown(SD_SEND) does: how the client closes is still to be
   * seen. A client gives the socket back to the system, as closesocket does.
   */
  close(how: Closing): void {
    if (this.#closedHere) return;
    this.#closedHere = true;
    if (how === 'reset') {
      this.#socket.resetAndDestroy();
    } else if (this.#closesByHalves) {
      this.#stream.end();
    } else {
      // What was written still goes out.
      this.#stream.end(() => this.#socket.destroySoon());
    }
    this.changed.notify();
  }

  /** Ends it without ceremony, at the end of a run. */
  destroy(): void {
    this.#closedHere = true;
    this.#stream.destroy();
    this.#socket.destroy();
    this.changed.notify();
  }

  /** What came since the last receive, up to where `until` says; the rest stays for the next one. */
  async receive(until: Until, within: number): Promise<Result<Uint8Array, string>> {
    const length = await this.changed.until(() => this.#reached(until), within);
    const came = this.received.from(this.#taken);
    if (length === undefined || length > came.length) {
      const state = this.#closedBy === undefined ? '' : ` and then the other end closed (${this.#closedBy})`;
      return err(`received ${came.length} bytes${state}: ${JSON.stringify(Buffer.from(came.subarray(0, 400)).toString('latin1'))}`);
    }
    const bytes = came.slice(0, length);
    this.#taken += length;
    return ok(bytes);
  }

  /** How many bytes fulfil the receive; Infinity when nothing ever will; undefined while it may still come. */
  #reached(until: Until): number | undefined {
    const came = this.received.from(this.#taken);
    const ended = this.over;
    const never = ended ? Number.POSITIVE_INFINITY : undefined;
    switch (until.kind) {
      case 'some':
        return came.length > 0 || ended ? came.length : undefined;
      case 'close':
        return ended ? came.length : undefined;
      case 'count':
        return came.length >= until.bytes ? until.bytes : never;
      case 'bytes': {
        const index = indexOfBytes(came, until.bytes);
        return index < 0 ? never : index + until.bytes.length;
      }
      case 'message': {
        const framing = this.#reads === 'request'
          ? { kind: 'request' as const }
          : { kind: 'response' as const, bodiless: this.#bodiless, ended };
        return readMessage(came, framing)?.bytes ?? never;
      }
    }
  }

  get answersHead(): boolean {
    return this.#bodiless;
  }

  /** How the other end closed within the time, or undefined if it did not. */
  closedWithin(milliseconds: number): Promise<Closing | undefined> {
    return this.changed.until(() => this.#closedBy, milliseconds);
  }
}
