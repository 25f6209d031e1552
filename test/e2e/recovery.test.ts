import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, freePort, test as base, Window } from './app';

base('a recording that kill -9 cut off is offered at the next start, and opens as it was at its last moment', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'hinspector-crash-'));
  const own = `--user-data-dir=${folder}`;
  const first = await Window.launch([own]);
  const url = await first.peer(() => undefined);
  await first.newClient(`${url}/slow`);
  await expect(first.lane('GET /slow').filter({ hasText: 'HttpSendRequest pending' })).toHaveCount(1);
  const child = first.electron.process();
  const gone = new Promise((resolve) => { child.once('exit', resolve); });
  child.kill('SIGKILL');
  await gone;
  await first.closePeers();

  const second = await Window.launch([own]);
  const offer = second.page.getByRole('status').filter({ hasText: 'left by a crash' });
  await offer.getByRole('button', { name: 'Look at it' }).click();
  await expect(second.page.getByRole('status').filter({ hasText: 'Recorded earlier' })).toContainText('It ends before its end');
  await expect(second.handle(/GET \/slow/)).toHaveAccessibleName(/open/);
  await expect(second.lane('GET /slow').filter({ hasText: 'HttpSendRequest pending' })).toHaveCount(1);
  // A lost recording is no lost program: the live one is beside it.
  await second.page.getByRole('button', { name: 'Back to the live recording' }).click();
  await second.newServer(`http://localhost:${await freePort()}/`);
  await expect(second.handle(/Queue “demo”/)).toHaveAccessibleName(/open/);
  await second.close();
  await rm(folder, { recursive: true });
});
