// The page: React, CSS modules and assets, every path relative, since app:// serves the folder from its root.
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { manualPages } from './manual-pages.mjs';

/**
 * What a start needs goes as one file: each of many would cost a way to main and back, and small ones compress badly.
 * @param {string} source folder with index.html
 * @returns {(id: string, context: {getModuleInfo: (id: string) => {importedIds?: string[]} | null}) => string | null}
 */
function startGroup(source) {
  const entry = join(source, 'main.tsx');
  /** @type {Set<string> | undefined} */
  let needed;
  return (id, context) => {
    if (needed === undefined) {
      const found = new Set([entry]);
      for (const one of found) for (const imported of context.getModuleInfo(one)?.importedIds ?? []) found.add(imported);
      needed = found;
    }
    // The entry stays a file of its own, by which what is built is known.
    return id !== entry && needed.has(id) ? 'start' : null;
  };
}

/**
 * @param {string} source folder with index.html
 * @param {string} output folder
 * @returns {import('vite').InlineConfig}
 */
export function rendererBundle(source, output) {
  return {
    root: source,
    configFile: false,
    envDir: false,
    base: './',
    logLevel: 'warn',
    clearScreen: false,
    plugins: [react(), manualPages()],
    build: {
      target: 'chrome114',
      outDir: output,
      emptyOutDir: true,
      sourcemap: true,
      // The CSP has no inline scripts and no data: scripts or fonts; one file an asset keeps to it.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rolldownOptions: { output: { codeSplitting: { groups: [{ name: startGroup(source), debugName: 'start' }] } } },
      reportCompressedSize: false,
    },
  };
}
