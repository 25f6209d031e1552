// What every bundle of one file has in common. Nothing is minified: what is shipped can be read, and its stack traces too.
import { basename, dirname } from 'node:path';
import { root } from '../setup/project.mjs';

/**
 * @param {string} output the bundle
 * @param {import('vite').BuildEnvironmentOptions} build what is its own; its `rolldownOptions.output` gets its file name
 * @returns {import('vite').InlineConfig}
 */
export function oneFile(output, { rolldownOptions, ...build }) {
  return {
    root,
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: 'warn',
    clearScreen: false,
    build: {
      outDir: dirname(output),
      emptyOutDir: false,
      minify: false,
      sourcemap: true,
      ...build,
      rolldownOptions: { ...rolldownOptions, output: { ...rolldownOptions?.output, entryFileNames: basename(output) } },
    },
  };
}
