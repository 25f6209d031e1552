import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { App } from '../inspector/app';

const YEAR_MS = 365 * 24 * 3600 * 1000;

beforeEach(() => { vi.useFakeTimers({ toFake: ['Date'] }); });
afterEach(() => { vi.useRealTimers(); });

test('when the clock on the wall is set back or on, requests go on, and the times of the trace only grow', async () => {
  const app = new App();
  const url = await app.peer((_request, response) => {
    // Also in the middle of a request.
    vi.setSystemTime(Date.now() - YEAR_MS);
    response.end('x');
  });
  for (const jump of [0, -YEAR_MS, 5 * YEAR_MS]) {
    vi.setSystemTime(Date.now() + jump);
    const request = await app.client(`${url}/${jump}`);
    await app.until('it is answered', () => app.node(request).pending.length === 0);
    expect(app.callbacks(request)).toContain('REQUEST_COMPLETE');
  }
  const times = app.events().map(({ time }) => time);
  expect(times.length).toBeGreaterThan(30);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  expect(times.at(-1)).toBeLessThan(YEAR_MS);
  await app.dispose();
});
