// The page alone in Debian's Chromium, the newest engine that will run it, over a stand-in for the preload.
import { defineConfig } from '@playwright/test';
import { inProject } from '../setup/project.mjs';
import { findProgram } from '../setup/system-packages.mjs';

const chromium = process.env['HINSPECTOR_CHROMIUM'] ?? findProgram('chromium');
const port = Number(process.env['HINSPECTOR_UI_PORT'] ?? 4317);

/** Whatever the machine's own screen and fonts are set to. */
const drawsAlike = ['--font-render-hinting=none', '--disable-lcd-text', '--force-color-profile=srgb'];

export default defineConfig({
  testDir: inProject('test', 'ui'),
  testMatch: /\.(test|spec)\.tsx?$/,
  outputDir: inProject('test-results', 'ui'),
  // Beside the test that is held to them. A pixel may differ by what no eye sees, and some hundred at the edges of letters and lines.
  snapshotPathTemplate: inProject('test', 'ui', 'looks', '{arg}{ext}'),
  expect: { toHaveScreenshot: { threshold: 0.1, maxDiffPixels: 400, animations: 'disabled', caret: 'hide', scale: 'css' } },
  workers: 2,
  // Or the longest file would end alone.
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 30_000,
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: { args: drawsAlike, ...(chromium ? { executablePath: chromium } : {}) },
  },
  webServer: {
    command: `"${process.execPath}" "${inProject('build', 'playwright', 'serve.mjs')}" ${port}`,
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: false,
  },
});
