import { _electron, expect, test as base, type ElectronApplication, type Locator, type Page } from '@playwright/test';
import { execFile } from 'node:child_process';
import { createServer, type RequestListener, type Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');

export interface CurlResult {
  /** 0, or what curl's manual lists: 52 an empty reply, 56 a failure in receiving. */
  readonly code: number;
  readonly stdout: string;
}

/** The application in a real Electron, and what a person sees and does there. */
export class Window {
  private readonly servers: Server[] = [];

  /** @param folder what it remembers, when that is nobody else's: goes with it */
  constructor(readonly electron: ElectronApplication, readonly page: Page, private readonly folder?: string) {}

  /** What a test leaves behind is not what the next one starts with, unless it names the folder itself. */
  static async launch(given: readonly string[] = []): Promise<Window> {
    const folder = given.some((arg) => arg.startsWith('--user-data-dir=')) ? undefined : await mkdtemp(path.join(tmpdir(), 'hinspector-e2e-'));
    const args = folder === undefined ? given : [`--user-data-dir=${folder}`, ...given];
    const packed = process.env['HINSPECTOR_PACKED'];
    const executablePath = packed ?? process.env['HINSPECTOR_ELECTRON'];
    // The packed program has its application inside.
    const line = packed === undefined ? [ROOT, ...args] : [...args];
    // Left to itself Playwright takes the sandbox away on Linux; what is tested has it wherever the system gives one.
    const chromiumSandbox = process.env['ELECTRON_DISABLE_SANDBOX'] === undefined;
    const electron = await _electron.launch({ args: line, chromiumSandbox, ...(executablePath === undefined ? {} : { executablePath }) });
    return new Window(electron, await electron.firstWindow(), folder);
  }

  handle(name: string | RegExp): Locator {
    return this.page.getByRole('tree').getByRole('treeitem', { name });
  }

  get events(): Locator {
    return this.page.getByRole('listbox', { name: /^Events/ }).getByRole('option');
  }

  /** The rows of the timeline's table twin that speak of a handle. */
  lane(label: string): Locator {
    return this.page.getByRole('table', { name: /^Timeline/ }).getByRole('row').filter({ has: this.page.getByRole('rowheader', { name: label, exact: true }) });
  }

  dialog(name: string | RegExp): Locator {
    return this.page.getByRole('dialog', { name });
  }

  async newClient(url: string, fill?: (dialog: Locator) => Promise<void>): Promise<void> {
    await this.page.getByRole('toolbar').getByRole('button', { name: 'New client' }).click();
    const dialog = this.dialog('New client');
    await dialog.getByLabel('URL').fill(url);
    await fill?.(dialog);
    await dialog.getByRole('button', { name: 'Send request' }).click();
    await expect(dialog).toBeHidden();
    // The handle comes with an update of its own: what is pressed next is meant for it.
    const { pathname } = new URL(url);
    await expect(this.page.getByRole('treeitem', { selected: true })).toContainText(pathname);
  }

  async newServer(prefix: string, queueName = 'demo'): Promise<void> {
    await this.page.getByRole('toolbar').getByRole('button', { name: 'New server' }).click();
    const dialog = this.dialog('New server');
    await dialog.getByLabel('URL prefix').fill(prefix);
    await dialog.getByLabel('Queue name').fill(queueName);
    await dialog.getByRole('button', { name: 'Open server' }).click();
    await expect(dialog).toBeHidden();
  }

  /** Shows only the events that contain a text. */
  async filter(text: string): Promise<void> {
    await this.page.getByLabel('Filter handles, events and findings').fill(text);
  }

  async peer(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    this.servers.push(server);
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    // A TCP server that listens has an address of this kind.
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    await this.electron.close();
    await this.closePeers();
    if (this.folder !== undefined) await rm(this.folder, { recursive: true, force: true });
  }

  async closePeers(): Promise<void> {
    for (const server of this.servers) server.closeAllConnections();
    await Promise.all(this.servers.map((server) => new Promise((resolve) => { server.close(resolve); })));
  }
}

/** A loopback port on which nothing listens. */
export async function freePort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  // A TCP server that listens has an address of this kind.
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => { server.close(resolve); });
  return port;
}

/** Runs the real curl to its end. */
export function curl(...args: readonly string[]): Promise<CurlResult> {
  return new Promise((resolve) => {
    execFile('curl', ['--silent', '--show-error', '--max-time', '30', ...args], (error, stdout) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout });
    });
  });
}

export const test = base.extend<{ readonly window: Window }>({
  // Playwright's fixtures take their dependencies as a pattern, even an empty one.
  // oxlint-disable-next-line no-empty-pattern
  window: async ({}, use) => {
    const window = await Window.launch();
    await use(window);
    await window.close();
  },
});

export { expect };
