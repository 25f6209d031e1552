import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { GalleryPlayer } from '../../../electron/scenario/gallery-player';
import type { ScenarioProgress } from '../../../preload/contract/update';
import { seq } from '../../../preload/contract/ids';
import { FUNCTION_NAMES } from '../../../preload/contract/win32/functions';
import { INTERNET_STATUS } from '../../../preload/contract/win32/constants/status';
import { App } from '../inspector/app';

const GALLERY = path.resolve(import.meta.dirname, '../../../electron/scenario/gallery');

let app: App;
let told: ScenarioProgress[];
let player: GalleryPlayer;
beforeEach(() => {
  app = new App();
  told = [];
  player = new GalleryPlayer(GALLERY, app.inspector, (progress) => told.push(progress));
});
afterEach(async () => app.dispose());

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => { setTimeout(resolve, 5); });
}

describe('the gallery', () => {
  test('offers a tour of five and a scenario for each rule that a script can provoke', () => {
    const ids = player.entries().map((entry) => entry.id);
    expect(ids.filter((id) => id.startsWith('tour/')).map((id) => id.slice(5, 6))).toEqual(['1', '2', '3', '4', '5']);
    for (const rule of ['close-rule-1', 'close-rule-2', 'close-rule-3', 'close-rule-4', 'close-rule-5', 'close-rule-6', 'cancel-rule-1', 'cancel-rule-2', 'cancel-rule-3']) {
      expect(ids.some((id) => id.startsWith(`rules/${rule}`)), rule).toBe(true);
    }
  });

  test('tells what each scenario calls, inside callbacks too, each function once and by the name that an engine knows it by', () => {
    const calls = (id: string): readonly string[] | undefined => player.entries().find((entry) => entry.id === id)?.calls;
    expect(calls('tour/2-close-inside-a-callback')).toEqual(['InternetOpen', 'InternetSetStatusCallback', 'InternetConnect', 'HttpOpenRequest', 'InternetCloseHandle', 'HttpSendRequest']);
    for (const { id, calls: named } of player.entries()) expect(named.filter((name) => !FUNCTION_NAMES.some((known) => known === name)), id).toEqual([]);
  });

  test('runs the tour on the engine of the app: every step says what the page says and what was observed', async () => {
    for (const { id } of player.entries().filter((entry) => entry.group === 'tour')) {
      const done = await player.run({ id });
      expect(done.ok).toBe(true);
      const last = told.at(-1);
      expect(last, JSON.stringify(last?.reports.filter((report) => report.state === 'failed'))).toMatchObject({ id, state: 'passed' });
      expect(last?.reports.filter((report) => report.observed === '')).toEqual([]);
      // What the page says, in sentences of the scenario's own notes.
      expect(last?.reports.filter((report) => report.documented.length > 40).length).toBeGreaterThan(1);
    }
    expect([...app.trace.tree.all()].every((node) => node.state !== 'open')).toBe(true);
  }, 60_000);

  test('can be stopped, and closes what the scenario opened', async () => {
    const running = player.run({ id: 'tour/1-close-a-slow-request-while-it-is-pending' });
    player.stop();
    await running;
    expect(told.at(-1)?.state).toBe('stopped');
    expect([...app.trace.tree.all()].filter((node) => node.state === 'open')).toEqual([]);
  });

  test('runs one at a time', async () => {
    const first = player.run({ id: 'tour/1-close-a-slow-request-while-it-is-pending' });
    const second = await player.run({ id: 'tour/2-close-inside-a-callback' });
    expect(!second.ok && second.error.kind).toBe('invalid-argument');
    player.stop();
    await first;
  });

  test('is held before the first step when that is asked for, goes on step by step, and leaves in the record that it was held', async () => {
    const running = player.run({ id: 'tour/1-close-a-slow-request-while-it-is-pending', held: true });
    await until(() => told.at(-1)?.held !== undefined);
    expect(told.at(-1)).toMatchObject({ state: 'running', held: { at: 'step', why: 'step', step: { path: '1', title: 'InternetOpen()' } } });
    expect(player.control({ action: 'pause' })).toMatchObject({ ok: false });
    player.control({ action: 'step' });
    await until(() => told.at(-1)?.held?.at === 'step' && told.at(-1)?.reports.length === 1);
    expect(told.at(-1)?.reports[0]).toMatchObject({ path: '1', state: 'passed', events: { from: expect.any(Number), to: expect.any(Number) } });
    player.control({ action: 'continue' });
    expect(await running).toMatchObject({ ok: true, value: expect.stringContaining('every expectation held') });
    const notes = Array.from({ length: app.trace.log.length }, (_, at) => app.trace.log.at(seq(at))).flatMap((event) => (event.kind === 'note' ? [event.text] : []));
    expect(notes.map((text) => text.replace(/\d+:/, 'N:'))).toEqual(['Held before step 1, line N: InternetOpen()', 'Held before step 2, line N: InternetSetStatusCallback($session)']);
  });

  test('breaks on a callback by its status, and tells which handle and thread it is held on', async () => {
    const running = player.run({ id: 'tour/2-close-inside-a-callback', breaks: { lines: [], callbacks: [INTERNET_STATUS.INTERNET_STATUS_HANDLE_CLOSING] } });
    await until(() => told.at(-1)?.held !== undefined);
    const held = told.at(-1)?.held;
    expect(held).toMatchObject({ at: 'callback', status: 'HANDLE_CLOSING', threadHeld: true });
    expect(held?.at === 'callback' && held.handle !== undefined && app.node(held.handle).label).toBe('GET /moved');
    player.breakAt({ breaks: { lines: [], callbacks: [] } });
    player.control({ action: 'continue' });
    await running;
    expect(told.at(-1)).toMatchObject({ state: 'passed', held: undefined });
  });

  test('runs a text that the person wrote under the id that it is shown by, and refuses one that is no scenario with its place', async () => {
    expect(await player.run({ id: 'own/1', text: 'scenario: mine\nsteps:\n  - wait: { ms: 1 }\n' })).toMatchObject({ ok: true });
    expect(told.at(-1)).toMatchObject({ id: 'own/1', title: 'mine', state: 'passed' });
    const refused = await player.run({ id: 'own/1', text: 'scenario: mine\nsteps:\n  - cal: InternetOpen\n' });
    expect(!refused.ok && JSON.stringify(refused.error)).toContain('line 3, column 5');
  });

  test('a step that is looked at again when the run is over is told of once', async () => {
    await player.run({ id: 'own/1', text: 'scenario: idle\nsteps:\n  - on: { callback: INTERNET_STATUS_REDIRECT, do: [{ expect: { that: [{ value: 1, is: 1 }] } }] }\n' });
    expect(told.at(-1)?.reports.map(({ path: at, state }) => `${at} ${state}`)).toEqual(['1 failed']);
  });

  test('says so when there is no such scenario', async () => {
    const done = await player.run({ id: 'tour/none' });
    expect(!done.ok && JSON.stringify(done.error)).toContain('tour/none');
  });
});
