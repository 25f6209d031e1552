import { describe, expect, test } from 'vitest';
import { eventRow } from '../../../electron/trace/event-rows';
import { syntheticTrace } from '../../../electron/trace/synthetic';
import { Trace } from '../../../electron/trace/trace';
import type { TraceEvent } from '../../../preload/contract/event';
import type { Finding, Severity } from '../../../preload/contract/finding';
import { handleId, seq, type Seq } from '../../../preload/contract/ids';
import { filteredFindings } from '../../../renderer/model/filter-findings';
import { Forest } from '../../../renderer/model/forest';
import { RowIndex } from '../../../renderer/model/row-index';
import { suggestionsFor } from '../../../renderer/model/filter-suggestions';

const EVENTS = 4000;
const trace = new Trace(() => 0);
for (const event of syntheticTrace({ events: EVENTS, handles: 40, seed: 5 })) trace.append(event);
trace.append({ kind: 'note', level: 'info', text: 'a note', handle: handleId(3), thread: 77 });
const events = [...trace.log];

function found(text: string, severities?: ReadonlyMap<Seq, Severity>): readonly number[] {
  const places: number[] = [];
  for (let offset = 0; ; offset += 500) {
    const page = trace.events({ offset, count: 500, text, handle: undefined }, undefined, severities);
    places.push(...page.rows.map((row) => row.seq));
    if (page.rows.length < 500) return places;
  }
}

const expected = (holds: (event: TraceEvent) => boolean): readonly number[] => events.filter(holds).map((event) => event.seq);
const nodeOf = (event: TraceEvent) => (event.handle === undefined ? undefined : trace.tree.get(event.handle));
const started = (event: TraceEvent): number | undefined => {
  const link = event.kind === 'return' ? event.call : event.kind === 'callback' || event.kind === 'completion' ? event.completes : undefined;
  return link === undefined ? undefined : trace.log.timeAt(link);
};

describe('of the events a filter finds', () => {
  test.each<[filter: string, holds: (event: TraceEvent) => boolean]>([
    ['kind:callback', (event) => event.kind === 'callback'],
    ['kind:request', (event) => nodeOf(event)?.kind === 'request'],
    ['kind:session,note', (event) => event.kind === 'note' || nodeOf(event)?.kind === 'session'],
    ['state:closed', (event) => nodeOf(event)?.state === 'closed'],
    ['-state:closed', (event) => nodeOf(event)?.state !== 'closed'],
    ['status:request_complete', (event) => event.kind === 'callback' && event.status === 100],
    ['status:100', (event) => event.kind === 'callback' && event.status === 100],
    ['fn:readfile', (event) => (event.kind === 'call' || event.kind === 'return') && event.api.toLowerCase().includes('readfile')],
    ['kind:return -fn:readfile', (event) => event.kind === 'return' && !event.api.toLowerCase().includes('readfile')],
    ['error:997', (event) => event.kind === 'return' && event.error === 997],
    ['error:io_pending', (event) => event.kind === 'return' && event.error === 997],
    ['error:any', (event) => (event.kind === 'return' && event.error !== 0 && event.error !== 997) || (event.kind === 'callback' && event.payload.kind === 'async-result' && event.payload.dwResult === '0x0' && event.payload.dwError !== 0 && event.payload.dwError !== 997)],
    ['thread:77', (event) => event.thread === 77],
    ['handle:#3', (event) => event.handle === 3],
    ['handle:item/1', (event) => nodeOf(event)?.label.toLowerCase().includes('item/1') === true],
    ['dur>0.05', (event) => started(event) !== undefined && event.time - (started(event) ?? 0) > 0.05],
    ['"a note"', (event) => event.kind === 'note'],
    ['item/1 -kind:callback', (event) => event.kind !== 'callback' && Object.values(eventRow(event, trace.tree)).join(' ').toLowerCase().includes('item/1')],
  ])('%s: those and no others', (filter, holds) => {
    const wanted = expected(holds);
    expect(found(filter)).toEqual(wanted);
    // A statement about no events, or about all, would hold of a filter that does nothing.
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.length).toBeLessThan(events.length);
  });

  test('size: those that say how many bytes they moved', () => {
    const told = new Trace(() => 0);
    const call = told.append({ kind: 'call', api: 'HttpReceiveHttpRequest', width: 'W', args: {}, origin: 'test', inCallback: undefined, handle: undefined, thread: 1 });
    for (const bytes of [10, 4096, 9000]) told.append({ kind: 'completion', api: 'HttpReceiveHttpRequest', completes: call.seq, error: 0, bytes, out: {}, created: undefined, handle: undefined, thread: 1 });
    expect(told.events({ offset: 0, count: 9, text: 'size>=4kb', handle: undefined }).rows.map((row) => row.seq)).toEqual([2, 3]);
    expect(told.events({ offset: 0, count: 9, text: 'size<4kb', handle: undefined }).rows.map((row) => row.seq)).toEqual([1]);
  });

  test('severity: those that such a finding names', () => {
    const severities = new Map<Seq, Severity>([[seq(7), 'error'], [seq(9), 'warning']]);
    expect(found('severity:error', severities)).toEqual([7]);
    expect(found('severity:error,warning', severities)).toEqual([7, 9]);
  });
});

describe('one filter for all', () => {
  const forest = new Forest();
  forest.apply([...trace.tree.all()]);
  const rows = (filter: string, owners?: ReadonlySet<never> | ReadonlySet<ReturnType<typeof handleId>>) => {
    const list = new RowIndex(forest).update({ collapsed: new Set(), liveOnly: false, filter, asOf: undefined, found: owners });
    return list.slice(0, list.length).map(({ node }) => node);
  };

  test('shows in the tree the handles that meet it, below their parents', () => {
    const wanted = [...trace.tree.all()].filter((node) => node.kind === 'request' && node.state === 'closed').map(({ id }) => id);
    const shown = rows('kind:request state:closed');
    expect(shown.filter(({ kind }) => kind === 'request').map(({ id }) => id).sort()).toEqual(wanted.sort());
    expect(wanted.length).toBeGreaterThan(0);
  });

  test('shows in the tree the handles whose events meet it', () => {
    const page = trace.events({ offset: 0, count: 0, text: 'error:12030', handle: undefined, owners: true });
    const owners = new Set([...page.owners ?? []].filter((id) => id !== 0).map((id) => handleId(id)));
    expect(owners).toEqual(new Set(events.filter((event) => found('error:12030').includes(event.seq)).map((event) => event.handle)));
    expect(owners.size).toBeGreaterThan(0);
    const shown = new Set(rows('error:12030', owners).map(({ id }) => id));
    for (const owner of owners) expect(shown.has(owner)).toBe(true);
  });

  test('leaves the findings that meet it', () => {
    const finding = (severity: Severity, handle: number, message: string): Finding => ({
      rule: 'a-rule', severity, message, fix: '', page: '', handle: handleId(handle), handles: [handleId(handle)], events: [seq(0)], time: 0, provoked: false, standing: false, muted: undefined,
    });
    const all = [finding('error', 1, 'Used after its close'), finding('warning', 3, 'Never answered')];
    const left = (filter: string, owners?: ReadonlySet<ReturnType<typeof handleId>>) => filteredFindings(all, filter, forest, owners).map(({ severity }) => severity);
    expect(left('severity:error')).toEqual(['error']);
    expect(left('-severity:error')).toEqual(['warning']);
    expect(left('answered')).toEqual(['warning']);
    expect(left('kind:session')).toEqual(['error']);
    expect(left('fn:close', new Set([handleId(3)]))).toEqual(['warning']);
  });
});

describe('what can be written next', () => {
  test('is the keys that begin so', () => {
    expect(suggestionsFor('abc st', {}).map(({ text }) => text)).toEqual(['abc state:', 'abc status:']);
    expect(suggestionsFor('-du', {}).map(({ text }) => text)).toEqual(['-dur>']);
  });

  test('is the values of the key, those that occur first, those that stand there already left out', () => {
    expect(suggestionsFor('kind:', { kind: ['request'] })[0]).toEqual({ text: 'kind:request ', label: 'kind:request', about: 'occurs in what is shown' });
    expect(suggestionsFor('kind:request,sess', {}).map(({ text }) => text)).toEqual(['kind:request,session ', 'kind:request,server-session ']);
    expect(suggestionsFor('handle:', { handle: ['GET /a b'] })[0]?.text).toBe('handle:"GET /a b" ');
  });
});
