// What is really inside a bundle: asked of the bundler itself, and kept beside the stamps. The notices follow from it, and
// what is loaded when.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { dist, root } from '../setup/project.mjs';

const modules = '/node_modules/';

/**
 * @typedef {object} Chunk a file of a bundle
 * @property {string} file
 * @property {boolean} entry
 * @property {readonly string[]} imports chunks that are loaded with it
 * @property {readonly string[]} later chunks that it may ask for
 * @property {Readonly<Record<string, number>>} modules bytes that are left of each, by path from the project's root
 *
 * @typedef {object} Contents
 * @property {readonly string[]} packages folders below node_modules
 * @property {readonly Chunk[]} chunks
 */

/** @param {string} bundle its name in bundles.mjs @returns {string} where its contents are written down */
export function contentsFile(bundle) {
  return join(dist, '.stamps', 'contents', `${bundle}.json`);
}

/** @param {string} id of a module, as the bundler names it */
function pathOf(id) {
  return id.replaceAll('\\', '/').replace(/^\0/, '').split('?')[0] ?? '';
}

/** @param {string} id of a module @returns {string | undefined} its package's folder below node_modules */
export function packageOf(id) {
  const path = pathOf(id);
  const at = path.lastIndexOf(modules);
  if (at < 0) return undefined;
  const first = path.indexOf(modules) + modules.length;
  const [scope = '', name = ''] = path.slice(at + modules.length).split('/');
  return `${path.slice(first, at + modules.length)}${scope.startsWith('@') ? `${scope}/${name}` : scope}`;
}

/** @param {string} id of a module */
function fromRoot(id) {
  const path = pathOf(id);
  return path.startsWith(root) ? relative(root, path).replaceAll('\\', '/') : path;
}

/**
 * Writes down which modules are in which file of the bundle: those of which any code is left once what nobody uses is shaken out.
 * @param {string} bundle
 * @returns {import('vite').Plugin}
 */
export function recordContents(bundle) {
  return {
    name: 'record-contents',
    generateBundle(_options, output) {
      /** @type {Chunk[]} */
      const chunks = [];
      const packages = new Set();
      for (const chunk of Object.values(output)) {
        if (chunk.type !== 'chunk') continue;
        const kept = Object.entries(chunk.modules).filter(([, { renderedLength }]) => renderedLength > 0);
        for (const [id] of kept) packages.add(packageOf(id));
        chunks.push({
          file: chunk.fileName, entry: chunk.isEntry, imports: chunk.imports, later: chunk.dynamicImports, modules: Object.fromEntries(kept.map(([id, { renderedLength }]) => [fromRoot(id), renderedLength])),
        });
      }
      packages.delete(undefined);
      mkdirSync(dirname(contentsFile(bundle)), { recursive: true });
      writeFileSync(contentsFile(bundle), `${JSON.stringify({ packages: [...packages].sort(), chunks })}\n`);
    },
  };
}

/** @param {string} bundle @returns {Contents} @throws {Error} for a bundle that was not built */
export function contentsOf(bundle) {
  const file = contentsFile(bundle);
  if (!existsSync(file)) throw new Error(`${file} is missing: remove dist/ and build again`);
  return /** @type {Contents} as recordContents wrote it */ (JSON.parse(readFileSync(file, 'utf8')));
}

/** @param {readonly string[]} bundles @returns {string[]} folders below node_modules */
export function packagesOf(bundles) {
  return [...new Set(bundles.flatMap((bundle) => contentsOf(bundle).packages))].sort();
}

/** @param {string} bundle @returns {readonly Chunk[]} those that are there once its entries are: with each all that it imports */
export function chunksAtStart(bundle) {
  const { chunks } = contentsOf(bundle);
  const found = new Set(chunks.filter(({ entry }) => entry));
  // A set that grows while it is gone through is gone through to its new end.
  for (const { imports } of found) for (const chunk of chunks) if (imports.includes(chunk.file)) found.add(chunk);
  return [...found];
}
