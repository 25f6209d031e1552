import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EtwReader } from '../../../../electron/session/import/etw/etw-reader';
import { usedEvents } from '../../../../electron/session/import/etw/manifest';
import { HarReader } from '../../../../electron/session/import/har/har-reader';
import { NetLogReader } from '../../../../electron/session/import/netlog/netlog-reader';
import { ServiceStateReader } from '../../../../electron/session/import/service-state/service-state-reader';
import type { Emit, TraceReader } from '../../../../electron/session/import/trace-reader';
import { readText } from './imported';
import { csvTrace, xmlTrace } from './tracerpt-text';

const EVENTS = usedEvents().map(({ provider, id, version, fields }, time) => ({
  provider, id, version, time, fields: Object.fromEntries(fields.map((name) => [name, /Handle|HINTERNET|Id|Obj|Request$/.test(name) ? `0x${(time % 5) + 1}` : 'a "b", <c>'])),
}));

const ENTRY = { startedDateTime: '2026-11-22T10:00:00.000Z', time: 3, request: { method: 'GET', url: 'http://a.test/', headers: [] }, response: { status: 200, headers: [] }, timings: { blocked: 1, dns: 1, connect: 1, send: 0, wait: 0, receive: 0, ssl: -1 }, connection: '1' };
const NETLOG = `{"constants":${JSON.stringify({ logEventTypes: { REQUEST_ALIVE: 1, TCP_CONNECT: 2 }, logSourceType: { URL_REQUEST: 1, SOCKET: 2 }, logEventPhase: { PHASE_BEGIN: 1, PHASE_END: 2 }, timeTickOffset: 5 })},\n"events":[\n${
  [1, 2].flatMap((id) => [1, 2].map((phase) => JSON.stringify({ phase, type: id, time: `${id + phase}`, source: { id, type: id }, params: { url: 'http://a', net_error: -2, source_dependency: { id: 3, type: 1 } } }))).join(',\n')}]}`;
const STATE = 'Snapshot\n-----------------------\nServer session ID: FF00000420000001\n    Version: 2.0\n    URL groups:\n    URL group ID: FE00000440000001\n        Registered URLs:\n            HTTP://+:80/\n\nRequest queues:\n    Request queue name: q\n        Version: 2.0\n        Processes:\n            ID: 4, image: C:\\a.exe\n';

const FORMATS: readonly (readonly [name: string, valid: string, make: (emit: Emit) => TraceReader, tokens: readonly string[]])[] = [
  ['XML of tracerpt', xmlTrace(EVENTS), (emit) => new EtwReader('xml', emit), ['<Event>', '</Event>', '<Data Name="Error">', ']]>', '<![CDATA[', '&x;', '<!--', '<!DOCTYPE a [<!ENTITY x "y">]>', '\u0000', '\u0001', '>']],
  ['CSV of tracerpt', csvTrace(EVENTS), (emit) => new EtwReader('csv', emit), ['"', '""', ',', '\r', '\n', '0x', '99999999999999999999', 'Event Name,Type']],
  ['HAR', JSON.stringify({ log: { version: '1.2', creator: { name: 'a', version: '1' }, pages: [], entries: [ENTRY, ENTRY, ENTRY] } }), (emit) => new HarReader(emit), ['{', '}', '[', ']', '"', '\\', 'null', '-1', '1e999', '"__proto__":', '"startedDateTime":"x"']],
  ['NetLog', NETLOG, (emit) => new NetLogReader(emit), ['{', '}', '[', ']', '"', '\\', '\n{', 'null', '-1', '1e999', '"__proto__":{},']],
  ['servicestate', STATE, (emit) => new ServiceStateReader(emit), [':', ': ', '\t', '    ', '\n', 'FE00000440000001', 'Version: 2.0', '\u0000']],
];

/** A valid text with a few of its parts taken out, doubled, moved or replaced. */
function mutated(valid: string, tokens: readonly string[]): fc.Arbitrary<string> {
  const place = fc.integer({ min: 0, max: valid.length });
  const edit = fc.record({ at: place, remove: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 0, max: 8 }) }, fc.integer({ min: 0, max: 2000 })), insert: fc.oneof(fc.constantFrom(...tokens), fc.constant(''), fc.string({ maxLength: 4 })), copies: fc.oneof({ weight: 8, arbitrary: fc.constant(1) }, fc.constant(300)) });
  return fc.tuple(fc.array(edit, { minLength: 1, maxLength: 6 }), fc.option(place)).map(([edits, cut]) => {
    let text = valid;
    for (const { at, remove, insert, copies } of edits) text = text.slice(0, at) + insert.repeat(copies) + text.slice(at + remove);
    return cut === null ? text : text.slice(0, cut);
  });
}

describe.each(FORMATS)('%s, damaged in any way', (_, valid, make, tokens) => {
  it('is read as far as it goes or refused in a sentence, and its events fold', () => {
    fc.assert(fc.property(mutated(valid, tokens), fc.constantFrom(1, 7, 4096), (text, piece) => {
      const { trace, referee, events, counts, refusal } = readText(make, text, piece);
      // What was emitted before a refusal is the caller's to throw away; it must still be events in order.
      expect(trace.log.length).toBe(events.length);
      for (const { time = 0 } of events) expect(Number.isFinite(time) && time >= 0).toBe(true);
      referee.all(true);
      if (refusal !== undefined) expect(refusal.length).toBeGreaterThan(10);
      if (counts.invalid > 0) expect(counts.firstInvalid).toMatch(/^line \d+/);
    }), { numRuns: 80 });
  });

  it('gives the same however it is cut into pieces', () => {
    fc.assert(fc.property(mutated(valid, tokens), fc.integer({ min: 1, max: 300 }), (text, piece) => {
      const [whole, cut] = [readText(make, text, text.length + 1), readText(make, text, piece)];
      expect([cut.events, cut.refusal === undefined, cut.counts.invalid]).toEqual([whole.events, whole.refusal === undefined, whole.counts.invalid]);
    }), { numRuns: 40 });
  });
});

describe('a file that is made to be slow', () => {
  const SLOW: readonly (readonly [name: string, make: (emit: Emit) => TraceReader, head: string, part: string])[] = [
    ['XML without an end of a tag', (emit) => new EtwReader('xml', emit), '<Events><Event ', 'a="1" '], ['XML of one text', (emit) => new EtwReader('xml', emit), '<Events><Event><Data Name="a">', 'text '],
    ['XML of open elements', (emit) => new EtwReader('xml', emit), '<Events>', '<Event><System>'], ['CSV of one row', (emit) => new EtwReader('csv', emit), 'Event Name,Type\n', 'a,'],
    ['CSV of one quote', (emit) => new EtwReader('csv', emit), 'Event Name,Type\n"', 'text\n'], ['JSON of one string', (emit) => new HarReader(emit), '{"log":{"entries":[{"a":"', 'text '],
    ['JSON of brackets', (emit) => new NetLogReader(emit), '{"events":[', '['], ['JSON of one name', (emit) => new NetLogReader(emit), '{"', 'name '],
    ['a state of one line', (emit) => new ServiceStateReader(emit), 'a: ', 'text '], ['a state of levels', (emit) => new ServiceStateReader(emit), 'a\n', ' a: b\n'],
  ];

  it.each(SLOW)('takes a time that grows with it and no faster: %s', (_, make, head, part) => {
    const took = (characters: number): number => {
      const text = head + part.repeat(characters / part.length);
      const began = performance.now();
      readText(make, text, 65_536);
      return performance.now() - began;
    };
    const least = (characters: number): number => Math.min(took(characters), took(characters), took(characters));
    // Eight times the text: its square would be sixty-four times. A millisecond is what the clock and the machine may add.
    expect(least(2_400_000)).toBeLessThan(30 * (least(300_000) + 1));
  });
});
