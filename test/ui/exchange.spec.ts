import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { saveSession } from '../../electron/session/save';
import { syntheticTrace } from '../../electron/trace/synthetic';
import { Trace } from '../../electron/trace/trace';
import type { NewEvent } from '../../preload/contract/event';
import { expect, test } from './window';

const BY = { application: 'test', engine: { kind: 'portable', description: 'test' } };

let folder = '';
test.beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), 'hexchange-')); });
test.afterEach(async () => rm(folder, { recursive: true }));

/** The recording that the window shows, saved with some of its events changed. */
async function savedAs(name: string, events: readonly NewEvent[]): Promise<string> {
  const trace = new Trace();
  for (const event of events) trace.append(event);
  const file = path.join(folder, name);
  const saved = await saveSession(trace, file, BY);
  if (!saved.ok) throw new Error(saved.error);
  return file;
}

const SHAPE = { events: 12_000, handles: 120, seed: 3 };

test('a recording is exported to where the person says, and the output says so', async ({ inspector, page }) => {
  inspector.core.fill({ events: 300, handles: 10, seed: 3 });
  inspector.core.folder = folder;
  await inspector.open();
  await inspector.menu('export');
  await inspector.dialog().getByRole('radio', { name: /^CSV/ }).check();
  await inspector.dialog().getByRole('button', { name: 'Choose a file…' }).click();
  await expect(page.getByRole('status').getByText('Exported to hinspector.csv.')).toBeAttached();
  expect((await readFile(path.join(folder, 'hinspector.csv'), 'utf8')).split('\r\n').length).toBeGreaterThan(300);
});

test('nothing is written when the person thinks better of it', async ({ inspector }) => {
  inspector.core.fill({ events: 300, handles: 10, seed: 3 });
  await inspector.open();
  await inspector.menu('export');
  await inspector.dialog().getByRole('button', { name: 'Choose a file…' }).click();
  await expect(inspector.dialog()).toBeHidden();
});

test('the timeline is drawn as a picture with its names, ruler and legend', async ({ inspector, page }) => {
  inspector.core.fill({ events: 300, handles: 10, seed: 3 });
  await inspector.open();
  await page.evaluate(() => {
    const bridge = Reflect.get(window, 'inspector') as Record<string, unknown>;
    Object.defineProperty(window, 'inspector', { value: { ...bridge, exportAs: async (request: unknown) => { Reflect.set(window, 'asked', request); return { ok: true, value: { kind: 'written', name: 'x.svg' } }; } } });
  }).catch(() => {});
  await inspector.menu('export');
  await inspector.dialog().getByRole('radio', { name: /^SVG/ }).check();
  await inspector.dialog().getByRole('radio', { name: 'The whole recording' }).check();
  await inspector.dialog().getByRole('button', { name: 'Choose a file…' }).click();
  await expect.poll(() => page.evaluate(() => typeof Reflect.get(window, 'asked'))).toBe('object');
  const svg = await page.evaluate(() => new TextDecoder().decode((Reflect.get(window, 'asked') as { readonly bytes: Uint8Array }).bytes));
  expect(svg).toMatch(/^<svg xmlns/);
  for (const words of ['127.0.0.1:8080', 'GET /item/3', 'HANDLE_CLOSING', 'received, not answered']) expect(svg).toContain(words);
  const drawn = await page.evaluate((text) => new Promise((resolve) => {
    const image = new Image();
    image.addEventListener('load', () => resolve(image.naturalHeight));
    image.addEventListener('error', () => resolve(0));
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  }), svg);
  expect(drawn).toBeGreaterThan(300);
});

test('two recordings stand beside each other, and the next difference is a key away', async ({ inspector, page }) => {
  inspector.core.fill(SHAPE);
  const events = [...syntheticTrace(SHAPE)];
  const changed = events.map((event, index): NewEvent => (index > 40 && index % 1500 < 2 && event.kind === 'return' ? { ...event, outcome: 'failure', error: 12_030, returns: 0 } : event));
  inspector.core.opened = await savedAs('after.hinspect', changed);
  await inspector.open();
  await inspector.menu('compare');
  const dialog = inspector.dialog();
  await expect(dialog.getByRole('heading')).toHaveText('Compare: This recording with after.hinspect');
  await expect(dialog.getByRole('status').first()).toContainText(/\d+ changed/);
  const chosen = dialog.getByRole('option', { selected: true });
  await expect(chosen).toHaveAttribute('aria-label', /^changed; /);
  const before = await chosen.getAttribute('aria-posinset');
  await dialog.getByRole('listbox').focus();
  await page.keyboard.press('F8');
  await expect(chosen).not.toHaveAttribute('aria-posinset', before ?? '');
  await expect(chosen).toHaveAttribute('aria-label', /^changed; /);
  await expect(dialog.getByRole('row', { name: /^result/ })).toContainText('12030');
  await dialog.getByLabel('Differences only').check();
  await expect(dialog.getByRole('option').first()).toHaveAttribute('aria-setsize', /^\d{1,2}$/);
});

test('rows that are fetched while the list grows are shown', async ({ inspector, page }) => {
  inspector.core.fill({ events: 300, handles: 10, seed: 3 });
  inspector.core.opened = await savedAs('same.hinspect', [...syntheticTrace({ events: 300, handles: 10, seed: 3 })]);
  await inspector.open();
  let answer = (): void => {};
  inspector.hold('comparedRows', new Promise((resolve) => { answer = resolve; }));
  await inspector.menu('compare');
  const rows = inspector.dialog().getByRole('listbox', { name: /^Steps/ }).getByRole('option');
  await expect(rows.first()).toBeVisible();
  await page.setViewportSize({ width: 1440, height: 1000 });
  answer();
  await expect(rows.filter({ hasText: 'InternetOpen' }).first()).toBeVisible();
});

test('a recording that is compared with itself has no difference', async ({ inspector }) => {
  inspector.core.fill({ events: 300, handles: 10, seed: 3 });
  inspector.core.opened = await savedAs('same.hinspect', [...syntheticTrace({ events: 300, handles: 10, seed: 3 })]);
  await inspector.open();
  await inspector.menu('compare');
  await expect(inspector.dialog().getByRole('status').first()).toContainText('The recordings are the same in all');
  await expect(inspector.dialog().getByRole('button', { name: /^Next/ })).toHaveAttribute('aria-disabled', 'true');
});

test('a file that is no recording is refused in words', async ({ inspector, page }) => {
  inspector.core.fill({ events: 300, handles: 10, seed: 3 });
  inspector.core.opened = path.join(folder, 'missing.hinspect');
  await inspector.open();
  await inspector.menu('compare');
  await expect(page.getByText(/missing\.hinspect/).first()).toBeVisible();
  await expect(inspector.dialog()).toBeHidden();
});
