import { curl, expect, freePort, test } from './app';

test('a server with answering rules gives curl the answer, the late one and the connection error, and the record says which rule did', async ({ window }) => {
  const prefix = `http://localhost:${await freePort()}/`;
  await window.page.getByRole('toolbar').getByRole('button', { name: 'New server' }).click();
  const dialog = window.dialog('New server');
  await dialog.getByLabel('URL prefix').fill(prefix);
  await dialog.getByText('Answering rules', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Edit as text' }).click();
  const rule = { method: '', matching: 'prefix', header: '' };
  await dialog.getByLabel('Rules').fill(JSON.stringify([
    { ...rule, path: '/once', times: 1, action: { kind: 'answer', delay: 0, status: 503, reason: 'Not Yet', headers: '', body: '' } },
    { ...rule, path: '/late', action: { kind: 'answer', delay: 400, status: 200, reason: 'OK', headers: 'X-By: rule two', body: '{"late":true}', bodyKind: 'json' } },
    { ...rule, path: '/cut', action: { kind: 'cancel', delay: 100 } },
  ]));
  await dialog.getByRole('button', { name: 'Open server' }).click();
  await expect(dialog).toBeHidden();

  expect((await curl('--include', `${prefix}once`)).stdout).toMatch(/^HTTP\/1\.1 503 Not Yet/);
  const late = await curl('--include', `${prefix}late`);
  expect(late.stdout).toContain('X-By: rule two');
  expect(late.stdout).toContain('Content-Type: application/json');
  expect(late.stdout).toMatch(/\{"late":true\}$/);
  expect([52, 56]).toContain((await curl(`${prefix}cut`)).code);

  await window.filter('rule');
  for (const [api, number] of [['HttpSendHttpResponse', 1], ['HttpSendHttpResponse', 2], ['HttpCancelHttpRequest', 3]] as const) {
    await expect(window.events.filter({ hasText: api }).filter({ hasText: `by answering rule ${number}` })).toHaveCount(1);
  }
  await expect(window.events.filter({ hasText: 'Answering rule 2 took this request: 200 OK after 400 ms.' })).toHaveCount(1);

  // The first rule has taken its one request: the next is left to the person.
  const waiting = curl('--include', `${prefix}once`);
  await window.filter('');
  await window.handle(/GET \/once, open/).click();
  await window.page.getByRole('complementary').getByRole('button', { name: /^Respond/ }).click();
  await window.dialog(/^Respond/).getByRole('button', { name: 'Send response' }).click();
  expect((await waiting).stdout).toMatch(/^HTTP\/1\.1 200 OK/);
});
