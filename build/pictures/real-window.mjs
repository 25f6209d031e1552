// The real application in a real Electron, to be brought into a state and photographed, with pinned fonts and without motion.
import { createServer } from 'node:http';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sandboxEnvironment } from '../setup/display.mjs';
import { root } from '../setup/project.mjs';
import { say } from '../setup/terminal.mjs';
import { pinFonts } from './pinned-fonts.mjs';
import { smallPng } from './small-png.mjs';

export const THEMES = /** @type {const} */ (['light', 'dark']);

/**
 * @typedef {import('@playwright/test').Page} Page
 * @typedef {import('@playwright/test').Locator} Locator
 * @typedef {{x: number, y: number, width: number, height: number}} Box CSS pixels
 */

/** A peer whose answers take as long as `?ms=` says; without it they come at once. */
async function slowPeer() {
  const server = createServer((request, response) => {
    const wait = Number(new URL(request.url ?? '/', 'http://peer').searchParams.get('ms') ?? 5);
    setTimeout(() => response.end('x'.repeat(2000)), wait);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', () => resolve(undefined)); });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The peer listens on no port');
  return { server, port: address.port };
}

/** One window of the application, with a profile of its own. */
export class RealWindow {
  /**
   * @param {import('@playwright/test').ElectronApplication} electron @param {Page} page
   * @param {Awaited<ReturnType<typeof slowPeer>>} peer @param {string} profile
   */
  constructor(electron, page, peer, profile) {
    this.electron = electron;
    this.page = page;
    this.peer = peer;
    this.profile = profile;
  }

  /** @param {{width: number, height: number}} size @returns {Promise<RealWindow>} */
  static async open(size) {
    const { _electron } = await import('@playwright/test');
    const profile = await mkdtemp(join(tmpdir(), 'hinspector-picture-'));
    const env = /** @type {Record<string, string>} */ ({ ...process.env, ...(await sandboxEnvironment()) });
    const electron = await _electron.launch({ executablePath: process.env['HINSPECTOR_ELECTRON'] ?? '', args: [root, `--user-data-dir=${profile}`], env });
    const page = await electron.firstWindow();
    const window = new RealWindow(electron, page, await slowPeer(), profile);
    await window.resize(size);
    await page.addInitScript(pinFonts());
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.reload();
    await window.idle();
    return window;
  }

  /** @param {{width: number, height: number}} size */
  async resize(size) {
    await this.electron.evaluate(({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]?.setContentSize(wanted.width, wanted.height), size);
    await this.page.waitForTimeout(200);
  }

  /** Everything that is known has been drawn. */
  async idle() {
    await this.page.locator('body[data-idle=true]').waitFor();
    await this.page.waitForTimeout(150);
  }

  /** @param {{kind: string, [field: string]: unknown}} command given as the page gives them @returns {Promise<number | undefined>} the handle it made */
  give(command) {
    return this.page.evaluate(async (given) => {
      const result = await Reflect.get(globalThis, 'inspector').run(given);
      if (!result.ok) throw new Error(`${given.kind}: ${JSON.stringify(result.error)}`);
      return result.value.handle;
    }, command);
  }

  /** @param {string} path @param {'own' | 'null'} [context] @returns {Promise<number | undefined>} a request to the peer */
  client(path, context = 'own') {
    return this.give({ kind: 'open-client', url: `http://127.0.0.1:${this.peer.port}${path}`, method: 'GET', headers: '', body: '', mode: 'async', context });
  }

  /** @param {string} theme */
  async show(theme) {
    await this.page.evaluate((wanted) => Reflect.get(globalThis, 'inspector').setTheme(wanted), theme);
    await this.page.emulateMedia({ colorScheme: theme === 'dark' ? 'dark' : 'light' });
    await this.idle();
    await this.page.waitForTimeout(250);
  }

  /**
   * @param {(theme: string) => string} file where the picture of each theme goes
   * @param {Box | undefined} clip the whole window without it
   */
  async photograph(file, clip) {
    for (const theme of THEMES) {
      await this.show(theme);
      await mkdir(dirname(file(theme)), { recursive: true });
      const taken = await this.page.screenshot({ ...(clip === undefined ? {} : { clip }), caret: 'hide', animations: 'disabled' });
      await writeFile(file(theme), smallPng(taken));
      say(`Picture: ${file(theme).slice(root.length)}`);
    }
  }

  async close() {
    await this.electron.close();
    this.peer.server.closeAllConnections();
    this.peer.server.close();
    await rm(this.profile, { recursive: true, force: true });
  }
}

/** @param {readonly Locator[]} parts @param {Partial<Box>} [limits] at most so large @returns {Promise<Box>} what holds them all, with a little about it */
export async function around(parts, limits = {}) {
  const boxes = [];
  for (const part of parts) {
    const box = await part.boundingBox();
    if (box === null) throw new Error(`${part} is not to be seen`);
    boxes.push(box);
  }
  const left = Math.max(0, Math.min(...boxes.map(({ x }) => x)));
  const top = Math.max(0, Math.min(...boxes.map(({ y }) => y)));
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  return { x: Math.floor(left), y: Math.floor(top), width: Math.min(limits.width ?? Infinity, Math.ceil(right - left)), height: Math.min(limits.height ?? Infinity, Math.ceil(bottom - top)) };
}
