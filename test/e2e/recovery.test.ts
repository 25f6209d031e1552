import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, freePort, test as base, Window } from './app';

base('a recording that kill -9 cut off is offered at the next start, and opens with its handles lost', async () => {
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
  await expect(offer).toBeVisible();
  const journal = /--open "(.+)"/.exec((await offer.textContent()) ?? '')?.[1];
  expect(journal).toMatch(/\.hjournal$/);
  await second.close();

  const third = await Window.launch([own, `--open=${journal}`]);
  await expect(third.handle(/GET \/slow/)).toHaveAccessibleName(/ended with its engine/);
  await expect(third.handle(/Session/)).toHaveAccessibleName(/ended with its engine/);
  // A lost recording is no lost program: new handles can be opened beside it.
  await third.newServer(`http://localhost:${await freePort()}/`);
  await expect(third.handle(/Queue “demo”/)).toHaveAccessibleName(/open/);
  await third.close();
  await rm(folder, { recursive: true });
});
