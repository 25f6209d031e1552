// The preload runs in Chromium's sandbox, where require() knows `electron` and nothing else: whatever it
// imports must be inside the one file, and a Node built-in in it is an error now and not in the window.
import { basename, dirname } from 'node:path';
import { root } from '../setup/project.mjs';

/**
 * @param {string} entry source file
 * @param {string} output the bundle
 * @returns {import('vite').InlineConfig}
 */
export function preloadBundle(entry, output) {
  return {
    root,
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: 'warn',
    clearScreen: false,
    build: {
      target: 'chrome114',
      outDir: dirname(output),
      emptyOutDir: false,
      minify: false,
      sourcemap: true,
      modulePreload: false,
      rolldownOptions: {
        input: entry,
        platform: 'browser',
        external: ['electron'],
        preserveEntrySignatures: false,
        output: { format: 'cjs', entryFileNames: basename(output), codeSplitting: false },
        plugins: [
          {
            name: 'no-node-in-the-sandbox',
            resolveId(source, importer) {
              if (source.startsWith('node:')) throw new Error(`${importer} imports ${source}, which a sandboxed preload cannot load`);
              return null;
            },
          },
        ],
      },
    },
  };
}
