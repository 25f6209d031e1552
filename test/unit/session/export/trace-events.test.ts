import { describe, expect, test } from 'vitest';
import { EVERY_EVENT } from '../../../../electron/session/export/export-source';
import { exportPieces } from '../../../../electron/session/export/record-formats';
import type { TraceEventRecord } from '../../../../electron/session/export/trace-events/trace-event';
import { Trace } from '../../../../electron/trace/trace';
import { syntheticTrace } from '../../../../electron/trace/synthetic';
import { recorded, sourceOf } from './recorded';

type Of<P extends string> = TraceEventRecord extends infer E ? (E extends { readonly ph: infer Q } ? (P extends Q ? E : never) : never) : never;

function eventsOf(trace: Trace): readonly TraceEventRecord[] {
  const file = JSON.parse([...exportPieces('trace-events', sourceOf(trace), EVERY_EVENT)].join('')) as { readonly traceEvents: readonly TraceEventRecord[] };
  return file.traceEvents;
}

function only<P extends TraceEventRecord['ph']>(events: readonly TraceEventRecord[], ...phases: readonly P[]): readonly Of<P>[] {
  return events.filter((event) => phases.some((phase) => phase === event.ph)) as readonly unknown[] as readonly Of<P>[];
}

/** Slices of one track that cut each other: what no viewer can stack. Times are compared to the nanosecond. */
function cuts(events: readonly TraceEventRecord[]): readonly string[] {
  const found: string[] = [];
  const tracks = new Map<string, Of<'X'>[]>();
  for (const slice of only(events, 'X')) tracks.set(`${slice.pid}/${slice.tid}`, [...(tracks.get(`${slice.pid}/${slice.tid}`) ?? []), slice]);
  for (const [track, slices] of tracks) {
    const open: number[] = [];
    const ns = (micros: number): number => Math.round(micros * 1000);
    for (const { ts, dur, name } of [...slices].sort((a, b) => a.ts - b.ts || b.dur - a.dur)) {
      while (open.length > 0 && (open.at(-1) ?? 0) <= ns(ts)) open.pop();
      // A nanosecond for rounding the begin and the length.
      if (open.length > 0 && ns(ts) + ns(dur) > (open.at(-1) ?? 0) + 1) found.push(`${track}: ${name}`);
      open.push(ns(ts) + ns(dur));
    }
  }
  return found;
}

function busy(seed: number): Trace {
  const trace = new Trace();
  for (const event of syntheticTrace({ events: 6000, handles: 80, seed })) trace.append(event);
  return trace;
}

describe('trace events', () => {
  test('name every thread and every handle as a track', async () => {
    const events = eventsOf(await recorded('electron/scenario/gallery/tour/2-close-inside-a-callback.yaml'));
    const names = only(events, 'M').filter(({ name }) => name === 'thread_name' || name === 'process_name').map(({ args }) => ('name' in args ? args.name : ''));
    expect(names).toEqual(expect.arrayContaining(['Threads', 'Handles', 'GET /moved #3', 'Session #1']));
    const tracks = new Set(only(events, 'M').map(({ pid, tid }) => `${pid}/${tid}`));
    for (const { pid, tid } of only(events, 'X', 'i')) expect(tracks).toContain(`${pid}/${tid}`);
  });

  test('draw an arrow from each call that pended to what completed it', async () => {
    const events = eventsOf(await recorded('electron/scenario/gallery/tour/2-close-inside-a-callback.yaml'));
    const [start] = only(events, 's');
    const [finish] = only(events, 'f');
    expect(start?.id).toBe(finish?.id);
    const from = only(events, 'X').find(({ ts, tid, name }) => ts === start?.ts && tid === start.tid && name === 'HttpSendRequest');
    const to = only(events, 'i').find(({ ts, tid, name }) => ts === finish?.ts && tid === finish.tid && name === 'REQUEST_COMPLETE');
    expect([from, to]).not.toContain(undefined);
  });

  test.each([1, 2, 3])('of one track no two slices cut each other (trace %i)', (seed) => {
    expect(cuts(eventsOf(busy(seed)))).toEqual([]);
  });

  test('end every span that they begin, and every arrow', () => {
    const events = eventsOf(busy(4));
    const begun = only(events, 'b');
    const ended = new Map(only(events, 'e').map((event) => [`${event.cat} ${event.id}`, event.ts]));
    expect(begun.length).toBeGreaterThan(0);
    expect(new Set(begun.map(({ cat, id }) => `${cat} ${id}`)).size, 'ids are not used twice').toBe(begun.length);
    for (const { cat, id, ts } of begun) expect(ended.get(`${cat} ${id}`)).toBeGreaterThanOrEqual(ts);
    expect(only(events, 's').map(({ id }) => id).sort()).toEqual(only(events, 'f').map(({ id }) => id).sort());
  });

  test('give calls that overlap on one thread spans of their own', () => {
    const trace = new Trace();
    const call = (time: number) => trace.append({ kind: 'call', api: 'InternetReadFile', width: 'W', args: {}, inCallback: undefined, origin: '', handle: undefined, thread: 1, time }).seq;
    const back = (of: ReturnType<typeof call>, time: number) => trace.append({
      kind: 'return', call: of, api: 'InternetReadFile', returns: 1, error: 0, errorReliable: true, outcome: 'success', out: {}, created: undefined, handle: undefined, thread: 1, time,
    });
    const [first, second] = [call(1), call(2)];
    back(first, 3);
    back(second, 4);
    const events = eventsOf(trace);
    expect(cuts(events)).toEqual([]);
    expect(only(events, 'b').map(({ ts }) => ts)).toEqual([1000]);
    expect(only(events, 'X').map(({ ts, dur }) => [ts, dur])).toEqual([[2000, 2000]]);
  });

  test('keep a call that never returned, to the end of the recording', () => {
    const trace = new Trace();
    trace.append({ kind: 'call', api: 'InternetReadFile', width: 'W', args: {}, inCallback: undefined, origin: '', handle: undefined, thread: 1, time: 1 });
    trace.append({ kind: 'note', level: 'info', text: 'later', handle: undefined, thread: 1, time: 9 });
    expect(only(eventsOf(trace), 'X')).toMatchObject([{ ts: 1000, dur: 8000, args: { result: 'had not returned' } }]);
  });
});
