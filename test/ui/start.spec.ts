import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, InspectorWindow, test } from './window';

test('an empty window teaches three starts, each one click', async ({ page, inspector }) => {
  await inspector.open();
  const start = page.getByRole('region', { name: 'Start' });
  for (const [button, opens] of [['New client', 'New client'], ['New server', 'New server']] as const) {
    await start.getByRole('button', { name: button }).click();
    await expect(inspector.dialog()).toHaveAccessibleName(opens);
    await page.keyboard.press('Escape');
    await expect(inspector.dialog()).toBeHidden();
  }
  await start.getByRole('button', { name: 'Take the tour' }).click();
  await expect(page.getByRole('article', { name: 'The tour' })).toBeVisible();
});

test('a window that waits for its main process says so, and one without it says what is wrong', async ({ page, inspector }) => {
  await page.goto('./');
  await expect(page.getByRole('alert')).toContainText('cannot be reached');
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();

  let answer: (() => void) | undefined;
  const held = new Promise<void>((resolve) => { answer = resolve; });
  inspector.hold('snapshot', held);
  const opened = inspector.open();
  await expect(page.getByText('Reaching the inspector…')).toBeVisible();
  answer?.();
  await opened;
  await expect(page.getByRole('region', { name: 'Start' })).toBeVisible();
});

test('a bridge that fails is an error with its reason, not an empty window', async ({ page, inspector }) => {
  inspector.hold('snapshot', Promise.reject(new Error('the pipe is broken')));
  await inspector.open();
  await expect(page.getByRole('alert')).toContainText('the pipe is broken');
});

test('when the engine is lost the window says so and every command that needs it says why it is off', async ({ page, inspector }) => {
  await inspector.open();
  await inspector.newClient(`${await inspector.core.silent()}/slow`);
  inspector.amend = (update) => ({ ...update, engine: { ...update.engine, lost: 'its process ended with code 3.' } });
  inspector.tell(inspector.core.handlers.snapshot());
  await expect(page.getByRole('alert')).toContainText('its process ended with code 3.');
  const button = page.getByRole('button', { name: 'New client' });
  await expect(button).toHaveAttribute('aria-disabled', 'true');
  await expect(button).toHaveAttribute('aria-description', /code 3/);
  // It can be pressed, and then says why it does nothing; Playwright itself would wait for it to come on.
  await button.click({ force: true });
  await expect(inspector.dialog()).toBeHidden();
  await expect(inspector.row(/GET \/slow/)).toBeVisible();
});

test('the theme follows the system until one is chosen, and the choice is kept and told', async ({ page, inspector }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await inspector.open();
  const html = page.locator('html');
  await expect(html).toHaveAttribute('data-theme', 'light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await page.keyboard.press('Control+Shift+L');
  await expect(html).toHaveAttribute('data-theme', 'light');
  await expect.poll(() => inspector.core.themes).toEqual(['light']);
  await page.reload();
  await expect(html).toHaveAttribute('data-theme', 'light');
  // And there is a way back: dark by name, then whatever the system has.
  await page.getByRole('button', { name: 'Theme: light' }).click();
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('button', { name: 'Theme: dark' }).click();
  await expect(page.getByRole('button', { name: 'Theme: as the system' })).toBeVisible();
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(html).toHaveAttribute('data-theme', 'light');
});

test('the toolbar is one stop of the Tab key; the arrows go through its controls and the letters of the filter', async ({ page, inspector }) => {
  await inspector.open();
  const toolbar = page.getByRole('toolbar', { name: 'Commands' });
  const focused = page.locator(':focus');
  await page.keyboard.press('Tab');
  await expect(focused).toHaveText('Pause view');
  await page.keyboard.press('ArrowRight');
  await expect(focused).toHaveText('New client');
  await page.keyboard.press('End');
  await expect(focused).toHaveAccessibleName('Keys');
  await page.keyboard.press('ArrowRight');
  await expect(focused).toHaveText('Pause view');
  expect(await toolbar.locator('[tabindex="0"]').count()).toBe(1);
  await page.keyboard.press('Control+F');
  await page.keyboard.type('ab');
  await page.keyboard.press('ArrowLeft');
  await expect(focused).toHaveAccessibleName('Filter handles, events and findings');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(focused).toHaveAccessibleName('Clear the filter');
  expect(await toolbar.locator('[tabindex="0"]').count()).toBe(1);
  await page.keyboard.press('Tab');
  expect(await toolbar.locator(':focus').count()).toBe(0);
});

test('the panes can be sized by keyboard alone, and keep their size', async ({ page, inspector }) => {
  await inspector.open();
  await inspector.newClient(`${await inspector.core.silent()}/slow`);
  const separator = page.getByRole('separator', { name: 'Width of the tree' });
  const before = Number(await separator.getAttribute('aria-valuenow'));
  await separator.focus();
  await page.keyboard.press('ArrowRight');
  await expect(separator).toHaveAttribute('aria-valuenow', String(before + 16));
  await page.keyboard.press('Home');
  await expect(separator).toHaveAttribute('aria-valuenow', '200');
  const box = await separator.boundingBox();
  if (box === null) throw new Error('the separator is not on the screen');
  await page.mouse.move(box.x, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + 60, box.y + 40, { steps: 4 });
  await page.mouse.up();
  await expect(separator).toHaveAttribute('aria-valuenow', '260');
});

test('a start that begins with the tour goes through all five by itself and ends on a summary', async ({ page }) => {
  const inspector = new InspectorWindow(page, true);
  try {
    await inspector.open();
    const tour = page.getByRole('article', { name: 'The tour' });
    await expect(tour.getByText('What Microsoft’s page says')).toBeVisible();
    await expect(tour.getByText('Documented').first()).toBeVisible();
    await expect(tour.getByText('Observed').first()).toBeVisible();
    await expect(tour.getByRole('heading', { name: 'What the tour has shown' })).toBeVisible({ timeout: 25_000 });
    await expect(tour).toContainText('5 of 5 ended as documented');
    await tour.getByRole('button', { name: /^Show Close a request while its answer/ }).click();
    await expect(inspector.row(/GET \/slow/).first()).toHaveAttribute('aria-selected', 'true');
    await expect(tour).toBeVisible();
    await expect(page.getByRole('treeitem').first()).toBeVisible();
    expect(inspector.errors).toEqual([]);
  } finally {
    await inspector.core.dispose();
  }
});

test('the tour by hand waits for Next', async ({ page, inspector }) => {
  await inspector.open();
  await page.keyboard.press('Shift+F1');
  const tour = page.getByRole('article', { name: 'The tour' });
  const next = tour.getByRole('button', { name: 'Next' });
  await expect(tour.getByText('What was observed')).toBeVisible();
  await expect(next).toHaveAttribute('aria-disabled', 'false');
  await expect(tour).toContainText('Stop 1 of 5');
  await next.click();
  await expect(tour).toContainText('Stop 2 of 5');
  await tour.getByRole('button', { name: 'Leave the tour' }).click();
  await expect(tour).toBeHidden();
});

/** It listens for twenty seconds that nothing comes: only a stop ends it sooner. */
const PATIENT = `scenario: patient
title: Listens for a long time
source: wininet.InternetOpen
notes: Nothing comes.
steps:
  - call: InternetOpen
    with: { lpszAgent: test, dwAccessType: INTERNET_OPEN_TYPE_DIRECT, dwFlags: [INTERNET_FLAG_ASYNC] }
    as: session
    expect: { returns: handle }
  - expect:
      callbacks: { handle: $session, exactly: [], quiet: 20000 }
`;

test('a scenario that runs can be stopped, and what it opened is closed', async ({ page }) => {
  const gallery = await mkdtemp(path.join(tmpdir(), 'gallery-'));
  await mkdir(path.join(gallery, 'more'));
  await writeFile(path.join(gallery, 'more', 'patient.yaml'), PATIENT);
  const inspector = new InspectorWindow(page, false, gallery);
  try {
    await inspector.open();
    await page.keyboard.press('Control+E');
    await inspector.dialog().getByRole('button', { name: 'Run this scenario' }).click();
    await expect(inspector.row(/Session/)).toBeVisible();
    const side = page.getByRole('tabpanel', { name: 'Scenario' });
    await side.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect(side.getByText('stopped', { exact: true })).toBeVisible();
    await expect(inspector.row(/Session.*closed/)).toBeVisible();
  } finally {
    await inspector.core.dispose();
    await rm(gallery, { recursive: true });
  }
});

test('the gallery finds a scenario by its text, marks what was searched for and runs it', async ({ page, inspector }) => {
  await inspector.open();
  await page.keyboard.press('Control+E');
  const dialog = inspector.dialog();
  await dialog.getByRole('textbox', { name: 'Find' }).fill('unknown id');
  await dialog.getByRole('listitem').getByRole('button', { name: /1229|unknown|known/i }).last().click();
  await expect(dialog.getByText('HttpCancelHttpRequest').first()).toBeVisible();
  await expect(dialog.getByRole('article').locator('mark').first()).toHaveText(/unknown|id/i);
  await dialog.getByRole('button', { name: 'Run this scenario' }).click();
  await expect(dialog).toBeHidden();
  const side = page.getByRole('tabpanel', { name: 'Scenario' });
  await expect(side.getByText('What was observed')).toBeVisible();
  await expect(side.getByText('as documented').first()).toBeVisible();
});
