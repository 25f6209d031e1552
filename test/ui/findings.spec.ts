import { expect, test, type InspectorWindow } from './window';

/** A request that was answered, closed, used once more and closed once more. */
async function misuse(inspector: InspectorWindow): Promise<void> {
  const url = await inspector.core.peer((_request, response) => { response.end('x'); });
  await inspector.newClient(`${url}/misused`);
  await expect(inspector.events().last()).toContainText('InternetReadFile');
  const request = BigInt(inspector.core.node('GET /misused').raw);
  const by = { origin: 'test' };
  await inspector.core.inspector.call('InternetCloseHandle', { hInternet: request }, by);
  await expect(inspector.row('HTTP request GET /misused, closed')).toBeVisible();
  await inspector.core.inspector.call('InternetQueryOption', { hInternet: request, dwOption: 9 }, by);
  await inspector.core.inspector.call('InternetCloseHandle', { hInternet: request }, by);
}

test('a trace without a fault says what it is held to', async ({ page, inspector }) => {
  await inspector.open();
  const url = await inspector.core.peer((_request, response) => { response.end('x'); });
  await inspector.newClient(`${url}/ok`);
  await page.getByRole('tab', { name: 'Findings' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Findings' })).toContainText('Nothing in this trace breaks a lifetime rule.');
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('no findings');
});

test('a misuse is counted, badged and listed; choosing it goes to its event and handle', async ({ page, inspector }) => {
  await inspector.open();
  await misuse(inspector);
  const raised = (): number => inspector.core.handlers.findings().findings.length;
  expect(raised()).toBeGreaterThanOrEqual(2);
  await expect(page.getByRole('tab', { name: /^Findings/ })).toHaveAccessibleName(`Findings ${raised()}`);
  await expect(inspector.row(/GET \/misused, closed, 2 findings/)).toBeVisible();
  await page.getByRole('contentinfo', { name: 'Status' }).getByRole('button', { name: /error/ }).click();
  const list = page.getByRole('listbox', { name: /^Findings: .*error/ });
  await expect(list.getByRole('option')).toHaveCount(raised());
  await expect(list).toContainText('error');
  await inspector.row('Session').first().click();
  const first = list.getByRole('option', { name: /GET \/misused/ }).first();
  await first.click();
  await expect(first).toHaveAttribute('aria-selected', 'true');
  await expect(inspector.row(/GET \/misused/)).toHaveAttribute('aria-selected', 'true');
  const told = inspector.core.handlers.findings().findings.find((finding) => finding.handle === inspector.core.node('GET /misused').id);
  const panel = page.getByRole('complementary', { name: 'The finding' });
  await expect(panel).toContainText(told?.fix ?? 'no fix');
  await expect(panel).toContainText(told?.page ?? 'no page');
  await expect(page.getByRole('tabpanel', { name: 'Details' })).toContainText(`#${told?.events[0]} `);
});

test('a rule is muted on one handle with a reason, shown all the same when asked for, and told again', async ({ page, inspector }) => {
  await inspector.open();
  await misuse(inspector);
  await page.getByRole('tab', { name: /^Findings/ }).click();
  const panel = page.getByRole('tabpanel', { name: 'Findings' });
  const list = panel.getByRole('listbox', { name: /^Findings:/ });
  const all = inspector.core.handlers.findings().findings.length;
  await expect(list.getByRole('option')).toHaveCount(all);
  await list.getByRole('option', { name: /closed-twice|second time/ }).click();
  const about = panel.getByRole('complementary', { name: 'The finding' });
  await about.getByRole('button', { name: 'Mute this…' }).click();
  await expect(about.getByRole('button', { name: 'Mute', exact: true })).toBeDisabled();
  await about.getByLabel('Reason').fill('Our logger closes once more.');
  await page.keyboard.press('Enter');
  await expect(panel).toContainText('1 finding is muted');
  await expect(list.getByRole('option')).toHaveCount(all - 1);
  await expect(inspector.row(/GET \/misused, closed, 1 finding/)).toBeVisible();
  expect(inspector.core.inspector.trace.annotations.mutes).toMatchObject([{ rule: 'closed-twice', handle: inspector.core.node('GET /misused').id, reason: 'Our logger closes once more.' }]);
  await panel.getByRole('button', { name: 'Show them' }).click();
  await expect(list.getByRole('option', { name: /^muted/ })).toHaveCount(1);
  await panel.getByRole('button', { name: 'The mute' }).click();
  await expect(about).toContainText('closed-twice is muted on GET /misused');
  await expect(about).toContainText('Our logger closes once more.');
  await about.getByRole('button', { name: 'Tell it again' }).click();
  await inspector.dialog().getByRole('button', { name: 'Remove it' }).click();
  await expect(panel).not.toContainText('muted');
  await expect(list.getByRole('option')).toHaveCount(all);
});

test('the arrows go from finding to finding', async ({ page, inspector }) => {
  await inspector.open();
  await misuse(inspector);
  await page.getByRole('tab', { name: /^Findings/ }).click();
  const list = page.getByRole('listbox', { name: /^Findings:/ });
  await list.focus();
  await page.keyboard.press('End');
  await expect(list.getByRole('option').last()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Home');
  await expect(list.getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
});

test('open handles stand by who made them; all of a group are closed, each with its report', async ({ page, inspector }) => {
  await inspector.open();
  const url = await inspector.core.silent();
  for (const name of ['a', 'b', 'c']) await inspector.newClient(`${url}/${name}`);
  await page.getByRole('tab', { name: /^Open handles/ }).click();
  const group = page.getByRole('list', { name: 'Open handles by who made them' }).getByRole('listitem').filter({ hasText: '3 × HTTP request' });
  await expect(group.getByText('HttpOpenRequest')).toBeVisible();
  await group.getByRole('button', { name: /GET \/b/ }).click();
  await expect(inspector.row(/GET \/b/)).toHaveAttribute('aria-selected', 'true');
  await group.getByRole('button', { name: 'Close all of these' }).click();
  await expect(inspector.dialog()).toHaveAccessibleName('Close 3 handles?');
  await expect(inspector.dialog()).toContainText('Ends 3 pending operations');
  await inspector.dialog().getByRole('button', { name: 'Keep it' }).click();
  await group.getByRole('button', { name: 'Close all of these' }).click();
  await inspector.dialog().getByRole('button', { name: 'Close them' }).click();
  await expect(group).toHaveCount(0);
  for (const name of ['a', 'b', 'c']) await expect(inspector.row(`HTTP request GET /${name}, closed`)).toBeVisible();
  await page.getByRole('tab', { name: 'Output' }).click();
  const output = page.getByRole('list', { name: 'Output' });
  for (const name of ['a', 'b', 'c']) await expect(output.getByRole('listitem').filter({ hasText: `GET /${name}: InternetCloseHandle` })).toHaveCount(1);
  await expect(output).toContainText('Closed all 3.');
});

test('one of many that cannot be closed halts the others until somebody says to go on', async ({ page, inspector }) => {
  await inspector.open();
  const url = await inspector.core.silent();
  for (const name of ['a', 'b', 'c']) await inspector.newClient(`${url}/${name}`, { context: 'NULL' });
  await page.getByRole('tab', { name: /^Open handles/ }).click();
  const panel = page.getByRole('tabpanel', { name: 'Open handles' });
  const group = panel.getByRole('listitem').filter({ hasText: '3 × HTTP request' });
  // Somebody else's code closes the oldest one. Its context is NULL, so no callback tells, and the inspector's own close of it fails.
  await inspector.core.engine.functions.InternetCloseHandle({ hInternet: BigInt(inspector.core.node('GET /a').raw) }, { width: 'W', thread: undefined });
  await group.getByRole('button', { name: 'Close all of these' }).click();
  await inspector.dialog().getByRole('button', { name: 'Close them' }).click();
  const halted = panel.getByRole('alert');
  await expect(halted).toContainText('Closed 0 of 3, then one could not be closed. GET /a: InternetCloseHandle failed: 6 ERROR_INVALID_HANDLE');
  await expect(inspector.row(/GET \/b, open, 1 pending/)).toBeVisible();
  await halted.getByRole('button', { name: 'Continue with the other 2' }).click();
  await expect(halted).toHaveCount(0);
  for (const name of ['b', 'c']) await expect(inspector.row(`HTTP request GET /${name}, closed`)).toBeVisible();
  await page.getByRole('tab', { name: 'Output' }).click();
  await expect(page.getByRole('list', { name: 'Output' })).toContainText('Closed 2 of 3; why the others could not be closed stands above.');
});

test('a filter says how many events it has found', async ({ page, inspector }) => {
  await inspector.open();
  await misuse(inspector);
  await page.getByRole('combobox', { name: 'Filter handles, events and findings' }).fill('InternetCloseHandle');
  const found = inspector.core.handlers.events({ offset: 0, count: 0, text: 'InternetCloseHandle', handle: undefined });
  expect(found.ok && found.value.total).toBeGreaterThan(0);
  await expect(page.getByText(`${found.ok ? found.value.total : 0} found`)).toBeVisible();
});
