import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { holdInCallback } from './stage';
import { expect, test } from './window';

function text(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Text of the scenario' });
}

function pane(page: Page): Locator {
  return page.getByRole('article', { name: 'The scenario' });
}

test('a scenario is edited, its mistake is told and mended, it is stepped, held inside a callback, and its results stand beside the expectations', async ({ page, inspector }) => {
  // A whole journey, and letters typed one by one.
  test.slow();
  await inspector.open();
  await page.keyboard.press('Control+E');
  await inspector.dialog().getByRole('button', { name: 'Close a request inside one of its own callbacks', exact: true }).click();
  await inspector.dialog().getByRole('button', { name: 'Edit', exact: true }).click();

  // A mistake is told at its line and column as it is typed, and what is wrong cannot be run.
  await text(page).click();
  await page.keyboard.press('Control+End');
  await page.locator('.cm-line').filter({ hasText: /call: HttpSendRequest$/ }).click();
  await page.keyboard.press('End');
  await page.keyboard.type('x');
  await page.keyboard.press('Escape');
  const mistake = pane(page).getByRole('list', { name: '1 mistake' }).getByRole('button');
  await expect(mistake).toContainText('42:11');
  await expect(mistake).toContainText('No function is named "HttpSendRequestx". Did you mean "HttpSendRequest');
  await page.keyboard.press('F5');
  await expect(pane(page).getByRole('alert')).toContainText('line 42, column 11');

  // Mended with what the language offers, it is stepped.
  await mistake.click();
  await page.keyboard.press('End');
  for (let letter = 0; letter < 'Requestx'.length; letter += 1) await page.keyboard.press('Backspace');
  await page.keyboard.type('Req');
  // By pointer: the editor takes no Enter for the first moments of its list, lest a line's end chooses from it.
  await page.getByRole('listbox', { name: 'Completions' }).getByRole('option').filter({ hasText: /^HttpSendRequest(?!Ex)/ }).first().click();
  await expect(pane(page).getByText('9 steps, no mistakes')).toBeVisible();
  await page.keyboard.press('F10');
  await expect(pane(page).getByText('Held before step 1: InternetOpen()')).toBeVisible();
  await page.keyboard.press('F10');
  await expect(pane(page).getByText('Held before step 2: InternetSetStatusCallback($session)')).toBeVisible();
  await expect(inspector.events().last()).toContainText('Held before step 2');

  // It is held inside the callback, while all else in the window goes on.
  await pane(page).getByRole('button', { name: /^Break on/ }).click();
  await page.getByRole('checkbox', { name: 'REDIRECT', exact: true }).check();
  await page.keyboard.press('Escape');
  await page.keyboard.press('F5');
  await expect(pane(page).getByText(/^Held in REDIRECT: thread \d+ waits inside the callback/)).toBeVisible();
  await expect(inspector.events().filter({ hasText: 'REDIRECT' }).first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Control+n');
  await expect(inspector.dialog()).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('F5');

  await expect(pane(page).getByText('as documented', { exact: true }).first()).toBeVisible();
  await pane(page).getByRole('tab', { name: /^Results/ }).click();
  const results = pane(page).getByRole('group', { name: 'Results of the steps' });
  await expect(results.getByRole('listitem').filter({ hasText: '5.1' })).toContainText('InternetCloseHandle($request)');
  await expect(results.getByRole('row').filter({ hasText: 'REDIRECT' })).toHaveText(/REDIRECT\s*REDIRECT/);
  await results.getByRole('button', { name: 'Show the events of step 6, HttpSendRequest($request)' }).click();
  await expect(inspector.events().filter({ hasText: '→HttpSendRequest' })).toHaveAttribute('aria-selected', 'true');
  await pane(page).getByRole('button', { name: 'Copy', exact: true }).click();
  await expect.poll(() => inspector.core.clipboard.at(-1)).toContain('every expectation held');
  expect(inspector.errors).toEqual([]);
});

test('a run that is held can be stopped, and what it opened is closed', async ({ page, inspector }) => {
  await inspector.open();
  await holdInCallback({ page, inspector });
  await expect(pane(page).getByText(/^Held in REDIRECT/)).toBeVisible();
  await page.keyboard.press('Shift+F5');
  await expect(pane(page).getByText('stopped', { exact: true })).toBeVisible();
  await expect(inspector.row(/Session.*closed/)).toBeVisible();
});

test('what was changed is kept when the window is closed; it is saved as a file of its own, and reverted', async ({ page, inspector }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'scenario-'));
  try {
    await inspector.open();
    await page.keyboard.press('Control+E');
    await inspector.dialog().getByRole('button', { name: 'Edit', exact: true }).click();
    await text(page).click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('# mine');
    await page.keyboard.press('Enter');
    await expect(pane(page).getByText('edited', { exact: true })).toBeVisible();
    await page.reload();
    await page.keyboard.press('Control+E');
    await expect(inspector.dialog().getByText('Its text, as you have changed it')).toBeVisible();
    await inspector.dialog().getByRole('button', { name: 'Edit', exact: true }).click();
    await expect(text(page)).toContainText('# mine');

    inspector.core.folder = folder;
    await pane(page).getByRole('button', { name: 'Save as…' }).click();
    await expect.poll(() => readFile(path.join(folder, '1-close-a-slow-request-while-it-is-pending.yaml'), 'utf8').catch(() => '')).toMatch(/^# mine\nscenario: /);
    await text(page).click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('# more ');
    await expect(pane(page).getByText('not saved', { exact: true })).toBeVisible();
    await pane(page).getByRole('button', { name: 'Revert' }).click();
    await expect(text(page)).not.toContainText('# more');
    inspector.core.opened = path.join(folder, '1-close-a-slow-request-while-it-is-pending.yaml');
    await inspector.menu('scenario-open');
    await expect(text(page)).toContainText('# mine');
    await page.keyboard.press('Control+E');
    await expect(inspector.dialog().getByRole('heading', { name: 'Your own' })).toBeVisible();
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('all scenarios of a rule run with one click, and the state of each stands beside it', async ({ page, inspector }) => {
  await inspector.open();
  await page.keyboard.press('Control+E');
  const rule = inspector.dialog().getByRole('region', { name: 'Rule 6' });
  await expect(rule).toContainText('GetLastError says ERROR_IO_PENDING when requests were outstanding');
  await rule.getByRole('button', { name: 'Run all 2 of rule 6' }).click();
  await expect(inspector.dialog().getByRole('status')).toContainText('2 ran: 2 held');
  await expect(rule.getByText('held', { exact: false })).toHaveCount(2);
  await expect(inspector.dialog().getByRole('region', { name: 'Rule 7' })).toContainText('session 0');
  await inspector.dialog().getByRole('button', { name: 'Its page: InternetCloseHandle' }).click();
  await expect.poll(() => inspector.core.pages).toEqual(['https://learn.microsoft.com/windows/win32/api/wininet/nf-wininet-internetclosehandle']);
});
