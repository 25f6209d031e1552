import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EventLog } from '../../../electron/trace/event-log';
import type { NewEvent, TraceEvent } from '../../../preload/contract/event';
import { handleId, seq } from '../../../preload/contract/ids';

const fields = fc.dictionary(fc.stringMatching(/^[a-zA-Z]{1,8}$/), fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant({ bytes: 3, hex: 'aabbcc' })), { maxKeys: 4 });
const handle = fc.option(fc.integer({ min: 1, max: 5000 }).map(handleId), { nil: undefined });
const link = fc.option(fc.nat(1000).map(seq), { nil: undefined });
const thread = fc.nat(70000);

const anyEvent: fc.Arbitrary<NewEvent> = fc.oneof(
  fc.record({ kind: fc.constant('call' as const), api: fc.constant('InternetOpen' as const), width: fc.constantFrom('A' as const, 'W' as const), args: fields, inCallback: link, origin: fc.string(), handle, thread }),
  fc.record({
    kind: fc.constant('return' as const), call: fc.nat(1000).map(seq), api: fc.constant('HttpCancelHttpRequest' as const), returns: fc.nat(), error: fc.nat(20000),
    errorReliable: fc.boolean(), outcome: fc.constantFrom('success' as const, 'pending' as const, 'failure' as const), out: fields, created: fc.constant(undefined), handle, thread,
  }),
  fc.record({ kind: fc.constant('callback-return' as const), callback: fc.nat(1000).map(seq), status: fc.constant(31), duration: fc.nat(), handle, thread }),
  fc.record({ kind: fc.constant('note' as const), level: fc.constantFrom('info' as const, 'error' as const), text: fc.string(), handle, thread }),
  fc.record({ kind: fc.constant('connection' as const), what: fc.constant('reset' as const), connectionId: fc.string(), remote: fc.string(), lost: fc.array(fc.integer({ min: 1, max: 99 }).map(handleId)), handle, thread }),
);

describe('the event log', () => {
  test('gives every event back as it was appended', () => {
    fc.assert(fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
      const log = new EventLog(() => 1);
      const appended = events.map((event) => log.append(event));
      expect([...log]).toEqual(appended.map((event) => JSON.parse(JSON.stringify(event))));
    }), { numRuns: 200 });
  });

  test('writes an event as the line of JSON that it is, the newest and an older one', () => {
    fc.assert(fc.property(fc.array(anyEvent, { minLength: 2, maxLength: 20 }), (events) => {
      const log = new EventLog(() => 1.25);
      let before: TraceEvent | undefined;
      for (const event of events) {
        const appended = log.append(event);
        for (const one of before === undefined ? [appended] : [appended, before]) expect(JSON.parse(log.lineOf(one))).toEqual(JSON.parse(JSON.stringify(one)));
        before = appended;
      }
    }), { numRuns: 200 });
  });

  test('numbers events from 0 in the order they came', () => {
    const log = new EventLog(() => 0);
    const places = [1, 2, 3].map(() => log.append({ kind: 'note', level: 'info', text: '', handle: undefined, thread: 1 }).seq);
    expect(places).toEqual([0, 1, 2]);
  });

  test('keeps time from falling when a recorded time lies back', () => {
    const log = new EventLog(() => 0);
    const at = (time: number): number => log.append({ kind: 'note', level: 'info', text: '', handle: undefined, thread: 1, time }).time;
    expect([at(5), at(3), at(7)]).toEqual([5, 5, 7]);
  });

  test('costs 40 bytes for an event whose payload came before', () => {
    const log = new EventLog(() => 0);
    for (let i = 0; i < 200_000; i += 1) {
      log.append({ kind: 'call', api: 'InternetReadFile', width: 'W', args: { hFile: `0x${(i % 500).toString(16)}`, dwNumberOfBytesToRead: 4096, lpBuffer: '0x20000000000' }, inCallback: undefined, origin: 'test', handle: handleId(1 + (i % 500)), thread: 1 });
    }
    expect(log.bytes / log.length).toBeLessThan(40);
  });

  test('drops the oldest beyond its history, counts them, and keeps the rest in place', () => {
    const log = new EventLog(() => 0, 100_000);
    const notes = 300_000;
    for (let i = 0; i < notes; i += 1) log.append({ kind: 'note', level: 'info', text: `note ${i}`, handle: undefined, thread: 1, time: i });
    expect(log.length).toBe(notes);
    expect(log.dropped).toBeGreaterThan(100_000);
    expect(log.length - log.dropped).toBeGreaterThanOrEqual(100_000);
    expect(() => log.at(seq(log.dropped - 1))).toThrow(/kept are/);
    expect(log.at(log.first)).toMatchObject({ text: `note ${log.dropped}` });
    let counted = 0;
    for (const event of log) counted += event.seq >= log.first ? 1 : 0;
    expect(counted).toBe(notes - log.dropped);
  });
});
