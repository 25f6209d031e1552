import * as fc from 'fast-check';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeBlock } from '../../../electron/session/block';
import { encodeEvents } from '../../../electron/session/event-content';
import { FORMAT_NAME, SIGNATURE } from '../../../electron/session/format';
import { loadInto } from '../../../electron/session/load';
import { saveSession } from '../../../electron/session/save';
import { EVENT_KINDS, type EventBlock } from '../../../electron/trace/event-block';
import { payloadOf } from '../../../electron/trace/event-payload';
import { syntheticTrace } from '../../../electron/trace/synthetic';
import { Trace } from '../../../electron/trace/trace';
import type { EventValue, NewEvent } from '../../../preload/contract/event';
import { handleId } from '../../../preload/contract/ids';

const BY = { application: '0', engine: { kind: 'portable', description: '' } };
const RUNS = 60;

let folder = '';
beforeAll(async () => { folder = await mkdtemp(path.join(tmpdir(), 'hfuzz-')); });
afterAll(async () => rm(folder, { recursive: true }));

const value: fc.Arbitrary<EventValue> = fc.letrec<{ value: EventValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 }, fc.string(), fc.integer(), fc.boolean(), fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), tie('value'), { maxKeys: 3 }),
  ),
})).value;

const event: fc.Arbitrary<NewEvent> = fc.oneof(
  fc.record({ kind: fc.constant('note' as const), level: fc.constantFrom('info' as const, 'error' as const), text: fc.string({ unit: 'binary' }), thread: fc.nat(), handle: fc.constant(undefined) }),
  fc.record({
    kind: fc.constant('call' as const), api: fc.constantFrom('InternetReadFile' as const, 'HttpSendRequest' as const), width: fc.constantFrom('A' as const, 'W' as const),
    args: fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), value, { maxKeys: 3 }), origin: fc.string(), inCallback: fc.constant(undefined), thread: fc.nat(),
    handle: fc.option(fc.integer({ min: 1, max: 50 }).map((id) => handleId(id)), { nil: undefined }),
  }),
);

describe('a session file', () => {
  test('gives back whatever it was given', async () => {
    const file = path.join(folder, 'round.hinspect');
    await fc.assert(fc.asyncProperty(fc.array(event, { maxLength: 40 }), fc.array(fc.float({ min: 0, max: 100, noNaN: true })), async (events, gaps) => {
      const trace = new Trace();
      let time = 0;
      for (const [index, one] of events.entries()) {
        time += gaps[index] ?? 0;
        trace.append({ ...one, time });
      }
      expect((await saveSession(trace, file, BY)).ok).toBe(true);
      const after = new Trace(() => 0);
      expect(await loadInto(after, file)).toMatchObject({ ok: true, value: { events: events.length, invalid: 0, lost: 0, truncated: false } });
      // As text: -0 and what is undefined are not told apart in JSON.
      expect([...after.log].map((read) => JSON.stringify(read))).toEqual([...trace.log].map((kept) => JSON.stringify(kept)));
      expect([...after.log].map((read) => payloadOf(read))).toEqual([...trace.log].map((kept) => payloadOf(kept)));
    }), { numRuns: RUNS });
  });

  test('damaged anywhere gives a sentence or what can be recovered, and a trace that can be looked at', async () => {
    const whole = path.join(folder, 'whole.hinspect');
    const trace = new Trace();
    for (const one of syntheticTrace({ events: 20_000, handles: 120, seed: 11 })) trace.append(one);
    await saveSession(trace, whole, BY);
    const bytes = await readFile(whole);
    const file = path.join(folder, 'damaged.hinspect');
    const damage = fc.record({ at: fc.nat(bytes.length - 1), bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }), how: fc.constantFrom('over' as const, 'in' as const, 'cut' as const, 'out' as const) });
    await fc.assert(fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 4 }), async (damages) => {
      let damaged = Buffer.from(bytes);
      for (const { at, bytes: other, how } of damages) {
        if (how === 'over') damaged.set(other.subarray(0, Math.max(0, damaged.length - at)), Math.min(at, damaged.length));
        else if (how === 'in') damaged = Buffer.concat([damaged.subarray(0, at), other, damaged.subarray(at)]);
        else if (how === 'cut') damaged = damaged.subarray(0, at);
        else damaged = Buffer.concat([damaged.subarray(0, at), damaged.subarray(at + other.length)]);
      }
      await writeFile(file, damaged);
      const after = new Trace(() => 0);
      const loaded = await loadInto(after, file);
      if (!loaded.ok) {
        expect(loaded.error).toContain('damaged.hinspect');
        return;
      }
      expect(loaded.value.events).toBeLessThanOrEqual(trace.log.length);
      lookAt(after);
    }), { numRuns: RUNS });
  });

  test('whose checksums are right and whose events are lies gives notes in their place, and a trace that can be looked at', async () => {
    const file = path.join(folder, 'lies.hinspect');
    const number = fc.oneof(fc.nat(30), fc.constantFrom(0, 0xffffffff, 0xfffffffe, 0x7fffffff), fc.nat(0xffffffff));
    const row = fc.record({ time: fc.oneof(fc.double(), fc.nat(100)), kind: fc.nat(EVENT_KINDS.length + 1), handle: number, thread: number, link: number, payload: fc.nat(8) });
    const birth = { id: 5, kind: 'request', parent: 9, raw: '0x5', label: 'x', detail: '', context: '0x1', hasCallback: true };
    const text = fc.oneof(
      fc.json({ maxDepth: 2 }), fc.string(),
      fc.constantFrom('null', '[]', '{"level":"info","text":"fine"}', `${'{"a":'.repeat(500)}1${'}'.repeat(500)}`),
      fc.record({ parent: fc.option(fc.nat(10), { nil: undefined }), id: fc.nat(10) }).map((of) => JSON.stringify({
        api: 'HttpOpenRequest', returns: '0x4', error: 0, errorReliable: true, outcome: 'success', out: {}, created: { ...birth, ...of },
      })),
      fc.constantFrom('InternetCloseHandle', 'InternetSetOption', 'FormatDisk').map((api) => JSON.stringify({ api, width: 'W', args: { dwOption: 45, lpBuffer: { bytes: 8, hex: 'zz' } }, origin: '' })),
      fc.constant(JSON.stringify({ what: 'reset', connectionId: '0x1', remote: '', lost: [1, 5, 7, 4294967295] })),
    );
    await fc.assert(fc.asyncProperty(fc.array(fc.array(row, { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 3 }), fc.array(text, { minLength: 1, maxLength: 8 }), fc.nat(40), async (blocks, texts, first) => {
      const header = { format: FORMAT_NAME, version: 2, application: '', engine: { kind: '', description: '' }, savedAt: '', first: 0, kinds: EVENT_KINDS, constants: {} };
      const parts = [Buffer.from(SIGNATURE), await writeBlock('header', Buffer.from(JSON.stringify(header)))];
      let at = first;
      for (const rows of blocks) {
        const block: EventBlock = {
          times: Float64Array.from(rows, ({ time }) => time), kinds: Uint8Array.from(rows, ({ kind }) => kind), handles: Uint32Array.from(rows, ({ handle }) => handle),
          threads: Uint32Array.from(rows, ({ thread }) => thread), links: Uint32Array.from(rows, ({ link }) => link), payloads: Uint32Array.from(rows, ({ payload }) => payload), texts,
        };
        parts.push(await writeBlock('events', encodeEvents(block), at));
        at += rows.length;
      }
      await writeFile(file, Buffer.concat(parts));
      const after = new Trace(() => 0);
      const loaded = await loadInto(after, file);
      if (!loaded.ok) throw new Error(loaded.error);
      expect(loaded.value.events + loaded.value.invalid).toBe(blocks.flat().length);
      expect(loaded.value.lost).toBe(first);
      lookAt(after);
    }), { numRuns: RUNS * 2 });
  });
});

/** Everything that the window asks of a trace can be asked of this one. */
function lookAt(trace: Trace): void {
  for (const node of trace.tree.all()) expect(trace.tree.subtree(node.id)).toContain(node.id);
  trace.timeline({ from: 0, to: 1e6, pixels: 1000, lanes: [...trace.tree.all()].slice(0, 100).map(({ id }) => id) });
  trace.events({ offset: 0, count: 200, text: 'close', handle: undefined });
  for (const read of trace.log) expect(read.seq).toBeGreaterThanOrEqual(0);
}
