import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createScenarioHandlers, type ScenarioHandlers } from '../../../electron/ipc/scenario-handlers';
import { GalleryPlayer } from '../../../electron/scenario/gallery-player';
import { LONGEST_SCENARIO } from '../../../preload/contract/scenario';
import { App } from '../inspector/app';

let folder: string;
let chosen: string | undefined;
let app: App;
let player: GalleryPlayer;
let handlers: ScenarioHandlers;
const copied: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hinspector-scenario-'));
  chosen = undefined;
  copied.length = 0;
  app = new App();
  player = new GalleryPlayer(folder, app.inspector, () => undefined);
  handlers = createScenarioHandlers({
    choose: { open: async () => chosen, save: async (name) => (chosen === undefined ? undefined : path.join(chosen, name)) }, latest: () => player.latest, copyText: (text) => { copied.push(text); },
  });
});
afterEach(async () => {
  await app.dispose();
  await rm(folder, { recursive: true, force: true });
});

async function opened(content: string | Uint8Array): Promise<unknown> {
  chosen = path.join(folder, 'mine.yaml');
  await writeFile(chosen, content);
  return handlers.openScenario();
}

describe('a scenario file', () => {
  test('is read whole, however its lines end, and nothing happens when the person thinks better of it', async () => {
    expect(await handlers.openScenario()).toEqual({ kind: 'cancelled' });
    expect(await opened('\u{feff}scenario: x\r\nsteps: []\r\n')).toEqual({ kind: 'opened', name: 'mine.yaml', text: 'scenario: x\nsteps: []\n' });
  });

  test('that is too long, no text or not there is refused in words', async () => {
    expect(await opened('x'.repeat(LONGEST_SCENARIO + 1))).toEqual({ kind: 'failed', message: 'mine.yaml is longer than 64 KB, which no scenario is.' });
    expect(await opened(new Uint8Array([77, 90, 0, 0]))).toMatchObject({ kind: 'failed', message: expect.stringContaining('is no text') });
    chosen = path.join(folder, 'none.yaml');
    expect(await handlers.openScenario()).toMatchObject({ kind: 'failed', message: expect.stringContaining('none.yaml could not be read') });
  });

  test('is written where the person says, under a name that is no path', async () => {
    expect(await handlers.saveScenario({ text: 'scenario: x\n', name: 'mine' })).toEqual({ ok: true, value: { kind: 'cancelled' } });
    chosen = folder;
    expect(await handlers.saveScenario({ text: 'scenario: x\n', name: 'mine' })).toEqual({ ok: true, value: { kind: 'written', name: 'mine.yaml' } });
    expect(await readFile(path.join(folder, 'mine.yaml'), 'utf8')).toBe('scenario: x\n');
    expect(await handlers.saveScenario({ text: 'x', name: '../mine' })).toMatchObject({ ok: false });
    chosen = path.join(folder, 'no', 'folder');
    expect(await handlers.saveScenario({ text: 'x', name: 'mine' })).toMatchObject({ ok: true, value: { kind: 'failed', message: expect.stringContaining('could not be written') } });
  });
});

describe('the results of the latest run', () => {
  test('are copied whole, as text or as data; before the first run there are none', async () => {
    expect(handlers.copyResults('text')).toMatchObject({ ok: false });
    await player.run({ id: 'own/1', text: 'scenario: mine\nsteps:\n  - mark: here\n  - expect: { callbacks: { exactly: [INTERNET_STATUS_REDIRECT], within: 1 } }\n  - expectTrace: closing-is-last\n' });
    handlers.copyResults('text');
    handlers.copyResults('json');
    const text = (copied[0] ?? '').replace(/[\d.]+ ms/g, 'N ms');
    expect(text).toContain('mine (own/1): an expectation did not hold');
    expect(text).toContain('1. mark here, line 3: held, N ms');
    expect(text).toContain('2. expect callbacks, line 4: did not hold, N ms');
    expect(text).toContain('     - REDIRECT | \n');
    expect(text).toContain('     = closing-is-last: no violation | none');
    expect(JSON.parse(copied[1] ?? '')).toMatchObject({ state: 'failed', reports: [{ path: '1' }, { path: '2', lists: [{ what: 'callbacks.exactly' }] }, { path: '3' }] });
  });
});
