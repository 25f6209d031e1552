import type { Page } from '@playwright/test';

/** What a page says of itself while it is used. */
export interface Smoothness {
  /** Milliseconds from each frame to the next. */
  readonly frames: readonly number[];
  /** Bytes of the page's heap that are in use, after a collection. */
  readonly heap: number;
}

/** Zooming in and out and panning both ways, as with the keys of the timeline: W and S, A and D. */
const MOVES = [
  ...Array.from({ length: 12 }, () => 'KeyW'), ...Array.from({ length: 12 }, () => 'KeyD'), ...Array.from({ length: 12 }, () => 'KeyA'),
  ...Array.from({ length: 6 }, () => 'KeyS'), ...Array.from({ length: 12 }, () => 'KeyD'), ...Array.from({ length: 6 }, () => 'KeyS'),
];

/** Pans and zooms the timeline by its keys, as fast as the page takes them, and watches its frames. */
export async function panAndZoom(page: Page): Promise<Smoothness> {
  await page.getByRole('application', { name: /^Timeline/ }).focus();
  await page.keyboard.press('KeyF');
  await page.locator('body[data-idle=true]').waitFor();
  await page.evaluate(() => {
    const frames: number[] = [];
    let last = performance.now();
    const tick = (): void => {
      const now = performance.now();
      frames.push(now - last);
      last = now;
      if (Reflect.get(globalThis, 'watchedFrames') === frames) requestAnimationFrame(tick);
    };
    Reflect.set(globalThis, 'watchedFrames', frames);
    requestAnimationFrame(tick);
  });
  for (const key of MOVES) {
    await page.keyboard.press(key);
    // Each move is seen before the next is made, as a person's hand would have it.
    await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(resolve); }));
  }
  const frames = await page.evaluate(() => {
    // Set above.
    const watched = Reflect.get(globalThis, 'watchedFrames') as number[];
    Reflect.deleteProperty(globalThis, 'watchedFrames');
    return watched.slice(1);
  });
  await page.locator('body[data-idle=true]').waitFor();
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return { frames, heap: usedSize };
}
