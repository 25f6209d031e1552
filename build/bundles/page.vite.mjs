// A script that a benchmark runs in a browser: one file, for whichever Chromium is there.
import { oneFile } from './one-file.mjs';

/**
 * @param {string} entry source file
 * @param {string} output the bundle
 * @returns {import('vite').InlineConfig}
 */
export function pageBundle(entry, output) {
  return oneFile(output, {
    target: 'chrome114',
    modulePreload: false,
    rolldownOptions: { input: entry, output: { format: 'iife' } },
  });
}
