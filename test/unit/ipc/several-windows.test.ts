import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CoreProgress } from '../../../electron/ipc/core-progress';
import { UpdateStream } from '../../../electron/ipc/update-stream';
import { Desk } from '../../../electron/session/desk/desk';
import { SavedMarks } from '../../../electron/session/desk/saved-marks';
import { saveSession } from '../../../electron/session/save';
import { syntheticTrace } from '../../../electron/trace/synthetic';
import { Trace } from '../../../electron/trace/trace';
import type { Update } from '../../../preload/contract/update';
import { App } from '../inspector/app';
import { quietHandlers } from './quiet-handlers';

const BY = { application: '0', engine: { kind: 'portable', description: '' } };

/** Two windows on one core, as main joins them. */
class Pair {
  readonly app = new App();
  readonly progress = new CoreProgress();
  private readonly saved = new SavedMarks();
  readonly first = this.window();
  readonly second = this.window();

  window() {
    const { inspector, commands } = this.app;
    const told: Update[] = [];
    const desk = new Desk(
      { trace: inspector.trace, referee: inspector.referee, by: BY },
      { chooseOpen: async () => undefined, chooseSave: async () => path.join(folder, 'live.hinspect'), askUnsaved: async () => 'cancel', remember: () => undefined },
      this.saved,
    );
    const updates = new UpdateStream(inspector, desk, (update) => told.push(update), this.progress);
    return { desk, updates, told, handlers: quietHandlers(desk, commands, updates) };
  }

  async dispose(): Promise<void> {
    for (const { updates, desk } of [this.first, this.second]) {
      updates.dispose();
      desk.dispose();
    }
    await this.app.dispose();
  }
}

let folder = '';
let pair: Pair;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hpair-'));
  pair = new Pair();
});
afterEach(async () => {
  await pair.dispose();
  await rm(folder, { recursive: true });
});

async function record(): Promise<void> {
  await pair.first.handlers.run({ kind: 'open-client', url: 'http://127.0.0.1:1/shared', method: 'GET', headers: '', body: '', mode: 'sync', context: 'own' });
}

test('what is done in one window is recorded once and told to both', async () => {
  await record();
  const labels = ({ handlers }: Pair['first']): readonly string[] => handlers.snapshot().nodes.map(({ label }) => label);
  expect(labels(pair.second)).toContain('GET /shared');
  expect(labels(pair.second)).toEqual(labels(pair.first));
  await vi.waitFor(() => expect(pair.second.told.flatMap(({ nodes }) => nodes.map(({ label }) => label))).toContain('GET /shared'));
  expect(pair.second.handlers.snapshot().recorder.events).toBe(pair.first.handlers.snapshot().recorder.events);
});

test('a file that one window opens is shown there alone, and its questions are answered from it', async () => {
  await record();
  const trace = new Trace(() => 0);
  for (const event of syntheticTrace({ events: 1000, handles: 10, seed: 3 })) trace.append(event);
  const file = path.join(folder, 'other.hinspect');
  await saveSession(trace, file, BY);
  const before = pair.first.handlers.snapshot();
  pair.second.handlers.dropped(file);
  expect(await pair.second.handlers.run({ kind: 'open-file', path: file })).toMatchObject({ ok: true });
  expect(pair.second.handlers.snapshot()).toMatchObject({ shown: { epoch: 1, file: { name: 'other.hinspect' } }, recorder: { events: trace.log.length } });
  expect(pair.first.handlers.snapshot()).toMatchObject({ shown: { epoch: 0, file: undefined }, recorder: { events: before.recorder.events } });
  // The handles of a file are gone in that window, and stand in the other one.
  const live = before.nodes.find(({ label }) => label.startsWith('Session'));
  expect(await pair.second.handlers.run({ kind: 'close', handle: live?.id })).toMatchObject({ ok: false, error: { kind: 'stale-handle' } });
  expect(await pair.first.handlers.run({ kind: 'close', handle: live?.id })).toMatchObject({ ok: true });
});

test('a file that was offered to one window is not opened by name in another', async () => {
  pair.first.handlers.dropped('/tmp/dropped.hinspect');
  expect(await pair.second.handlers.run({ kind: 'open-file', path: '/tmp/dropped.hinspect' })).toMatchObject({ ok: false, error: { kind: 'file', message: expect.stringContaining('offered') } });
});

test('a note on the live recording is in both windows, and saved by either for both', async () => {
  pair.app.inspector.note('info', 'the only event');
  await pair.first.handlers.run({ kind: 'annotate', annotation: { kind: 'bookmark', time: 1 } });
  expect(pair.second.handlers.snapshot().annotations).toMatchObject([{ kind: 'bookmark', time: 1 }]);
  expect([pair.first.desk.state().unsaved, pair.second.desk.state().unsaved]).toEqual([true, true]);
  expect(await pair.second.handlers.run({ kind: 'save-file' })).toMatchObject({ ok: true });
  expect([pair.first.desk.state().unsaved, pair.second.desk.state().unsaved]).toEqual([false, false]);
});

test('a scenario and the way out are told to every window, one that came later too', () => {
  const scenario = { run: 1, id: 'tour/x', title: 'X', state: 'running', step: 1, steps: 2, reports: [], current: undefined, held: undefined, endedEarly: undefined, message: undefined } as const;
  pair.progress.tell({ scenario });
  pair.progress.tell({ leaving: 'Closing every handle.' });
  const late = pair.window();
  for (const { handlers } of [pair.first, pair.second, late]) expect(handlers.snapshot()).toMatchObject({ scenario, leaving: 'Closing every handle.' });
  late.updates.dispose();
});

test('a window that is gone is told nothing more, and the other goes on', async () => {
  pair.second.updates.dispose();
  pair.second.desk.dispose();
  const told = pair.second.told.length;
  await record();
  await vi.waitFor(() => expect(pair.first.told.flatMap(({ nodes }) => nodes.map(({ label }) => label))).toContain('GET /shared'));
  expect(pair.second.told).toHaveLength(told);
});
