import type { Socket } from 'node:net';
import { TLSSocket, createSecureContext, type SecureContext } from 'node:tls';
import type { ServerScript } from '../language/peer-script';
import { RunClock } from '../run-clock';
import { recordOf, type RecordDatum } from '../values/datum';
import type { Scope } from '../values/evaluate';
import { AcceptedConnections } from './accepted-connections';
import { PeerConnection } from './connection';
import { readMessage } from './http-message';
import { Routes } from './http-routes';
import { requestDatum } from './message-datum';
import { LOOPBACK, LoopbackListener } from './loopback-listener';
import { selfSigned } from '../../certificate/self-signed';

/** A scripted HTTP server on loopback: it answers what its routes say, and the script may add to that by hand. */
export class ScriptedHttpServer {
  readonly #listener: LoopbackListener;
  readonly #routes: Routes | undefined;
  readonly #report: (problem: string) => void;
  readonly #secure: SecureContext | undefined;
  readonly connections: AcceptedConnections;
  readonly #clock: RunClock;
  #requests = 0;
  #request: RecordDatum | undefined;
  #stopped = false;

  private constructor(script: ServerScript, scope: Scope, report: (problem: string) => void, clock: RunClock) {
    this.#clock = clock;
    this.connections = new AcceptedConnections(clock);
    this.#routes = script.routes === undefined ? undefined : new Routes(script.routes, scope);
    this.#report = report;
    this.#secure = script.tls === undefined ? undefined : createSecureContext(selfSigned([LOOPBACK, 'localhost']));
    this.#listener = new LoopbackListener((socket) => this.#take(socket));
  }

  /** Starts listening. `report` hears of answers that cannot be made, such as one with an unbound reference. */
  static async start(script: ServerScript, scope: Scope, report: (problem: string) => void, clock = new RunClock()): Promise<ScriptedHttpServer> {
    const server = new ScriptedHttpServer(script, scope, report, clock);
    await server.#listener.start();
    return server;
  }

  get port(): number {
    return this.#listener.port;
  }

  /** What `$server` stands for. */
  datum(): RecordDatum {
    return recordOf(() => `${LOOPBACK}:${this.port}`, {
      host: () => LOOPBACK,
      port: () => BigInt(this.port),
      connections: () => BigInt(this.connections.count),
      requests: () => BigInt(this.#requests),
      request: () => this.#request,
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.connections.destroy();
    await this.#listener.stop();
  }

  #take(socket: Socket): void {
    const stream = this.#secure === undefined ? socket : new TLSSocket(socket, { isServer: true, secureContext: this.#secure });
    const connection = new PeerConnection(socket, stream, 'request', this.#clock);
    this.connections.add(connection);
    // A fault of this program must end the run, not vanish in a promise nobody holds.
    void this.#serve(connection).catch((error: unknown) => this.#report(`The scripted server failed: ${String(error)}`));
  }

  /** Reads one request after the other and answers each, as the connection's other end would expect of a server. */
  async #serve(connection: PeerConnection): Promise<void> {
    let offset = 0;
    for (;;) {
      const message = await connection.changed.until(
        () => readMessage(connection.received.from(offset), { kind: 'request' }) ?? (connection.over ? 'closed' : undefined),
        WHOLE_RUN,
      );
      if (message === undefined || message === 'closed' || this.#stopped) break;
      const text = connection.received.from(offset).slice(0, message.bytes);
      offset += message.bytes;
      this.#requests++;
      this.#request = requestDatum(text, message);
      this.connections.requestOn(connection);
      if (this.#routes !== undefined && !(await this.#answer(connection, message.startLine))) return;
    }
    // A client that went away is let go; an ordinary listening socket leaves even that to the script.
    if (this.#routes !== undefined && !connection.unusable) connection.close('fin');
  }

  /** False when the answer closed the connection. */
  async #answer(connection: PeerConnection, startLine: string): Promise<boolean> {
    const [method = '', target = ''] = startLine.split(' ');
    const answer = this.#routes?.answer(method, target);
    if (answer === undefined) return true;
    if (!answer.ok) {
      this.#report(`The answer to ${method} ${target} cannot be made: ${answer.error}`);
      return true;
    }
    // While the run is held its peers stand still, so that what pends goes on pending.
    if (answer.value.delay > 0 || this.#clock.held) await this.#clock.pause(answer.value.delay);
    if (this.#stopped) return false;
    // The client may have gone while the answer was delayed; then nobody is left to read it.
    if (answer.value.bytes.length > 0) connection.send(answer.value.bytes);
    if (answer.value.then === 'keep') return true;
    connection.close(answer.value.then === 'reset' ? 'reset' : 'fin');
    return false;
  }
}

/** Longer than any run, in milliseconds: the wait for a request ends with its connection. */
const WHOLE_RUN = 2_147_483_647;
