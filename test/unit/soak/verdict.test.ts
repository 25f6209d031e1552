import { expect, test } from 'vitest';
import type { Sample } from '../../soak/holdings';
import { judge, line } from '../../soak/verdict';

const flat = (number: number): Sample => ({ at: number * 60_000, memory: 50e6, handles: 20, sockets: 0, events: 33_000, full: true, tables: { HINTERNETs: 0, HANDLEs: 0 }, left: [] });

function series(change: (number: number) => Partial<Sample> = () => ({})): readonly Sample[] {
  return Array.from({ length: 12 }, (_, number) => ({ ...flat(number), ...change(number) }));
}

test('what stays as it was is flat', () => {
  expect(judge(series(), 3).leaks).toEqual([]);
});

test('growth before the end of the warm-up, and what comes and goes from sample to sample, are no leak', () => {
  expect(judge(series((number) => ({ memory: number < 3 ? 10e6 : 50e6 + (number % 3) * 20e6 })), 3).leaks).toEqual([]);
});

test('memory that grows from third to third is one', () => {
  expect(judge(series((number) => ({ memory: 50e6 + number * 5e6 })), 3).leaks).toEqual([expect.stringContaining('× the memory')]);
});

test('handles that grow, sockets that stay and tables that are not empty are named, with what is left in them', () => {
  const leaks = judge(series((number) => ({ handles: 20 + number * 2, sockets: 2, tables: { HINTERNETs: 0, HANDLEs: 3 }, left: ['0x2 of InternetConnect'] })), 3).leaks;
  expect(leaks).toEqual(['Handles of the process grew from 26 to 42.', '2 sockets are open though everything is closed.', "3 left in the engine's table of HANDLEs.", 'Left: 0x2 of InternetConnect.']);
});

test('too few samples judge nothing', () => {
  expect(judge(series().slice(0, 4), 3).leaks).toEqual(['There are too few samples to judge, 1 with a full history: give it more minutes.']);
});

test('a sample is a line under the head of the table', () => {
  const [head, sample] = [line(), line({ ...flat(12), tables: { HINTERNETs: 2, HANDLEs: 3 } })];
  expect(sample).toHaveLength(head.length);
  expect(sample.trim().split(/ {2,}/)).toEqual(['12.0', '33,000', '50.0 MB', '20', '0', '5']);
});
