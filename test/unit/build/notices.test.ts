import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { packageOf } from '../../../build/bundles/bundle-contents.mjs';
import { buildStale, everyBundle } from '../../../build/bundles/bundles.mjs';
import { noticeOf, shippedLicences } from '../../../build/bundles/notices.mjs';
import type { PackageNotice } from '../../../preload/contract/about';

const ROOT = path.resolve(import.meta.dirname, '..', '..', '..');

describe('the notices of what was built', () => {
  let own = '';
  let packages: readonly PackageNotice[] = [];
  beforeAll(async () => {
    await buildStale(everyBundle);
    // As build/bundles/notices.mjs wrote it.
    const notices = JSON.parse(readFileSync(path.join(ROOT, 'dist', 'electron', 'notices.json'), 'utf8')) as { readonly own: string; readonly packages: readonly PackageNotice[] };
    ({ own, packages } = notices);
  }, 120_000);

  test('name every package of which code goes out, those of the page and of the updater among them, and none that was shaken out', () => {
    // npm's own file in npm's own form.
    const { dependencies } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { readonly dependencies: Readonly<Record<string, string>> };
    const names = packages.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining([...Object.keys(dependencies), 'react', 'react-dom', 'scheduler', 'zustand', 'sax', 'js-yaml', 'xmlchars']));
    // It reads the command line of js-yaml, which is not used.
    expect(names).not.toContain('argparse');
    expect(new Set(names).size).toBe(names.length);
  });

  test('have each a licence that may go out, with its text', () => {
    for (const { name, licence, text } of packages) {
      expect(shippedLicences, name).toContain(licence);
      expect(text.length, name).toBeGreaterThan(500);
      expect(text, name).toMatch(/copyright|contributor|licen[cs]e/i);
    }
    expect(own).toContain('MIT License');
  });
});

describe('a package', () => {
  let folder = '';
  beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), 'hinspector-notice-')); });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function has(manifest: object, files: Readonly<Record<string, string>> = {}): Promise<void> {
    await writeFile(path.join(folder, 'package.json'), JSON.stringify({ name: '@scope/thing', version: '1.2.3', ...manifest }));
    for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  }

  test('is noticed with the text that it brings, however its file is called', async () => {
    for (const name of ['LICENSE', 'LICENCE.md', 'license', 'COPYING.txt', 'LICENSE-MIT']) {
      await has({ license: 'MIT', author: { name: 'Somebody' } }, { [name]: ' Terms.\n' });
      expect(noticeOf(folder)).toEqual({ name: '@scope/thing', version: '1.2.3', licence: 'MIT', author: 'Somebody', page: '', text: 'Terms.' });
      await rm(path.join(folder, name));
    }
  });

  test('without the text of its licence ends the build, unless the text was put where it says', async () => {
    await has({ license: 'ISC' }, { 'README.md': 'no licence here' });
    const texts = path.join(folder, 'texts');
    expect(() => noticeOf(folder, texts)).toThrow(/@scope\/thing 1\.2\.3 has no file with the text of its licence \(ISC\): put what it is under into .*texts\/@scope-thing\.txt/);
    await mkdir(texts);
    await writeFile(path.join(texts, '@scope-thing.txt'), 'Its terms.');
    expect(noticeOf(folder, texts)).toMatchObject({ text: 'Its terms.' });
  });

  test('under any other licence, or none, ends the build; one that leaves the choice does not', async () => {
    for (const license of ['GPL-3.0-only', 'SEE LICENSE IN x', undefined, 'MIT AND GPL-2.0']) {
      await has({ license }, { LICENSE: 'Terms.' });
      expect(() => noticeOf(folder)).toThrow(/@scope\/thing 1\.2\.3 would go out .*allowed are MIT/);
    }
    await has({ license: '(GPL-2.0 OR MIT)' }, { LICENSE: 'Terms.' });
    expect(noticeOf(folder)).toMatchObject({ licence: 'MIT' });
  });
});

test('a module belongs to the package of the innermost node_modules', () => {
  expect(packageOf('/x/node_modules/react-dom/client.js')).toBe('react-dom');
  expect(packageOf('\0/x/node_modules/@scope/thing/a/b.js?commonjs-proxy')).toBe('@scope/thing');
  expect(packageOf('/x/node_modules/outer/node_modules/inner/i.js')).toBe('outer/node_modules/inner');
  expect(packageOf('C:\\x\\node_modules\\yaml\\y.js')).toBe('yaml');
  expect(packageOf('/x/electron/main.ts')).toBeUndefined();
});
