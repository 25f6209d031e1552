// The real application in a real Electron. build/suites/e2e.mjs gives it a display and says which Electron.
import { defineConfig } from '@playwright/test';
import { inProject } from '../setup/project.mjs';

export default defineConfig({
  testDir: inProject('test', 'e2e'),
  testMatch: /\.(test|spec)\.ts$/,
  outputDir: inProject('test-results', 'e2e'),
  // One window at a time: two would fight over the keyboard focus and over the two cores.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: { trace: 'retain-on-failure' },
});
