import { createRequire } from 'node:module';
import type { Browser } from '@playwright/test';
import { inProject } from '../../build/setup/project.mjs';
import { findProgram } from '../../build/setup/system-packages.mjs';

/** Measures in the system's Chromium, and says so where there is none. What fails is told, and is the program's exit code. */
export async function inChromium(measure: (browser: Browser) => Promise<void>): Promise<void> {
  const executablePath = findProgram('chromium');
  if (executablePath === undefined) {
    console.log('not measured: it needs Chromium');
    return;
  }
  // Playwright is not bundled: it looks for its own files.
  const { chromium } = createRequire(inProject('package.json'))('@playwright/test') as typeof import('@playwright/test');
  try {
    const browser = await chromium.launch({ executablePath });
    try {
      await measure(browser);
    } finally {
      await browser.close();
    }
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  }
}
