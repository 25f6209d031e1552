import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { UpdateStream } from '../../../electron/ipc/update-stream';
import type { Update } from '../../../preload/contract/update';
import { App } from '../inspector/app';

const FRAME = 16;
const RATE_WINDOW = 1000;

beforeEach(() => { vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }); });
afterEach(() => { vi.useRealTimers(); });

test('an update that is a second away does not hold back what happens in the next frame', async () => {
  const app = new App();
  const sent: Update[] = [];
  const updates = new UpdateStream(app.inspector, (update) => sent.push(update));
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
