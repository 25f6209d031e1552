import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { inProject } from '../../build/setup/project.mjs';

/** Playwright is not bundled: it looks for its own files. */
const { _electron } = createRequire(inProject('package.json'))('@playwright/test') as typeof import('@playwright/test');

export interface Started {
  readonly electron: ElectronApplication;
  readonly page: Page;
  /** Milliseconds from asking for the process to a window that can be used. */
  readonly ms: number;
}

/** Whether build/bench.mjs found an Electron and a display to run it on. */
export function hasElectron(): boolean {
  return process.env['HINSPECTOR_ELECTRON'] !== undefined;
}

/** Starts an application in a real Electron and waits until its page has nothing left to do. @param folder its package.json lies there */
export async function startApp(folder: string, args: readonly string[], wait = 60_000): Promise<Started> {
  const executablePath = process.env['HINSPECTOR_ELECTRON'];
  const began = performance.now();
  const electron = await _electron.launch({ args: [folder, ...args], ...(executablePath === undefined ? {} : { executablePath }), timeout: wait });
  const page = await electron.firstWindow({ timeout: wait });
  await page.locator('body[data-idle=true]').waitFor({ timeout: wait });
  return { electron, page, ms: performance.now() - began };
}

/** Runs something with a folder of its own that is gone afterwards. */
export async function inFolder<T>(run: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'hinspector-bench-'));
  try {
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
