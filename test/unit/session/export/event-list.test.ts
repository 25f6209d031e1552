import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { handleId } from '../../../../preload/contract/ids';
import { EVERY_EVENT, type EventChoice } from '../../../../electron/session/export/export-source';
import { exportPieces } from '../../../../electron/session/export/record-formats';
import { Trace } from '../../../../electron/trace/trace';
import { syntheticTrace } from '../../../../electron/trace/synthetic';
import { sourceOf } from './recorded';

function busyTrace(): Trace {
  const trace = new Trace();
  for (const event of syntheticTrace({ events: 3000, handles: 40, seed: 11 })) trace.append(event);
  return trace;
}

function text(format: 'csv' | 'ndjson', trace: Trace, choice: EventChoice = EVERY_EVENT): string {
  return [...exportPieces(format, sourceOf(trace), choice)].join('');
}

/** A reader of RFC 4180, apart from the writer: records of cells. */
function readCsv(csv: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  let [record, cell, quoted]: [string[], string, boolean] = [[], '', false];
  for (let at = csv.startsWith('\uFEFF') ? 1 : 0; at < csv.length; at += 1) {
    const char = csv[at] ?? '';
    if (quoted && char === '"' && csv[at + 1] === '"') [cell, at] = [`${cell}"`, at + 1];
    else if (char === '"') quoted = !quoted;
    else if (!quoted && char === ',') [record, cell] = [[...record, cell], ''];
    else if (!quoted && char === '\r' && csv[at + 1] === '\n') {
      records.push([...record, cell]);
      [record, cell, at] = [[], '', at + 1];
    } else cell += char;
  }
  expect(cell, 'the last record ends with a line end').toBe('');
  return records;
}

function noteOf(detail: string): Trace {
  const trace = new Trace();
  trace.append({ kind: 'note', level: 'info', text: detail, handle: undefined, thread: 1 });
  return trace;
}

describe('CSV', () => {
  test('has the documented columns and a record an event', () => {
    const trace = busyTrace();
    const [head, ...rows] = readCsv(text('csv', trace));
    expect(head).toEqual(['seq', 'time_ms', 'thread', 'handle', 'handle_label', 'kind', 'title', 'detail', 'result', 'tone']);
    expect(rows.map(([place]) => Number(place))).toEqual([...Array(trace.log.length).keys()]);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([10]));
  });

  test('gives any text back to a reader of RFC 4180', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (detail) => {
      const [, row] = readCsv(text('csv', noteOf(detail)));
      expect(row?.[7]?.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, '')).toBe(detail);
    }));
  });

  test.each(['=cmd|calc', '+1', '-1', '@x', '\t=1', '\r=1', '＝1'])('is no formula to a spreadsheet: %j', (detail) => {
    const [, row] = readCsv(text('csv', noteOf(detail)));
    expect(row?.[7]).toBe(`'${detail}`);
  });
});

describe('NDJSON', () => {
  test('has the events whole, a line each', () => {
    const trace = busyTrace();
    const lines = text('ndjson', trace).split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([...trace.log].map((event): unknown => JSON.parse(JSON.stringify(event))));
  });
});

describe('the filter of the event list', () => {
  test('leaves what the list would show', () => {
    const trace = busyTrace();
    const listed = trace.events({ offset: 0, count: 500, text: 'HANDLE_CLOSING', handle: undefined });
    const rows = readCsv(text('csv', trace, { text: 'HANDLE_CLOSING', handle: undefined })).slice(1);
    expect(rows.map(([place]) => Number(place))).toEqual(listed.rows.map(({ seq }) => seq));
    expect(rows.length).toBeGreaterThan(0);
  });

  test('leaves a handle and what is below it', () => {
    const trace = busyTrace();
    const lines = text('ndjson', trace, { text: '', handle: handleId(5) }).trim().split('\n');
    const places = lines.map((line) => (JSON.parse(line) as { readonly handle: number }).handle);
    expect(new Set(places)).toEqual(new Set([5]));
  });

  test('does not change what the window looks for', () => {
    const trace = busyTrace();
    const before = trace.events({ offset: 0, count: 10, text: 'REQUEST_COMPLETE', handle: undefined });
    text('csv', trace, { text: 'InternetReadFile', handle: undefined });
    expect(trace.events({ offset: 0, count: 10, text: 'REQUEST_COMPLETE', handle: undefined })).toEqual(before);
  });

  test('what is recorded after an export began is not in it', () => {
    const trace = busyTrace();
    const source = sourceOf(trace);
    trace.append({ kind: 'note', level: 'info', text: 'late', handle: undefined, thread: 1 });
    expect([...exportPieces('ndjson', source, EVERY_EVENT)].join('').trim().split('\n')).toHaveLength(source.end);
  });
});
