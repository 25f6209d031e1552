import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { ElectronApplication, Page } from '@playwright/test';
import { contentsOf } from '../../build/bundles/bundle-contents.mjs';
import { dist, inProject } from '../../build/setup/project.mjs';

/** When a file was loaded in a start that nobody asked anything of. */
type When = 'before the first paint' | 'after it, unasked' | 'on demand';

interface Loaded {
  readonly where: 'main' | 'preload' | 'page';
  /** Below dist/. */
  readonly file: string;
  readonly when: When;
}

/** Source modules of a file that are named beside it; the rest is counted. */
const MOST_NAMED = 4;

/**
 * What a start loads, and when: of the page by Chromium's own network log of the page being loaded anew, of main by Node's
 * cache of modules, and of the preload by what the window was given. What is built and was not loaded is on demand.
 */
export async function startLoad(electron: ElectronApplication, page: Page): Promise<readonly Loaded[]> {
  const inPage = await pageLoads(page);
  const { modules, preloads } = await electron.evaluate(({ BrowserWindow }) => {
    const { mainModule } = process;
    // Node's own table of what was loaded by require, and Electron's of preloads: no type tells of either.
    const cache = mainModule === undefined ? {} : (Reflect.get(mainModule.constructor, '_cache') as Record<string, unknown>);
    const contents = BrowserWindow.getAllWindows()[0]?.webContents ?? {};
    const paths = Reflect.get(contents, '_getPreloadPaths') as (() => readonly string[]) | undefined;
    const script = Reflect.get(contents, '_getPreloadScript') as (() => { readonly filePath: string }) | undefined;
    return { modules: Object.keys(cache), preloads: paths?.call(contents) ?? [script?.call(contents).filePath ?? ''] };
  });
  const ofPage = filesBelow('renderer').map((file): Loaded => ({ where: 'page', file, when: inPage.get(relative('renderer', file)) ?? 'on demand' }));
  const ofMain = filesBelow('electron').map((file): Loaded => ({ where: 'main', file, when: modules.includes(join(dist, file)) ? 'before the first paint' : 'on demand' }));
  // Electron's own default application and what drives the test are loaded too, and are no part of a start.
  const others = modules.filter((module) => module.startsWith(inProject('node_modules')) && !module.includes('playwright'))
    .map((module): Loaded => ({ where: 'main', file: relative(dist, module), when: 'before the first paint' }));
  const preload = preloads.map((file): Loaded => ({ where: 'preload', file: relative(dist, file), when: 'before the first paint' }));
  return [...ofMain, ...others, ...preload, ...ofPage];
}

/** Loads the page anew. By path below the renderer's folder, when each file was there: its requests have no resource timing, as app: is no http. */
async function pageLoads(page: Page): Promise<ReadonlyMap<string, When>> {
  const session = await page.context().newCDPSession(page);
  const asked = new Map<string, { readonly path: string; readonly wall: number; readonly timestamp: number }>();
  const done = new Map<string, number>();
  session.on('Network.requestWillBeSent', ({ requestId, request, wallTime, timestamp }) => asked.set(requestId, { path: new URL(request.url).pathname.slice(1), wall: wallTime, timestamp }));
  session.on('Network.loadingFinished', ({ requestId, timestamp }) => {
    const request = asked.get(requestId);
    if (request !== undefined) done.set(request.path, (request.wall + timestamp - request.timestamp) * 1000);
  });
  await session.send('Network.enable');
  await page.reload();
  await page.locator('body[data-idle=true]').waitFor();
  const painted = await page.evaluate(async () => {
    const paint = (): PerformanceEntry | undefined => performance.getEntriesByName('first-contentful-paint')[0];
    while (paint() === undefined) await new Promise((resolve) => { requestAnimationFrame(resolve); });
    // What is loaded once the page has nothing to do has its time.
    await new Promise((resolve) => { setTimeout(resolve, 1000); });
    return performance.timeOrigin + (paint()?.startTime ?? 0);
  });
  return new Map([...done].map(([path, at]) => [path, at <= painted ? 'before the first paint' : 'after it, unasked']));
}

/** The list as lines: process by process, the earliest and the largest first, each with its size and what it holds. */
export function startLoadLines(loaded: readonly Loaded[]): readonly string[] {
  const order: readonly When[] = ['before the first paint', 'after it, unasked', 'on demand'];
  return order.flatMap((when) => {
    const rows = loaded.filter((row) => row.when === when).map((row) => ({ ...row, ...sizeOf(row.file) })).sort((a, b) => b.bytes - a.bytes);
    const sum = rows.reduce((total, { bytes }) => total + bytes, 0);
    const heading = `Loaded ${when}: ${rows.length} files, ${kilobytes(sum)}`;
    return [heading, ...rows.map(({ where, file, bytes, gzipped }) => `  ${where.padEnd(7)} ${kilobytes(bytes).padStart(9)} ${kilobytes(gzipped).padStart(8)} gz  ${file}${holds(file)}`)];
  });
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(dist, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.endsWith('.map') && statSync(join(dist, folder, name)).isFile())
    .map((name) => join(folder, name));
}

function sizeOf(file: string): { readonly bytes: number; readonly gzipped: number } {
  const content = readFileSync(join(dist, file));
  return { bytes: content.length, gzipped: gzipSync(content).length };
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} KB`;
}

/** The largest modules of a chunk of the page, as the bundler tells them. */
function holds(file: string): string {
  const chunk = contentsOf('renderer').chunks.find((one) => join('renderer', one.file) === file);
  if (chunk === undefined) return '';
  const names = Object.entries(chunk.modules).sort(([, a], [, b]) => b - a).map(([name]) => name);
  const more = names.length - MOST_NAMED;
  return `: ${names.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
