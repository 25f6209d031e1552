// The preload runs in Chromium's sandbox, where require() knows `electron` and nothing else: whatever it
// imports must be inside the one file, and a Node built-in in it is an error now and not in the window.
import { oneFile } from './one-file.mjs';

/**
 * @param {string} entry source file
 * @param {string} output the bundle
 * @returns {import('vite').InlineConfig}
 */
export function preloadBundle(entry, output) {
  return oneFile(output, {
    target: 'chrome114',
    modulePreload: false,
    rolldownOptions: {
      input: entry,
      platform: 'browser',
      external: ['electron'],
      preserveEntrySignatures: false,
      output: { format: 'cjs', codeSplitting: false },
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
  });
}
