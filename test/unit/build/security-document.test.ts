import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../..');

/** `test/suite/file.test.ts`: “the test's name” */
const NAMED_TEST = /`(test\/[^`]+\.ts)`: “([^”]+)”/g;

async function page(): Promise<string> {
  return readFile(path.join(ROOT, 'docs', 'security.md'), 'utf8');
}

test('every test that docs/security.md names exists', async () => {
  const named = [...(await page()).matchAll(NAMED_TEST)];
  expect(named.length).toBeGreaterThan(30);
  const missing = await Promise.all(named.map(async ([, file = '', name = '']) => {
    const source = await readFile(path.join(ROOT, file), 'utf8').catch(() => '');
    return new RegExp(`(?:test|it|base|describe)(?:\\.each\\([^]*?\\))?\\('${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}'`).test(source) ? [] : [`${file}: ${name}`];
  }));
  expect(missing.flat()).toEqual([]);
});

test('every point of the checklist stands there, and every row names a proof', async () => {
  const rows = (await page()).split('\n').filter((line) => /^\| (?!point|what|peer|fault|file \|)/.test(line));
  expect(rows.flatMap((row) => /^\| (\d+) /.exec(row)?.[1] ?? []).map(Number)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  for (const row of rows) expect(row).toMatch(/`test\/|the same|test of point/);
});

test('no source evaluates text or loads a remote module, and one alone opens anything outside, and one makes windows', async () => {
  const sources = await Promise.all(['electron', 'preload', 'renderer'].map(async (folder) => {
    const files = await readdir(path.join(ROOT, folder), { recursive: true });
    return files.filter((file) => /\.tsx?$/.test(file)).map((file) => path.join(ROOT, folder, file));
  }));
  const opening: string[] = [];
  const windows: string[] = [];
  for (const file of sources.flat()) {
    const source = await readFile(file, 'utf8');
    if (source.includes('shell.openExternal')) opening.push(path.basename(file));
    if (/new (?:BrowserWindow|BrowserView|WebContentsView|BaseWindow)\(/.test(source)) windows.push(path.basename(file));
    expect(source, file).not.toMatch(/\beval\(|new Function\(|dangerouslySetInnerHTML|\.innerHTML\b|executeJavaScript\([^'"]|import\('https?:|enableRemoteModule/);
  }
  expect(opening).toEqual(['inspector-window.ts']);
  expect(windows).toEqual(['create-window.ts']);
});
