import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { pinFonts } from '../../build/pictures/pinned-fonts.mjs';
import { saveSession } from '../../electron/session/save';
import { syntheticTrace } from '../../electron/trace/synthetic';
import { Trace } from '../../electron/trace/trace';
import type { NewEvent } from '../../preload/contract/event';
import { seq } from '../../preload/contract/ids';
import { expect, test, type InspectorWindow } from './window';

// How the window looks, held to pictures of it in test/ui/looks. A change that is meant is taken over by `npm run looks`, and the pictures'
// difference is part of what is reviewed. Everything that moves by itself is kept out: fonts are pinned, recordings are made from a seed and
// shown as files, and what is real (times, ports) is covered up.

const THEMES = [
  { name: 'light', media: { colorScheme: 'light', forcedColors: 'none' } },
  { name: 'dark', media: { colorScheme: 'dark', forcedColors: 'none' } },
  { name: 'contrast', media: { colorScheme: 'dark', forcedColors: 'active' } },
] as const;

interface Look {
  readonly name: string;
  /** @returns what is covered up, since it is another one in every run */
  readonly show: (page: Page, inspector: InspectorWindow) => Promise<readonly Locator[] | void>;
}

let folder = '';
test.beforeEach(async ({ browser }, { config }) => {
  const { chromium } = JSON.parse(await readFile(path.join(import.meta.dirname, 'looks', 'made-with.json'), 'utf8')) as { readonly chromium: string };
  const here = browser.version().split('.')[0] ?? '';
  test.skip(config.updateSnapshots !== 'all' && here !== chromium, `the pictures were made with Chromium ${chromium}, and ${here} draws differently: npm run looks makes them anew`);
  folder = await mkdtemp(path.join(tmpdir(), 'hlooks-'));
});
test.afterEach(async () => { if (folder !== '') await rm(folder, { recursive: true }); });

/** The last handle is closed once more: there is something to find. */
function withMisuse(events: readonly NewEvent[]): readonly NewEvent[] {
  const last = events.at(-1);
  const close = events.findLast((event) => event.kind === 'call' && event.api === 'InternetCloseHandle');
  if (last?.kind !== 'return' || close === undefined) throw new Error('a synthetic trace ends with a close');
  const ended = last.time ?? 0;
  const failed = { ...last, call: seq(events.length), time: ended + 8, outcome: 'failure' as const, returns: 0, error: 6 };
  return [...events, { ...close, time: ended + 7 }, failed];
}

async function saved(name: string, seed: number): Promise<string> {
  const trace = new Trace();
  for (const event of withMisuse([...syntheticTrace({ events: 700, handles: 28, seed })])) trace.append(event);
  const file = path.join(folder, name);
  const written = await saveSession(trace, file, { application: 'test', engine: { kind: 'portable', description: 'test' } });
  if (!written.ok) throw new Error(written.error);
  return file;
}

/** A recording of before, whole on the lanes, with one of its requests selected. */
async function busy(page: Page, inspector: InspectorWindow): Promise<void> {
  inspector.core.answers.open = await saved('busy.hinspect', 3);
  await page.keyboard.press('Control+o');
  await expect(page.getByRole('status').filter({ hasText: 'Recorded earlier' })).toBeVisible();
  await inspector.row(/GET \/item\/9\b/).click();
  await page.keyboard.press('f');
}

const status = (page: Page): Locator => page.getByRole('contentinfo', { name: 'Status' });
const lanes = (page: Page): readonly Locator[] => [page.getByRole('application', { name: /^Timeline/ }), page.locator('canvas')];

const LOOKS: readonly Look[] = [
  { name: 'empty', show: async () => {} },
  {
    name: 'tour',
    show: async (page, inspector) => {
      await page.getByRole('region', { name: 'Start' }).getByRole('button', { name: 'Take the tour' }).click();
      const tour = page.getByRole('article', { name: 'The tour' });
      await expect(tour.getByRole('button', { name: 'Next' })).toHaveAttribute('aria-disabled', 'false');
      await inspector.settled();
      return [...lanes(page), inspector.row(/127\.0\.0\.1/), page.getByRole('listbox', { name: /^Events/ }), status(page), tour.locator('dd')];
    },
  },
  { name: 'recording', show: busy },
  {
    name: 'event',
    show: async (page, inspector) => {
      await busy(page, inspector);
      // By key: a click on the first line that is drawn may scroll the list first, by more or less.
      await page.getByRole('listbox', { name: /^Events/ }).focus();
      await page.keyboard.press('Home');
      await expect(inspector.events().first()).toHaveAttribute('aria-selected', 'true');
    },
  },
  {
    name: 'findings',
    show: async (page, inspector) => {
      await busy(page, inspector);
      await page.getByRole('tab', { name: /^Findings/ }).click();
      await page.getByRole('listbox', { name: /^Findings:/ }).getByRole('option').first().click();
    },
  },
  {
    name: 'filtered',
    show: async (page, inspector) => {
      await busy(page, inspector);
      await page.getByRole('combobox', { name: /^Filter/ }).fill('fn:InternetCloseHandle -item/9');
      await expect(page.getByText(/\d found/)).toBeVisible();
    },
  },
  {
    name: 'new-client',
    show: async (page, inspector) => {
      await page.keyboard.press('Control+n');
      await expect(inspector.dialog()).toBeVisible();
    },
  },
  {
    name: 'gallery',
    show: async (page, inspector) => {
      await page.keyboard.press('Control+e');
      await expect(inspector.dialog().getByRole('article')).toBeVisible();
    },
  },
  {
    name: 'compare',
    show: async (page, inspector) => {
      await busy(page, inspector);
      inspector.core.opened = await saved('after.hinspect', 4);
      await inspector.menu('compare');
      await expect(inspector.dialog().getByRole('option', { selected: true })).toHaveAttribute('aria-label', /;/);
    },
  },
  {
    name: 'sweep',
    show: async (page, inspector) => {
      await page.keyboard.press('Control+e');
      await inspector.dialog().getByRole('button', { name: /Close a request while its answer is still on the way/i }).click();
      await inspector.dialog().getByRole('button', { name: 'Close sweep of it' }).click();
      const panel = page.getByRole('tabpanel', { name: 'Close sweep' });
      await panel.getByRole('button', { name: 'Run the sweep' }).click();
      // All of it has run: until then it says how much has not.
      await expect(panel.getByRole('status')).toHaveText(/\d+ moments: none with findings$/);
      await expect(panel.getByRole('button', { name: 'Run the sweep' })).toBeVisible();
      const times = panel.getByRole('cell', { name: /^[\d.]+ (µs|ms)$/ });
      return [times, status(page)];
    },
  },
];

for (const { name, show } of LOOKS) {
  test(`${name} looks as it did, in three themes`, async ({ page, inspector }) => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.addInitScript(pinFonts());
    await page.emulateMedia({ ...THEMES[1].media, reducedMotion: 'reduce' });
    await inspector.open();
    const mask = [...(await show(page, inspector) ?? [])];
    await page.evaluate(async () => { await document.fonts.ready; });
    // No row, button or lane is hovered.
    await page.mouse.move(0, 799);
    for (const theme of THEMES) {
      await page.emulateMedia(theme.media);
      await inspector.settled();
      await expect(page).toHaveScreenshot(`${name}-${theme.name}.png`, { mask, maskColor: '#808080' });
    }
  });
}
