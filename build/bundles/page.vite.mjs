// A script that a benchmark runs in a browser: one file, for whichever Chromium is there.
import { basename, dirname } from 'node:path';
import { root } from '../setup/project.mjs';

/**
 * @param {string} entry source file
 * @param {string} output the bundle
 * @returns {import('vite').InlineConfig}
 */
export function pageBundle(entry, output) {
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
        output: { format: 'iife', entryFileNames: basename(output) },
      },
    },
  };
}
