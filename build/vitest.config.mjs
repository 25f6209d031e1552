// The suites that run in Node. `npx vitest run --config build/vitest.config.mjs --project unit` runs one alone.
import { defineConfig } from 'vitest/config';
import { root } from './setup/project.mjs';

/** @param {string} name folder below test/ @param {number} seconds a test may take */
function project(name, seconds) {
  return {
    root,
    test: {
      name,
      include: [`test/${name}/**/*.test.ts`],
      testTimeout: seconds * 1000,
      hookTimeout: seconds * 1000,
    },
  };
}

export default defineConfig({
  root,
  test: {
    maxWorkers: 2,
    projects: [project('unit', 20), project('conformance', 60), project('native', 120), project('package', 300)],
  },
});
