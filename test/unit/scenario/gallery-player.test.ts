import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { GalleryPlayer } from '../../../electron/scenario/gallery-player';
import type { ScenarioProgress } from '../../../preload/contract/update';
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

describe('the gallery', () => {
  test('offers a tour of five and a scenario for each rule that a script can provoke', () => {
    const ids = player.entries().map((entry) => entry.id);
    expect(ids.filter((id) => id.startsWith('tour/')).map((id) => id.slice(5, 6))).toEqual(['1', '2', '3', '4', '5']);
    for (const rule of ['close-rule-1', 'close-rule-2', 'close-rule-3', 'close-rule-4', 'close-rule-5', 'close-rule-6', 'cancel-rule-1', 'cancel-rule-2', 'cancel-rule-3']) {
      expect(ids.some((id) => id.startsWith(`rules/${rule}`)), rule).toBe(true);
    }
  });

  test('runs the tour on the engine of the app: every step says what the page says and what was observed', async () => {
    for (const { id } of player.entries().filter((entry) => entry.group === 'tour')) {
      const done = await player.run(id);
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
    const running = player.run('tour/1-close-a-slow-request-while-it-is-pending');
    player.stop();
    await running;
    expect(told.at(-1)?.state).toBe('stopped');
    expect([...app.trace.tree.all()].filter((node) => node.state === 'open')).toEqual([]);
  });

  test('runs one at a time', async () => {
    const first = player.run('tour/1-close-a-slow-request-while-it-is-pending');
    const second = await player.run('tour/2-close-inside-a-callback');
    expect(!second.ok && second.error.kind).toBe('invalid-argument');
    player.stop();
    await first;
  });

  test('says so when there is no such scenario', async () => {
    const done = await player.run('tour/none');
    expect(!done.ok && JSON.stringify(done.error)).toContain('tour/none');
  });
});
