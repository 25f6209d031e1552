import { connect } from 'node:net';
import { freePort } from './free-port';
import { expect, test, type InspectorWindow } from './window';
import type { Page } from '@playwright/test';

async function newServer(page: Page, inspector: InspectorWindow, port: number): Promise<void> {
  await page.getByRole('button', { name: 'New server' }).first().click();
  await inspector.dialog().getByLabel('URL prefix').fill(`http://localhost:${port}/`);
  await inspector.dialog().getByLabel('Queue name').fill('demo');
  await inspector.dialog().getByRole('button', { name: 'Open server' }).click();
  await expect(inspector.dialog()).toBeHidden();
}

test('a request received is answered from the window', async ({ page, inspector }) => {
  const port = await freePort();
  await inspector.open();
  await newServer(page, inspector, port);
  await expect(inspector.row(/Queue “demo”/)).toHaveAttribute('aria-selected', 'true');
  const answer = fetch(`http://localhost:${port}/report`);
  await inspector.row(/GET \/report/).click();
  await expect(page.getByRole('tabpanel', { name: 'Details' })).toContainText('GET /report HTTP/1.1');
  await page.keyboard.press('Control+Enter');
  const dialog = inspector.dialog();
  await dialog.getByLabel('Status').fill('201');
  await dialog.getByLabel('Reason').fill('Made');
  await dialog.getByLabel('Headers').fill('X-From: window');
  await dialog.getByLabel('Body').fill('done');
  await dialog.getByRole('button', { name: 'Send response' }).click();
  const response = await answer;
  expect([response.status, response.statusText, response.headers.get('x-from'), await response.text()]).toEqual([201, 'Made', 'window', 'done']);
  await expect(inspector.row(/GET \/report, answered/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Respond' })).toHaveAttribute('aria-description', /answered already/);
});

test('a cancel says which requests go with the connection, and its client sees the connection end', async ({ page, inspector }) => {
  const port = await freePort();
  await inspector.open();
  await newServer(page, inspector, port);
  // Two requests on one connection: HTTP/1.1 pipelining.
  const socket = connect(port, 'localhost');
  let received = '';
  socket.on('data', (data) => { received += data.toString(); });
  const gone = new Promise<void>((resolve) => { socket.on('error', () => resolve()).on('close', () => resolve()); });
  socket.write(`GET /first HTTP/1.1\r\nHost: localhost:${port}\r\n\r\nGET /second HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`);
  await inspector.row(/GET \/first/).click();
  const others = inspector.core.nodes().filter((node) => node.label === 'GET /second').length;
  await page.keyboard.press('Control+.');
  const dialog = inspector.dialog();
  await expect(dialog).toContainText('Drops the connection');
  if (others > 0) await expect(dialog).toContainText('GET /second');
  await expect(dialog).toContainText('every other request on it goes with it');
  await dialog.getByRole('button', { name: 'Cancel the request' }).click();
  await gone;
  expect(received).toBe('');
  await expect(inspector.row(/GET \/first, cancelled/)).toBeVisible();
  await expect(page.getByRole('table', { name: /Timeline as a table/ }).getByRole('row', { name: /GET \/first.*connection closed/ })).toHaveCount(1);
});

test('a URL that is taken is refused by the API, and the form says so', async ({ page, inspector }) => {
  const port = await freePort();
  await inspector.open();
  await newServer(page, inspector, port);
  await page.getByRole('button', { name: 'New server' }).first().click();
  const dialog = inspector.dialog();
  await dialog.getByLabel('URL prefix').fill(`http://localhost:${port}/`);
  await dialog.getByLabel('Queue name').fill('another');
  await dialog.getByRole('button', { name: 'Open server' }).click();
  await expect(dialog.getByRole('alert')).toContainText('183');
  await expect(dialog.getByRole('alert')).toContainText('ERROR_ALREADY_EXISTS');
  await expect(dialog.getByLabel('URL prefix')).toHaveValue(`http://localhost:${port}/`);
});
