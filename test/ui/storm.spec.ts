import type { Page } from '@playwright/test';
import { INTERNET_STATUS } from '../../preload/contract/win32/constants/status';
import { expect, test, type InspectorWindow } from './window';

const CALLBACKS = 100_000;
const BURST = 1000;
/** Frames that are waited for to know how many there are in a second. */
const FRAMES = 30;
/** Part of its frames that a window keeps while main takes a storm in, on a machine whose two cores both are at work. */
const LEAST_PART = 1 / 4;

/** Frames a second, as the page counts them. */
function frameRate(page: Page): Promise<number> {
  return page.evaluate((count) => new Promise<number>((resolve) => {
    const began = performance.now();
    let left = count;
    const frame = (): void => {
      left -= 1;
      if (left === 0) resolve((count * 1000) / (performance.now() - began));
      else requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }), FRAMES);
}

/** Callbacks of one request in bursts, between which the loop comes round once: at least so many, and until it is told to end. */
async function storm({ core }: InspectorWindow, label: string, ends: () => boolean): Promise<number> {
  const hInternet = BigInt(core.node(label).raw);
  let told = 0;
  while (told < CALLBACKS || !ends()) {
    for (let one = 0; one < BURST; one += 1) {
      await core.engine.voice?.callback({
        hInternet, dwContext: 1n, dwInternetStatus: INTERNET_STATUS.INTERNET_STATUS_RESPONSE_RECEIVED, information: Uint8Array.of(one & 255, one >> 8, 0, 0), width: 'W', thread: 2, via: 'default',
      });
    }
    told += BURST;
    await new Promise((resolve) => { setImmediate(resolve); });
  }
  return told;
}

test('a storm of a hundred thousand callbacks and more leaves the window its keys and its frames', async ({ page, inspector }) => {
  test.slow();
  await inspector.open();
  await inspector.newClient(`${await inspector.core.silent()}/storm`);
  const calm = await frameRate(page);
  let done = false;
  const told = storm(inspector, 'GET /storm', () => done);
  // All of this is asked and answered while the storm goes on: it ends only afterwards.
  const stormy = await frameRate(page);
  await page.keyboard.press('Control+F');
  await page.keyboard.type('nowhere');
  await expect(page.getByText('No handle matches “nowhere”.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(inspector.row(/GET \/storm/)).toBeVisible();
  done = true;
  const callbacks = await told;
  expect(stormy).toBeGreaterThan(calm * LEAST_PART);
  await inspector.settled();
  const { log } = inspector.core.inspector.trace;
  expect(log.dropped).toBe(0);
  expect(log.length).toBeGreaterThan(callbacks);
  await expect(inspector.events().last()).toContainText('RESPONSE_RECEIVED');
});
