// Everything that runs in Node: Electron's main process, the command line, the preload, a benchmark.
// One CommonJS file each, for Node 18 (the test runtime's), so that nothing but Electron, Node and koffi is
// looked up at run time.
import { builtinModules } from 'node:module';
import { oneFile } from './one-file.mjs';

/** koffi finds its native file beside itself; Electron is the host. */
const hosted = ['electron', /^electron\//, 'koffi', /^node:/, ...builtinModules];

/**
 * @param {string} entry source file
 * @param {string} output the bundle
 * @returns {import('vite').InlineConfig}
 */
export function nodeBundle(entry, output) {
  return {
    ...oneFile(output, {
      ssr: true,
      target: 'node18',
      rolldownOptions: { input: entry, external: hosted, output: { format: 'cjs', codeSplitting: false } },
    }),
    ssr: { noExternal: true, target: 'node' },
  };
}
