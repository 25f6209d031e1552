import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eventRow } from '../../../electron/trace/event-rows';
import { syntheticTrace } from '../../../electron/trace/synthetic';
import { Trace } from '../../../electron/trace/trace';
import { handleId, seq } from '../../../preload/contract/ids';

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

  test('finds exactly the events whose cells hold every word', () => {
    const trace = filled(3000);
    trace.append({ kind: 'note', level: 'info', text: 'the note of thread nine', handle: handleId(3), thread: 9 });
    trace.append({ kind: 'callback-return', callback: seq(40), status: 100, duration: 2, handle: handleId(4), thread: 9 });
    trace.append({ kind: 'callback-return', callback: seq(40), status: 100, duration: 2, handle: handleId(4), thread: 5 });
    const rows = [...trace.log].map((event) => eventRow(event, trace.tree));
    const words = fc.constantFrom('internetreadfile', 'FILE', '12030', 'item/1', 'get', 'pending', 'success', 'closing', 'note', 'thread', '9', 'nowhere', '4096', 'http');
    const below = fc.constantFrom(undefined, handleId(2), handleId(3), handleId(4));
    fc.assert(fc.property(fc.array(words, { minLength: 1, maxLength: 3 }), below, (wanted, handle) => {
      const expected = rows.filter((row) => {
        const text = `${row.title} ${row.handleLabel} ${row.detail} ${row.result}`.toLowerCase();
        return wanted.every((word) => text.includes(word.toLowerCase())) && (handle === undefined || row.handle === handle || (handle === 2 && (row.handle ?? 0) > 2));
      });
      const page = trace.events({ offset: 0, count: 500, text: wanted.join('  '), handle });
      expect(page.total).toBe(expected.length);
      expect(page.rows).toEqual(expected.slice(0, 500));
    }), { numRuns: 60 });
  });

  test('ends when all events are asked for: it begins anew when it is asked for again', async () => {
    const trace = filled(20_000);
    expect(trace.events({ ...ask, text: 'readfile' }, 0).complete).toBe(false);
    trace.events({ ...ask, text: '' }, 0);
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => { setImmediate(resolve); });
    expect(trace.events({ ...ask, text: 'readfile' }, 0).looked).toBeLessThan(1000);
  });

  test('stops where it is when it is told to, keeps what it has found, and goes on from there', async () => {
    const trace = filled(20_000);
    const looked = trace.events({ ...ask, text: 'readfile' }, 0).looked;
    const stopped = trace.events({ ...ask, text: 'readfile', stopped: true }, 0);
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => { setImmediate(resolve); });
    const later = trace.events({ ...ask, text: 'readfile', stopped: true }, 0);
    expect([stopped.looked, later.looked, later.total, later.complete]).toEqual([looked, looked, stopped.total, false]);
    expect(trace.events({ ...ask, text: 'readfile' }).total).toBe(filled(20_000).events({ ...ask, text: 'readfile' }).total);
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
