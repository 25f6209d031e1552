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
 * What a start loads, and when: of the page by its own resource timing, of main by Node's cache of modules, and of the
 * preload by the preferences that the window was made with. What is built and was not loaded is on demand.
 */
export async function startLoad(electron: ElectronApplication, page: Page): Promise<readonly Loaded[]> {
  const timed = await page.evaluate(() => {
    const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.POSITIVE_INFINITY;
    // Both kinds of entry have an end; the types of getEntriesByType know only that they are entries.
    const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')] as PerformanceResourceTiming[];
    return entries.map(({ name, responseEnd }) => ({ path: new URL(name).pathname, early: responseEnd <= painted }));
  });
  const cached = await electron.evaluate(({ BrowserWindow }) => {
    const { mainModule } = process;
    // Node's own table of what was loaded by require; no type tells of it.
    const cache = mainModule === undefined ? {} : (Reflect.get(mainModule.constructor, '_cache') as Record<string, unknown>);
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    // Electron has no type for it: the preferences that the contents were really made with.
    const preferences = (Reflect.get(contents ?? {}, 'getLastWebPreferences') as () => { readonly preload?: string }).call(contents);
    return { modules: Object.keys(cache), preload: preferences.preload };
  });
  const inPage = new Map(timed.map(({ path, early }) => [path === '/' ? 'index.html' : path.slice(1), early]));
  const ofPage = filesBelow('renderer').map((file): Loaded => {
    const early = inPage.get(relative('renderer', file));
    return { where: 'page', file, when: early === undefined ? 'on demand' : early ? 'before the first paint' : 'after it, unasked' };
  });
  const ofMain = filesBelow('electron').map((file): Loaded => ({ where: 'main', file, when: cached.modules.includes(join(dist, file)) ? 'before the first paint' : 'on demand' }));
  // Electron's own default application and what drives the test are loaded too, and are no part of a start.
  const others = cached.modules.filter((module) => module.startsWith(inProject('node_modules')) && !module.includes('playwright')).map((module): Loaded => ({ where: 'main', file: relative(dist, module), when: 'before the first paint' }));
  const preload = cached.preload === undefined ? [] : [{ where: 'preload', file: relative(dist, cached.preload), when: 'before the first paint' } as const];
  return [...ofMain, ...others, ...preload, ...ofPage];
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
