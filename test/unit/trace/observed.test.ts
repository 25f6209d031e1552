import { expect, test } from 'vitest';
import { Referee } from '../../../electron/rules/referee';
import { Trace } from '../../../electron/trace/trace';
import type { HandleBirth, ObservedEvent } from '../../../preload/contract/event';
import { handleId } from '../../../preload/contract/ids';
import { SPAN_KINDS } from '../../../preload/contract/query';

type Part = Partial<Omit<ObservedEvent, 'kind' | 'seq'>>;

function observed(time: number, part: Part) {
  return { kind: 'observed' as const, source: 'ETW', name: 'EVENT', fields: {}, error: 0, created: undefined, handle: undefined, thread: 7, time, ...part };
}

function born(id: number, kind: HandleBirth['kind'], parent?: number): HandleBirth {
  return {
    id: handleId(id), kind, parent: parent === undefined ? undefined : handleId(parent), raw: `0x${id}`, label: `${kind} ${id}`, detail: '', context: undefined, hasCallback: false,
    asynchronous: undefined, connectionId: undefined,
  };
}

/** A process with a session and a request in it. */
function recorded(): Trace {
  const trace = new Trace(() => 0);
  trace.append(observed(0, { created: born(1, 'process'), handle: handleId(1) }));
  trace.append(observed(1, { created: born(2, 'session', 1), handle: handleId(2) }));
  trace.append(observed(2, { created: born(3, 'request', 2), handle: handleId(3) }));
  return trace;
}

function spansOf(trace: Trace, id: number): readonly string[] {
  const { spans, strings } = trace.timeline({ from: 0, to: 100, pixels: 10_000, lanes: [handleId(id)] });
  return Array.from(spans.kind, (kind, at) => `${SPAN_KINDS[kind] ?? '?'} ${strings[spans.label[at] ?? 0] ?? ''} ${spans.start[at]}–${spans.end[at]}${spans.bad[at] === 1 ? ' bad' : ''}`);
}

test('what another recorder saw made and ended becomes nodes of the same tree', () => {
  const trace = recorded();
  trace.append(observed(5, { handle: handleId(3), says: { label: 'GET /later' } }));
  trace.append(observed(9, { handle: handleId(3), became: 'closed' }));
  expect(trace.tree.childrenOf(handleId(2))).toEqual([3]);
  expect(trace.tree.get(handleId(3))).toMatchObject({ label: 'GET /later', state: 'closed', createdAt: 2, endedAt: 9 });
  expect(trace.tree.get(handleId(2))).toMatchObject({ state: 'open' });
});

test('its phases are spans of the lane, and a failure ends one badly', () => {
  const trace = recorded();
  trace.append(observed(3, { handle: handleId(3), phase: { edge: 'begin', kind: 'resolve', label: 'resolve' } }));
  trace.append(observed(4, { handle: handleId(3), phase: { edge: 'begin', kind: 'connect', label: 'connect' } }));
  trace.append(observed(6, { handle: handleId(3), phase: { edge: 'end' }, error: 12029 }));
  trace.append(observed(7, { handle: handleId(3), became: 'cancelled' }));
  expect(spansOf(trace, 3)).toEqual(['life  2–7 bad', 'resolve resolve 3–4', 'connect connect 4–6 bad']);
});

test('a handle of another program that stays open is found; the program itself is none', () => {
  const trace = new Trace(() => 0);
  const referee = new Referee(trace);
  trace.append(observed(0, { created: born(1, 'process'), handle: handleId(1) }));
  trace.append(observed(1, { created: born(2, 'session', 1), handle: handleId(2), name: 'WININET_ROOT_HANDLE_CREATED' }));
  expect(referee.all(true).map(({ rule, handle }) => [rule, handle])).toEqual([['handle-leaked', 2]]);
  expect(referee.leaks().map(({ origin, api }) => [origin, api])).toEqual([['thread 7', 'WININET_ROOT_HANDLE_CREATED']]);
});

test('an observed event comes back from the log as it was', () => {
  const trace = recorded();
  const given = observed(4, { handle: handleId(3), fields: { Verb: 'GET' }, error: 12007, failed: true, phase: { edge: 'end' } });
  const { seq } = trace.append(given);
  expect(trace.log.at(seq)).toEqual({ ...given, seq });
});
