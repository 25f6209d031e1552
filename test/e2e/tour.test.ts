import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadInto } from '../../electron/session/load';
import { Trace } from '../../electron/trace/trace';
import { expect, test as base, Window } from './app';

base('an unattended start runs the whole tour, leaves a picture and a trace, and ends with 0', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'hinspector-tour-'));
  const picture = path.join(folder, 'tour.png');
  const trace = path.join(folder, 'tour.hinspect');
  const window = await Window.launch(['--tour', `--screenshot=${picture}`, `--trace=${trace}`, '--exit']);
  const ended = await new Promise<number | null>((resolve) => { window.electron.process().once('exit', resolve); });
  expect(ended).toBe(0);
  expect((await readFile(picture)).subarray(1, 4).toString()).toBe('PNG');
  const session = await loadInto(new Trace(), trace);
  if (!session.ok) throw new Error(session.error);
  expect(session.value.events).toBeGreaterThan(100);
  expect(session.value.truncated).toBe(false);
  await rm(folder, { recursive: true });
});
