import type { FtpScript } from '../language/peer-script';
import { recordOf, type RecordDatum } from '../values/datum';
import { evaluate, evaluateBytes, textOf, type Scope } from '../values/evaluate';
import { RunClock } from '../run-clock';
import { AcceptedConnections } from './accepted-connections';
import { PeerConnection } from './connection';
import { FtpFiles } from './ftp-files';
import { FtpSession } from './ftp-session';
import { LOOPBACK, LoopbackListener } from './loopback-listener';

/** A scripted FTP server on loopback over the files of a scenario. */
export class ScriptedFtpServer {
  readonly #listener: LoopbackListener;
  readonly connections: AcceptedConnections;
  readonly #clock: RunClock;
  readonly #sessions = new Set<FtpSession>();
  readonly #files: FtpFiles;
  readonly #commands: string[] = [];
  readonly #script: FtpScript;
  readonly #scope: Scope;
  readonly #report: (problem: string) => void;

  private constructor(script: FtpScript, scope: Scope, report: (problem: string) => void, clock: RunClock) {
    this.#clock = clock;
    this.connections = new AcceptedConnections(clock);
    this.#script = script;
    this.#scope = scope;
    this.#report = report;
    this.#files = new FtpFiles(script.files.map(({ name, text }) => {
      const content = evaluateBytes(text, scope);
      if (!content.ok) report(`The file ${name} cannot be made: ${content.error}`);
      return [name, content.ok ? content.value : new Uint8Array()] as const;
    }));
    this.#listener = new LoopbackListener((socket) => {
      const connection = new PeerConnection(socket, socket, 'request', clock);
      this.connections.add(connection);
      this.#serve(connection);
    });
  }

  static async start(script: FtpScript, scope: Scope, report: (problem: string) => void, clock = new RunClock()): Promise<ScriptedFtpServer> {
    const server = new ScriptedFtpServer(script, scope, report, clock);
    await server.#listener.start();
    return server;
  }

  get port(): number {
    return this.#listener.port;
  }

  /** What `$ftp` stands for. */
  datum(): RecordDatum {
    return recordOf(() => `${LOOPBACK}:${this.port}`, {
      host: () => LOOPBACK,
      port: () => BigInt(this.port),
      connections: () => BigInt(this.connections.count),
      requests: () => BigInt(this.#commands.length),
      commands: () => [...this.#commands],
    });
  }

  async stop(): Promise<void> {
    this.connections.destroy();
    for (const session of this.#sessions) session.destroy();
    await this.#listener.stop();
  }

  #serve(connection: PeerConnection): void {
    const session = new FtpSession(connection, this.#files, this.#clock, {
      replyTo: (command) => this.#replyTo(command),
      command: (line) => {
        this.#commands.push(line);
        this.connections.requestOn(connection);
      },
    });
    this.#sessions.add(session);
    void session.serve().catch((error: unknown) => this.#report(`The scripted FTP server failed: ${String(error)}`));
  }

  #replyTo(command: string): string | undefined {
    const scripted = this.#script.replies.find((one) => one.command === command);
    const reply = scripted === undefined ? undefined : evaluate(scripted.reply, this.#scope);
    if (reply === undefined) return undefined;
    if (reply.ok) return textOf(reply.value);
    this.#report(`The reply to ${command} cannot be made: ${reply.error}`);
    return '421 Scenario error';
  }
}
