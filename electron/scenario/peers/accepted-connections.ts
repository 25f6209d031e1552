import { err, ok, type Result } from '../../../preload/contract/result';
import { WALL_CLOCK, type Timer } from '../run-clock';
import { Signal } from '../signal';
import type { PeerConnection } from './connection';

/** The connections that a scripted server has taken, and which of them the script speaks on. */
export class AcceptedConnections {
  readonly changed: Signal;
  readonly #connections: PeerConnection[] = [];
  #named = 0;
  #latest: PeerConnection | undefined;

  constructor(clock: Timer = WALL_CLOCK) {
    this.changed = new Signal(clock);
  }

  get count(): number {
    return this.#connections.length;
  }

  add(connection: PeerConnection): void {
    this.#connections.push(connection);
    this.changed.notify();
  }

  /** Notes that a request came on this connection. */
  requestOn(connection: PeerConnection): void {
    this.#latest = connection;
    this.changed.notify();
  }

  /** The connection of the latest request; where none has come, the latest connection. */
  async current(needsRequest: boolean, within: number): Promise<Result<PeerConnection, string>> {
    const found = await this.changed.until(() => this.#latest ?? (needsRequest ? undefined : this.#connections.at(-1)), within);
    const connection = found ?? this.#connections.at(-1);
    return connection === undefined ? err(`No client has connected within ${within} ms.`) : ok(connection);
  }

  /** The next connection that no `accept` has taken, even if it came already. */
  async accept(within: number): Promise<Result<PeerConnection, string>> {
    const connection = await this.changed.until(() => this.#connections[this.#named], within);
    if (connection === undefined) return err(`No further client has connected within ${within} ms; ${this.count} did in all.`);
    this.#named++;
    return ok(connection);
  }

  destroy(): void {
    for (const connection of this.#connections) connection.destroy();
  }
}
