// Which packages are really inside a bundle: asked of the bundler itself, and kept beside the stamps for the notices.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { dist } from '../setup/project.mjs';

const modules = '/node_modules/';

/** @param {string} bundle its name in bundles.mjs */
function recordFile(bundle) {
  return join(dist, '.stamps', 'packages', `${bundle}.json`);
}

/** @param {string} id of a module, as the bundler names it @returns {string | undefined} its package's folder below node_modules */
export function packageOf(id) {
  const path = id.replaceAll('\\', '/').replace(/^\0/, '').split('?')[0] ?? '';
  const at = path.lastIndexOf(modules);
  if (at < 0) return undefined;
  const first = path.indexOf(modules) + modules.length;
  const [scope = '', name = ''] = path.slice(at + modules.length).split('/');
  return `${path.slice(first, at + modules.length)}${scope.startsWith('@') ? `${scope}/${name}` : scope}`;
}

/**
 * Writes the packages of which any code is left in the bundle once what nobody uses is shaken out.
 * @param {string} bundle
 * @returns {import('vite').Plugin}
 */
export function recordPackages(bundle) {
  return {
    name: 'record-packages',
    generateBundle(_options, output) {
      const found = new Set();
      for (const chunk of Object.values(output)) {
        if (chunk.type !== 'chunk') continue;
        for (const [id, { renderedLength }] of Object.entries(chunk.modules)) if (renderedLength > 0) found.add(packageOf(id));
      }
      found.delete(undefined);
      mkdirSync(dirname(recordFile(bundle)), { recursive: true });
      writeFileSync(recordFile(bundle), `${JSON.stringify([...found].sort())}\n`);
    },
  };
}

/** @param {readonly string[]} bundles @returns {string[]} folders below node_modules @throws {Error} for a bundle that was not built */
export function recordedPackages(bundles) {
  const found = bundles.flatMap((bundle) => {
    if (!existsSync(recordFile(bundle))) throw new Error(`${recordFile(bundle)} is missing: remove dist/ and build again`);
    return /** @type {string[]} as recordPackages wrote it */ (JSON.parse(readFileSync(recordFile(bundle), 'utf8')));
  });
  return [...new Set(found)].sort();
}
