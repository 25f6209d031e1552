import { describe, expect, test } from 'vitest';
import { syntheticTrace } from '../../../electron/trace/synthetic';
import { Trace } from '../../../electron/trace/trace';
import { handleId } from '../../../preload/contract/ids';

function filled(events: number, history?: number): Trace {
  const trace = new Trace(() => 0, history);
  for (const event of syntheticTrace({ events, handles: 40, seed: 3 })) trace.append(event);
  return trace;
}

const ask = { offset: 0, count: 50, handle: undefined } as const;

describe('a search over the events', () => {
  test('finds in slices what it finds in one go', async () => {
    const trace = filled(20_000);
    const text = 'InternetReadFile';
    const all = filled(20_000).events({ ...ask, text });
    let page = trace.events({ ...ask, text }, 0);
    expect(page.complete).toBe(false);
    expect(page.looked).toBeLessThan(trace.log.length);
    while (!page.complete) {
      await new Promise((resolve) => { setImmediate(resolve); });
      page = trace.events({ ...ask, text }, 0);
    }
    expect(page.total).toBe(all.total);
    expect(page.rows).toEqual(all.rows);
  });

  test('takes new events in without looking at the old ones again', () => {
    const trace = filled(5000);
    const before = trace.events({ ...ask, text: 'a note' });
    expect(before).toMatchObject({ total: 0, complete: true });
    trace.append({ kind: 'note', level: 'info', text: 'a note', handle: undefined, thread: 1 });
    expect(trace.events({ ...ask, text: 'a note' }, 0)).toMatchObject({ total: 1, complete: true });
  });

  test('of one handle holds what is below it, also what was opened later', () => {
    const trace = filled(3000);
    const below = trace.events({ ...ask, text: '', handle: handleId(2) });
    const whole = trace.events({ ...ask, text: '', handle: handleId(1) });
    expect(whole.total).toBeGreaterThan(below.total);
    expect(below.total).toBeGreaterThan(2500);
    expect(trace.events({ ...ask, text: '', handle: handleId(3) }).rows.every((row) => row.handle === 3)).toBe(true);
  });

  test('forgets what the history has dropped', () => {
    const trace = filled(200_000, 40_000);
    const page = trace.events({ ...ask, text: 'internetreadfile' });
    expect(trace.log.dropped).toBeGreaterThan(0);
    expect(page.rows.every((row) => row.seq >= trace.log.first)).toBe(true);
    expect(page.complete).toBe(true);
  });
});
