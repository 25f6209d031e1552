import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DiffRow } from '../../../../preload/contract/comparison';
import type { NewEvent, TraceEvent } from '../../../../preload/contract/event';
import { compareSessions, type ComparedSession, type SessionDiff } from '../../../../electron/session/diff/session-diff';
import { Referee } from '../../../../electron/rules/referee';
import { Trace } from '../../../../electron/trace/trace';
import { syntheticTrace } from '../../../../electron/trace/synthetic';
import { recorded } from '../export/recorded';
import { Story } from '../../rules/story';

function session(events: Iterable<NewEvent>): ComparedSession {
  const trace = new Trace();
  const referee = new Referee(trace);
  for (const event of events) trace.append(event);
  return { trace, end: trace.log.length, findings: referee.all(true) };
}

function compare(a: ComparedSession, b: ComparedSession): SessionDiff {
  const work = compareSessions(a, b);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

function differing(diff: SessionDiff): readonly DiffRow[] {
  return diff.rows(0, diff.summary.rows).filter(({ state }) => state !== 'same');
}

const madeUp = (seed: number): readonly NewEvent[] => [...syntheticTrace({ events: 800, handles: 12, seed })];

/** An event that says something else: the record of the other run. */
function mutated(event: TraceEvent): NewEvent | undefined {
  if (event.kind === 'return') return { ...event, error: 12_007, outcome: 'failure', returns: 0 };
  if (event.kind === 'callback' && event.payload.kind === 'async-result') return { ...event, payload: { ...event.payload, dwError: 12_029, dwResult: '0x0' } };
  if (event.kind === 'callback' && event.payload.kind === 'dword') return { ...event, payload: { kind: 'dword', value: event.payload.value + 1 } };
  return undefined;
}

describe('two sessions', () => {
  test('that are one and the same do not differ', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1000 }), (seed) => {
      const diff = compare(session(madeUp(seed)), session(madeUp(seed)));
      expect(diff.summary).toMatchObject({ same: true, times: 0, findings: [], handles: [] });
      expect(differing(diff)).toEqual([]);
    }), { numRuns: 6 });
  });

  test('that differ in one event differ in that step and in no other', () => {
    const events = madeUp(5);
    const whole = session(events);
    const places = [...whole.trace.log].flatMap((event) => (mutated(event) === undefined ? [] : [event.seq]));
    fc.assert(fc.property(fc.constantFrom(...places), (place) => {
      const before = whole.trace.log.at(place);
      const changed = mutated(before);
      if (changed === undefined) return;
      const diff = compare({ ...whole, findings: [] }, { ...session(events.map((event, index) => (index === place ? changed : event))), findings: [] });
      const rows = differing(diff);
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({ state: 'changed', a: { seq: before.kind === 'return' ? before.call : place } });
      expect(rows[0]?.values.length).toBeGreaterThan(0);
    }), { numRuns: 15 });
  });

  test('of which one lacks a callback differ in that callback', () => {
    const story = (also: boolean): ComparedSession => {
      const told = new Story();
      const request = told.opens('request');
      told.callback(41, request);
      if (also) told.callback(31, request);
      told.callback(110, request);
      return session([...told.trace.log]);
    };
    expect(differing(compare(story(true), story(false)))).toMatchObject([{ state: 'only-a', a: { title: 'REQUEST_SENT' } }]);
    expect(differing(compare(story(false), story(true)))).toMatchObject([{ state: 'only-b', b: { title: 'REQUEST_SENT' } }]);
  });

  test('name what they do not share', async () => {
    const [a, b] = [await recorded(oneRequest('/a', 'hello')), await recorded(oneRequest('/a', 'bye'))];
    const diff = compare({ trace: a, end: a.log.length, findings: [] }, { trace: b, end: b.log.length, findings: [] });
    const values = differing(diff).flatMap(({ values: apart }) => apart.map(({ field, a: one, b: other }) => `${field}: ${one} / ${other}`));
    expect(values).toContain('out.lpdwNumberOfBytesRead: 5 / 3');
    expect(values).toContain('out.lpBuffer: 5 bytes 68656c6c6f / 3 bytes 627965');
    expect(diff.summary.handles).toEqual([]);
  });

  test('of two runs of one scenario are the same, whatever their ports, addresses and times', async () => {
    for (const file of ['1-close-a-slow-request-while-it-is-pending', '2-close-inside-a-callback', '5-cancel-a-server-request-its-client-sees-it']) {
      const [a, b] = [await recorded(`electron/scenario/gallery/tour/${file}.yaml`), await recorded(`electron/scenario/gallery/tour/${file}.yaml`)];
      const diff = compare({ trace: a, end: a.log.length, findings: [] }, { trace: b, end: b.log.length, findings: [] });
      expect(differing(diff)).toEqual([]);
      expect(diff.summary.same).toBe(true);
    }
  });

  test('tell which handles and findings one has alone', () => {
    const clean = new Story();
    clean.closes(clean.opens('session'));
    const broken = new Story();
    const first = broken.opens('session');
    broken.closes(first);
    broken.fails('InternetQueryOption', first, 6);
    broken.opens('session');
    const diff = compare(session([...clean.trace.log]), session([...broken.trace.log]));
    expect(diff.summary.handles).toMatchObject([{ side: 'b', kind: 'session' }]);
    expect(diff.summary.findings.map(({ side, rule }) => `${side} ${rule}`)).toEqual(expect.arrayContaining(['b no-use-after-close', 'b handle-leaked']));
    expect(diff.rows(0, 100).some((row) => row.b?.finding === 'error')).toBe(true);
  });

  test('mark a time only when it is many times as long, and by much', () => {
    const timed = (...ends: readonly number[]): ComparedSession => session(ends.flatMap((end, index): NewEvent[] => [
      { kind: 'call', api: 'InternetReadFile', width: 'W', args: {}, inCallback: undefined, origin: '', handle: undefined, thread: 1, time: index * 1000 },
      { kind: 'return', call: (index * 2) as never, api: 'InternetReadFile', returns: 1, error: 0, errorReliable: true, outcome: 'success', out: {}, created: undefined, handle: undefined, thread: 1, time: index * 1000 + end },
    ]));
    const diff = compare(timed(1, 20, 20, 400), timed(8, 25, 200, 40));
    expect(diff.rows(0, 4).map(({ ratio }) => ratio)).toEqual([undefined, undefined, expect.closeTo(10), expect.closeTo(0.1)]);
    expect(diff.summary).toMatchObject({ same: true, times: 2 });
    expect([diff.next(-1, 1), diff.next(2, 1), diff.next(3, 1), diff.next(3, -1)]).toEqual([2, 3, undefined, 2]);
  });

  test('keep the order of each: every step of both is in exactly one row', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 }), (one, other) => {
      const [a, b] = [session(madeUp(one)), session(madeUp(other))];
      const diff = compare(a, b);
      const rows = diff.rows(0, diff.summary.rows);
      for (const side of ['a', 'b'] as const) {
        const places = rows.flatMap((row) => row[side]?.seq ?? []);
        expect(new Set(places).size).toBe(places.length);
        const steps = [...(side === 'a' ? a : b).trace.log].filter(({ kind }) => kind !== 'return').length;
        expect(places).toHaveLength(steps);
      }
      const inA = rows.flatMap((row) => row.a?.seq ?? []);
      expect(inA).toEqual([...inA].sort((x, y) => x - y));
    }), { numRuns: 4 });
  });
});

function oneRequest(path: string, body: string): string {
  return `
scenario: compared
title: One request
server: { routes: { ${path}: { body: ${body} } } }
steps:
  - call: InternetOpen
    with: { lpszAgent: demo, dwAccessType: INTERNET_OPEN_TYPE_DIRECT }
    as: session
  - call: InternetOpenUrl
    with: { hInternet: $session, lpszUrl: "http://$server.host:$server.port${path}" }
    as: request
  - call: InternetReadFile
    with: { hFile: $request, dwNumberOfBytesToRead: 100 }
`;
}
