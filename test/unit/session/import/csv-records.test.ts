import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvRecords } from '../../../../electron/session/import/etw/csv-records';

interface Read {
  readonly records: readonly (readonly string[])[];
  readonly lines: readonly number[];
  readonly damaged: readonly number[];
}

function read(text: string, piece = text.length): Read {
  const records: (readonly string[])[] = [];
  const lines: number[] = [];
  const damaged: number[] = [];
  const reader = new CsvRecords(({ fields, line }) => { records.push(fields); lines.push(line); }, (line) => damaged.push(line));
  for (let at = 0; at < text.length; at += Math.max(1, piece)) reader.write(text.slice(at, at + Math.max(1, piece)));
  reader.end();
  return { records, lines, damaged };
}

describe('records of CSV', () => {
  it.each([
    ['a,b\r\nc,d', [['a', 'b'], ['c', 'd']]],
    ['  a ,   b  \n', [['a', 'b']]],
    ['"a, b",  "say ""hi"""  ,c\n', [['a, b', 'say "hi"', 'c']]],
    ['"a\r\nb",c\r\nd\r\n', [['a\r\nb', 'c'], ['d']]],
    ['"", ,""\n', [['', '', '']]],
    ['\n\na\n', [['a']]],
    // tracerpt does not double the quotes within a value.
    ['"say "hi" there", x\n', [['say "hi" there', 'x']]],
  ])('%j', (text, records) => {
    for (const piece of [1, 2, 3, text.length]) expect(read(text, piece).records).toEqual(records);
  });

  it('costs a quote that is never closed its own line and no more', () => {
    expect(read('a,b\n"open,c\nd,e\nf,g\n')).toEqual({ records: [['a', 'b'], ['d', 'e'], ['f', 'g']], lines: [1, 3, 4], damaged: [2] });
  });

  it('numbers the lines as an editor does, those within a value too', () => {
    expect(read('a\n"b\nb"\nc\n').lines).toEqual([1, 2, 4]);
  });

  it('gives the same however the text is cut', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'ä') });
    fc.assert(fc.property(cell, fc.integer({ min: 1, max: 7 }), (text, piece) => { expect(read(text, piece)).toEqual(read(text)); }));
  });

  it('reads back every value that RFC 4180 can write', () => {
    const value = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', ' ', 'ä') }).filter((text) => !/"\s*[,\n\r]/.test(text) && !/"\s*$/.test(text) && text.trim() !== '');
    fc.assert(fc.property(fc.array(value, { minLength: 1, maxLength: 4 }), (values) => {
      const text = `${values.map((one) => `"${one.replaceAll('"', '""')}"`).join(', ')}\r\n`;
      expect(read(text).records).toEqual([values]);
    }));
  });

  it('takes a time that grows with the text and no faster, also of quotes that are never closed', () => {
    const lines = (count: number): string => '"never closed, x\n'.repeat(count);
    const took = (count: number): number => { const began = performance.now(); read(lines(count), 65_536); return performance.now() - began; };
    took(80_000);
    // Eight times the text: sixty-four times would be the square.
    expect(took(640_000) / took(80_000)).toBeLessThan(30);
  });
});
