import { createHash } from 'node:crypto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { UpdateFeed } from '../../../electron/updates/update-feed';

const NAME = 'Hinspector-setup.exe';

/** A generic feed as electron-builder publishes it, on a server of this machine, and the app-update.yml of a copy that has it. */
export class LocalFeed {
  /** What was asked of it: methods and paths. */
  readonly asked: string[] = [];
  /** Set by a test that wants to answer the installer's request itself. */
  answerInstaller: ((response: ServerResponse) => void) | undefined;
  /** What latest.yml says, in place of what is so. */
  lies: { sha512?: string; version?: string; list?: string } = {};
  readonly #server: Server;

  private constructor(readonly folder: string, private readonly version: string, private readonly installer: Buffer) {
    this.#server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://feed');
      this.asked.push(`${request.method} ${pathname}`);
      if (pathname.endsWith('.yml')) response.end(this.lies.list ?? this.#list());
      else if (pathname !== `/${NAME}`) response.writeHead(404).end();
      else if (this.answerInstaller !== undefined) this.answerInstaller(response);
      else response.end(this.installer);
    });
  }

  /** @param version that it offers @param installer its bytes */
  static async start(version: string, installer = Buffer.from('an installer')): Promise<LocalFeed> {
    const feed = new LocalFeed(await mkdtemp(path.join(tmpdir(), 'hinspector-feed-')), version, installer);
    await new Promise<void>((resolve) => { feed.#server.listen(0, '127.0.0.1', resolve); });
    return feed;
  }

  /** The feed as a copy knows it, once its app-update.yml is written. */
  async known(): Promise<UpdateFeed> {
    const { file, url } = this;
    await writeFile(file, `provider: generic\nurl: ${url}\npublisherName:\n  - The publisher\nupdaterCacheDirName: hinspector-updater\n`);
    return { file, url, publishers: ['The publisher'] };
  }

  get file(): string {
    return path.join(this.folder, 'app-update.yml');
  }

  get url(): string {
    // A TCP server that listens has an address of this kind.
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Its server goes; what the copy knows of it stays. */
  async goAway(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => { this.#server.close(resolve); });
  }

  async stop(): Promise<void> {
    await this.goAway();
    await rm(this.folder, { recursive: true, force: true });
  }

  #list(): string {
    const sha512 = this.lies.sha512 ?? createHash('sha512').update(this.installer).digest('base64');
    return `version: ${this.lies.version ?? this.version}\nfiles:\n  - url: ${NAME}\n    sha512: ${sha512}\n    size: ${this.installer.length}\npath: ${NAME}\nsha512: ${sha512}\nreleaseDate: '2026-11-22T06:00:00.000Z'\n`;
  }
}
