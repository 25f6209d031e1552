import { expect, test } from './window';

test('a scenario is swept at every moment, with its progress, and the matrix says what came of each', async ({ page, inspector }) => {
  await inspector.open();
  await page.getByRole('button', { name: 'Scenarios' }).first().click();
  await inspector.dialog().getByRole('button', { name: /Close a request while its answer is still on the way/i }).click();
  await inspector.dialog().getByRole('button', { name: 'Close sweep of it' }).click();
  const panel = page.getByRole('tabpanel', { name: 'Close sweep' });
  await expect(panel).toContainText('No sweep has run yet.');
  await expect(panel.getByLabel('Scenario')).toHaveValue(/tour\/1-close/);
  await expect(panel.getByLabel('At every moment')).toHaveValue('close request');
  await panel.getByRole('button', { name: 'Run the sweep' }).click();
  const matrix = panel.getByRole('table');
  const sent = matrix.getByRole('row', { name: /^inside REQUEST_SENT of request/ });
  await expect(sent).toContainText('TRUE');
  await expect(sent).toContainText('997 ERROR_IO_PENDING');
  await expect(sent).toContainText('12017 ERROR_INTERNET_OPERATION_CANCELLED');
  await expect(panel.getByRole('button', { name: 'Run the sweep' })).toBeVisible();
  const rows = inspector.core.handlers.sweep()?.sweep.rows ?? [];
  expect(rows.length).toBeGreaterThan(10);
  await expect(matrix.getByRole('row')).toHaveCount(rows.length + 1);
  await expect(panel.getByRole('status')).toHaveText(`${rows.length} moments: none with findings`);
  await sent.getByRole('button', { name: /^inside REQUEST_SENT/ }).click();
  await expect(panel.getByRole('complementary', { name: 'The moment' })).toContainText('No rule has anything to say of it.');
  // Its recording is shown beside the live one, and there is a way back.
  await sent.getByRole('button', { name: 'Open' }).click();
  await expect(inspector.row(/^HTTP request GET \/slow, closed/)).toBeVisible();
  await expect(sent.getByRole('button', { name: 'shown' })).toBeVisible();
  await inspector.menu('close-file');
  await expect(inspector.row(/GET \/slow/)).toHaveCount(0);
  await expect(matrix.getByRole('row')).toHaveCount(rows.length + 1);
  await panel.getByLabel('Only those with findings').check();
  await expect(panel).toContainText('No moment has findings.');
  // The window's own engine was left alone.
  expect(inspector.core.nodes()).toEqual([]);
});

test('a sweep that is stopped keeps what it has, and says what was not run', async ({ page, inspector }) => {
  await inspector.open();
  await inspector.menu('sweep');
  const panel = page.getByRole('tabpanel', { name: 'Close sweep' });
  await panel.getByRole('button', { name: 'Run the sweep' }).click();
  await expect(panel.getByRole('progressbar')).toBeVisible();
  await panel.getByRole('button', { name: 'Stop the sweep' }).click();
  await expect(panel.getByRole('button', { name: 'Run the sweep' })).toBeVisible();
  await page.getByRole('tab', { name: 'Output' }).click();
  await expect(page.getByRole('list', { name: 'Output' })).toContainText('The sweep was stopped.');
});
