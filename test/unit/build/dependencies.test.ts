import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { shippedLicences } from '../../../build/bundles/notices.mjs';

const ROOT = path.resolve(import.meta.dirname, '..', '..', '..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version: string; readonly license?: string; readonly dev?: boolean; readonly dependencies?: Readonly<Record<string, string>> }>>;
}

// Both are npm's own files, in npm's own form.
const manifest = JSON.parse(read('package.json')) as Manifest;
const lock = JSON.parse(read('package-lock.json')) as Lock;
const page = read('docs/dependencies.md');
const all = { ...manifest.dependencies, ...manifest.devDependencies };

const TOOL_LICENCES = [...shippedLicences, 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'MPL-2.0', 'Python-2.0', 'CC0-1.0', 'WTFPL', 'OFL-1.1'];
/** Bundled into the page, so that the packer need not carry them. */
const BUNDLED = ['@codemirror/autocomplete', '@codemirror/commands', '@codemirror/lang-yaml', '@codemirror/language', '@codemirror/lint', '@codemirror/state', '@codemirror/view', '@lezer/highlight', 'react', 'react-dom', 'zustand'];
/** Used by name and not by import: types of a package, and programs that are run. */
const TYPES_OF: Readonly<Record<string, string>> = { '@types/har-format': 'har-format', '@types/node': 'node:', '@types/react': 'react', '@types/react-dom': 'react-dom' };

/** The rows of the page's tables: package, version and licence. */
function rows(): ReadonlyMap<string, { readonly version: string; readonly licence: string }> {
  return new Map([...page.matchAll(/^\| `([^`]+)` \| ([^ |]+) \|[^|]*\|[^|]*\|[^|]*\| ([^ |]+) \|/gm)].map(([, name = '', version = '', licence = '']) => [name, { version, licence }]));
}

function sources(folder: string): readonly string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter((name) => /\.(tsx?|mjs|cjs|html)$/.test(name)).map((name) => read(path.join(folder, name)));
}

/** One of several, where a licence leaves the choice. */
function permits(licence: string | undefined, allowed: readonly string[]): boolean {
  return (licence ?? '').replace(/[()]/g, '').split(' OR ').some((one) => allowed.includes(one));
}

describe('docs/dependencies.md', () => {
  test('names the packages of package.json in their versions, and no others', () => {
    expect(Object.fromEntries([...rows()].map(([name, { version }]) => [name, version]))).toEqual(all);
  });

  test('names the licence of each as the lock does', () => {
    for (const [name, { licence }] of rows()) expect(`${name}: ${licence}`).toBe(`${name}: ${lock.packages[`node_modules/${name}`]?.license ?? 'none'}`);
  });
});

test('every version is pinned, and the lock has the same', () => {
  for (const [name, version] of Object.entries(all)) {
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(lock.packages[`node_modules/${name}`]?.version).toBe(version);
  }
});

test('no package is there for nothing', () => {
  const text = ['build', 'electron', 'preload', 'renderer', 'test'].flatMap(sources).filter((source) => !source.includes('const TYPES_OF')).join('\n');
  const unused = Object.keys(all).filter((name) => {
    const used = TYPES_OF[name] ?? name;
    return !['\'', '"'].some((quote) => text.includes(`${quote}${used}${used.endsWith(':') ? '' : quote}`) || text.includes(`${quote}${used}/`));
  });
  expect(unused).toEqual([]);
});

test('what goes out with the application has a licence that asks for a notice and no more', () => {
  for (const name of [...Object.keys(manifest.dependencies), ...BUNDLED]) expect(`${name}: ${permits(lock.packages[`node_modules/${name}`]?.license, shippedLicences)}`).toBe(`${name}: true`);
});

test('what builds and tests it has one that the page allows', () => {
  const others = Object.entries(lock.packages).filter(([name, { license }]) => name !== '' && !permits(license, TOOL_LICENCES)).map(([name, { license }]) => `${name}: ${license ?? 'none'}`);
  expect(others).toEqual([]);
});
