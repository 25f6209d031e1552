import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bringUp, SCREENS } from './screens';
import { expect, test } from './window';

/** 1280 × 800 at 200 %: the page has half of it in CSS pixels. */
test.use({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });

let folder = '';
test.beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), 'hzoom-')); });
test.afterEach(async () => rm(folder, { recursive: true }));

for (const screen of SCREENS) {
  test(`at 200 % everything in ${screen.name} can be reached`, async ({ page, inspector }) => {
    await bringUp(screen, { inspector, page, folder });
    const unreachable = await page.evaluate(() => {
      const root = document.querySelector('dialog[open], [role=menu]') ?? document.body;
      const found: string[] = [];
      if (document.documentElement.scrollWidth > innerWidth) found.push(`the page is ${document.documentElement.scrollWidth} px wide`);
      for (const element of root.querySelectorAll<HTMLElement>('button, input, select, textarea, [role=tab], h1, h2, h3, h4, p, [role=separator], footer > *')) {
        // What is there for a screen reader alone, or nowhere, is reached by no eye.
        if (!element.checkVisibility() || element.closest('[aria-hidden=true]') !== null || element.getBoundingClientRect().width <= 1) continue;
        element.scrollIntoView({ block: 'center', inline: 'nearest' });
        const box = element.getBoundingClientRect();
        const seen = box.left >= 0 && box.right <= innerWidth + 1 && box.top >= -1 && box.top + Math.min(box.height, 12) <= innerHeight;
        const hit = document.elementFromPoint(box.left + Math.min(box.width, 12) / 2, box.top + Math.min(box.height, 12) / 2);
        const free = hit !== null && (element.contains(hit) || hit.contains(element) || element.tagName === 'INPUT' && hit.closest('label') !== null);
        if (!seen || !free) {
          const words = element.getAttribute('aria-label') ?? element.textContent ?? '';
          found.push(`${element.tagName} “${words.slice(0, 40)}” at ${Math.round(box.left)},${Math.round(box.top)} ${Math.round(box.width)} × ${Math.round(box.height)}, under ${hit?.tagName ?? 'nothing'} ${hit?.className ?? ''}`);
        }
      }
      return found;
    });
    expect(unreachable).toEqual([]);
  });
}
