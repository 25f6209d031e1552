import { createServer, type Server } from 'node:net';
import type { Result } from '../../../preload/contract/result';
import type { FtpScript } from '../language/peer-script';
import type { Signal } from '../signal';
import { recordOf, type RecordDatum } from '../values/datum';
import { evaluate, evaluateBytes, textOf, type Scope } from '../values/evaluate';
import { AcceptedConnections } from './accepted-connections';
import { PeerConnection } from './connection';
import { FtpFiles } from './ftp-files';
import { FtpSession } from './ftp-session';
import { isInternet } from './ports';

const HOST = '127.0.0.1';

/** A scripted FTP server on loopback over the files of a scenario. */
export class ScriptedFtpServer {
  readonly #server: Server;
  readonly #connections = new AcceptedConnections();
  readonly #sessions = new Set<FtpSession>();
  readonly #files: FtpFiles;
  readonly #commands: string[] = [];
  readonly #script: FtpScript;
  readonly #scope: Scope;
  readonly #report: (problem: string) => void;

  private constructor(script: FtpScript, scope: Scope, report: (problem: string) => void) {
    this.#script = script;
    this.#scope = scope;
    this.#report = report;
    this.#files = new FtpFiles(script.files.map(({ name, text }) => {
      const content = evaluateBytes(text, scope);
      if (!content.ok) report(`The file ${name} cannot be made: ${content.error}`);
      return [name, content.ok ? content.value : new Uint8Array()] as const;
    }));
    this.#server = createServer({ allowHalfOpen: true }, (socket) => {
      const connection = new PeerConnection(socket, socket, 'request');
      this.#connections.add(connection);
      this.#serve(connection);
    });
  }

  static async start(script: FtpScript, scope: Scope, report: (problem: string) => void): Promise<ScriptedFtpServer> {
    const server = new ScriptedFtpServer(script, scope, report);
    await new Promise<void>((resolve, reject) => {
      server.#server.once('error', reject);
      server.#server.listen(0, HOST, resolve);
    });
    return server;
  }

  get changed(): Signal {
    return this.#connections.changed;
  }

  get port(): number {
    const address = this.#server.address();
    return isInternet(address) ? address.port : 0;
  }

  /** What `$ftp` stands for. */
  datum(): RecordDatum {
    return recordOf(() => `${HOST}:${this.port}`, {
      host: () => HOST,
      port: () => BigInt(this.port),
      connections: () => BigInt(this.#connections.count),
      requests: () => BigInt(this.#commands.length),
      commands: () => [...this.#commands],
    });
  }

  current(needsRequest: boolean, within: number): Promise<Result<PeerConnection, string>> {
    return this.#connections.current(needsRequest, within);
  }

  accept(within: number): Promise<Result<PeerConnection, string>> {
    return this.#connections.accept(within);
  }

  async stop(): Promise<void> {
    this.#connections.destroy();
    for (const session of this.#sessions) session.destroy();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  #serve(connection: PeerConnection): void {
    const session = new FtpSession(connection, this.#files, {
      replyTo: (command) => this.#replyTo(command),
      command: (line) => {
        this.#commands.push(line);
        this.#connections.requestOn(connection);
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
