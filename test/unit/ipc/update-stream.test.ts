import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PortableEngine } from '../../../electron/engine/portable/portable-engine';
import { Inspector } from '../../../electron/inspector/inspector';
import { quietDesk } from '../session/quiet-desk';
import { UpdateStream } from '../../../electron/ipc/update-stream';
import { syntheticTrace } from '../../../electron/trace/synthetic';
import { Trace } from '../../../electron/trace/trace';
import { nodeIn } from '../../../preload/contract/node-columns';
import type { Update } from '../../../preload/contract/update';
import { App } from '../inspector/app';

const FRAME = 16;
const RATE_WINDOW = 1000;

beforeEach(() => { vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }); });
afterEach(() => { vi.useRealTimers(); });

test('an update that is a second away does not hold back what happens in the next frame', async () => {
  const app = new App();
  const sent: Update[] = [];
  const updates = new UpdateStream(app.inspector, app.desk, (update) => sent.push(update));
  const openSession = async (): Promise<void> => { await app.inspector.call('InternetOpen', { lpszAgent: 'test' }, { origin: 'test' }); };

  vi.advanceTimersByTime(RATE_WINDOW);
  await openSession();
  vi.advanceTimersByTime(FRAME);
  expect(sent.map((update) => update.recorder.perSecond > 0)).toEqual([true]);

  await openSession();
  vi.advanceTimersByTime(FRAME);
  expect(sent).toHaveLength(2);

  vi.advanceTimersByTime(RATE_WINDOW * 2);
  expect(sent.at(-1)?.recorder.perSecond).toBe(0);
  updates.dispose();
  vi.useRealTimers();
  await app.dispose();
});

test('tells of handles that are forgotten, once, and of none of them as changed', () => {
  const engine = new PortableEngine();
  const inspector = new Inspector(engine, new Trace(undefined, 1));
  const sent: Update[] = [];
  const updates = new UpdateStream(inspector, quietDesk(inspector), (update) => sent.push(update));
  for (const event of syntheticTrace({ events: 150_000, handles: 3000, seed: 2 })) inspector.trace.append(event);
  vi.advanceTimersByTime(FRAME);
  vi.advanceTimersByTime(FRAME);
  const removed = sent.flatMap((update) => update.removed);
  expect(removed.length).toBeGreaterThan(100);
  expect(sent.at(-1)?.recorder.forgotten).toBe(removed.length);
  const kept = [...inspector.trace.tree.all()].sort((a, b) => a.id - b.id);
  expect(sent.map(idsIn)[0]).toEqual(kept.map(({ id }) => id));
  expect(idsIn(updates.snapshot())).toEqual(kept.map(({ id }) => id));
  updates.dispose();
});

test('tells of few handles as objects and of many in columns, and means the same', () => {
  const inspector = new Inspector(new PortableEngine(), new Trace());
  const updates = new UpdateStream(inspector, quietDesk(inspector), () => {});
  const events = syntheticTrace({ events: 20_000, handles: 1000, seed: 2 });
  const record = (handles: number): Update => {
    while (inspector.trace.tree.size < handles) {
      const { value } = events.next();
      if (value !== undefined) inspector.trace.append(value);
    }
    return updates.snapshot();
  };
  const few = record(200);
  expect([few.nodes, few.many]).toEqual([[...inspector.trace.tree.all()], undefined]);
  const { nodes, many } = record(400);
  expect(nodes).toEqual([]);
  expect(many === undefined ? [] : Array.from(many.ids, (_, place) => nodeIn(many, place))).toEqual([...inspector.trace.tree.all()].sort((a, b) => a.id - b.id));
  updates.dispose();
});

function idsIn({ nodes, many }: Update): readonly number[] {
  return [...nodes.map(({ id }) => id), ...(many?.ids ?? [])];
}
