import { deflateSync, gzipSync } from 'node:zlib';
import { crc32 } from '../../electron/trace/journal/crc32';
import { askHead } from './ask-head';
import { freePort } from './free-port';
import { expect, test, type InspectorWindow } from './window';

/** A client that has read its answer, and asked for its head. */
async function read(inspector: InspectorWindow, url: string): Promise<void> {
  await inspector.newClient(url);
  const { pathname, search } = new URL(url);
  const label = `GET ${pathname}${search}`;
  await expect.poll(() => JSON.stringify(inspector.core.inspector.trace.log.at(inspector.core.inspector.trace.log.length - 1 as never))).toContain('"lpdwNumberOfBytesRead":0');
  await askHead(inspector, label);
}

test('a request is read from its address to the bytes of its answer', async ({ inspector, page }) => {
  const url = await inspector.core.peer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip', 'Set-Cookie': ['a=1; HttpOnly', 'b=2'] });
    response.end(gzipSync('{"orders":[{"id":12345678901234567890,"note":"caf\u00e9"}],"next":null}'));
  });
  await inspector.open();
  await read(inspector, `${url}/orders?page=2&name=caf%C3%A9&bad=%zz`);
  await page.keyboard.press('Control+i');
  const panel = page.getByRole('tabpanel', { name: 'Request and response' });
  await expect(panel.getByRole('article')).toContainText('200 OK');

  // The answer: what came stays apart, the coding is undone, and no digit is lost.
  await panel.getByRole('tab', { name: 'Response' }).click();
  await expect(panel.getByRole('region', { name: 'Headers' }).getByRole('row', { name: /^Set-Cookie/ })).toHaveCount(2);
  await expect(panel.getByRole('region', { name: 'Cookies set' })).toContainText('HttpOnly');
  await expect(panel.getByText('12345678901234567890')).toBeVisible();
  // Each field is copied by the keyboard too: its button shows when it is come to, and tells which of one name it is.
  const second = panel.getByRole('button', { name: 'Copy Set-Cookie, 2 of 2' });
  await expect(second).toHaveCSS('opacity', '0');
  await panel.getByRole('button', { name: 'Copy Set-Cookie, 1 of 2' }).focus();
  await page.keyboard.press('Tab');
  await expect(second).toBeFocused();
  await expect(second).toHaveCSS('opacity', '1');
  await page.keyboard.press('Enter');
  await expect.poll(() => inspector.core.clipboard.at(-1)).toMatch(/^Set-Cookie: b=2/);
  await panel.getByRole('radio', { name: 'JSON' }).press('ArrowRight');
  await expect(panel.getByText('"note":"café"')).toBeVisible();
  await panel.getByRole('radio', { name: 'gzip' }).click();
  await panel.getByRole('radio', { name: 'Hex' }).click();
  await expect(panel.getByText(/0000 {2}1f 8b/)).toBeVisible();

  // The request: decoded where that is possible, and said where it is not.
  await panel.getByRole('tab', { name: 'Request' }).click();
  await expect(panel.getByRole('table', { name: 'Query' }).getByRole('row', { name: /name café/ })).toBeVisible();
  await expect(panel.getByRole('table', { name: 'Query' })).toContainText('not decoded: “%zz” at 1 is no escape');
  await panel.getByRole('button', { name: 'Copy Host' }).press('Enter');
  await expect.poll(() => inspector.core.clipboard.at(-1)).toMatch(/^Host: 127\.0\.0\.1/);
  await panel.getByRole('button', { name: 'Copy all header fields of the request' }).click();
  await expect.poll(() => inspector.core.clipboard.at(-1)).toContain('User-Agent: ');

  await panel.getByRole('tab', { name: 'Timing' }).click();
  await expect(panel.getByRole('row', { name: /^Connect/ })).toBeVisible();
  await panel.getByRole('tab', { name: 'TLS' }).click();
  await expect(panel).toContainText('did not go over TLS');
});

test('what is wrong with a body is said where it is, and a picture is drawn from its bytes', async ({ inspector, page }) => {
  const image = picture();
  const url = await inspector.core.peer((request, response) => {
    if (request.url === '/json') response.writeHead(200, { 'Content-Type': 'application/json' }).end('{\n  "a": 1\n  "b": 2\n}');
    else response.writeHead(200, { 'Content-Type': 'text/plain' }).end(request.url === '/png' ? image : image.subarray(0, 12));
  });
  await inspector.open();
  await read(inspector, `${url}/json`);
  await page.getByRole('tab', { name: 'HTTP' }).click();
  const panel = page.getByRole('tabpanel', { name: 'Request and response' });
  await panel.getByRole('tab', { name: 'Response' }).click();
  await expect(panel).toContainText('Line 3, column 3: A comma is expected.');
  await read(inspector, `${url}/png`);
  await expect(panel.getByText('image/png · 8 × 6 pixels')).toBeVisible();
  await read(inspector, `${url}/damaged`);
  await expect(panel).toContainText('are damaged: they cannot be drawn');
  // Of a handle that is no request, the requests below it.
  await inspector.row(/Session/).last().click();
  await panel.getByRole('button', { name: /GET \/damaged/ }).click();
  await expect(panel.getByRole('article', { name: /damaged/ })).toBeVisible();
});

test('a received request is read while it waits, and in the past as it was then', async ({ inspector, page }) => {
  await inspector.open();
  const port = await freePort();
  await inspector.core.handlers.run({ kind: 'open-server', urlPrefix: `http://localhost:${port}/`, queueName: '' });
  void fetch(`http://localhost:${port}/form`, { method: 'POST', body: new URLSearchParams({ name: 'Ada L', note: 'a&b' }) }).then((response) => response.text()).catch(() => {});
  await inspector.row(/POST \/form/).click();
  await page.getByRole('tab', { name: 'HTTP' }).click();
  const panel = page.getByRole('tabpanel', { name: 'Request and response' });
  await panel.getByRole('tab', { name: 'Request' }).click();
  await expect(panel.getByRole('table', { name: 'Form' }).getByRole('row', { name: /name Ada L/ })).toBeVisible();
  await panel.getByRole('tab', { name: 'Response' }).click();
  await expect(panel).toContainText('The server has not answered.');
  const before = inspector.core.inspector.trace.now();
  await inspector.core.handlers.run({ kind: 'respond', request: inspector.core.node('POST /form').id, status: 201, reason: 'Made', headers: '', body: 'done' });
  await expect(panel).toContainText('201 Made');
  await expect(panel.getByText('done', { exact: true })).toBeVisible();
  const asked = await inspector.core.handlers.httpExchange({ handle: inspector.core.node('POST /form').id, asOf: before });
  expect(asked).toMatchObject({ ok: true, value: { shown: { state: 'under-way', response: { status: undefined } } } });
});

/** A PNG of 8 × 6 grey pixels. */
function picture(): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body) >>> 0);
    return Buffer.concat([length, body, check]);
  };
  const head = Buffer.from([0, 0, 0, 8, 0, 0, 0, 6, 8, 0, 0, 0, 0]);
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.alloc(54, 0x80))), chunk('IEND', Buffer.alloc(0))]);
}
