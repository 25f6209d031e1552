import { beforeEach, expect, test } from 'vitest';
import { HandleRecords, type HandleRecord } from '../../../electron/engine/native/handle-records';

let records: HandleRecords;

beforeEach(() => {
  records = new HandleRecords();
});

function begin(context: bigint, parent?: HandleRecord): HandleRecord {
  return records.begin(parent, { madeBy: 'HttpOpenRequest', context, asynchronous: true, ftp: false });
}

test('a handle whose HANDLE_CLOSING came before the call that made it returned stays gone', () => {
  const record = begin(1n);
  records.forget(record);
  records.made(record, 5n);
  expect([records.live, records.find(5n)]).toEqual([0, undefined]);
});

test('a handle whose value was given out again counts until its own end, and takes nothing from the one that has the value', () => {
  const [former, newer] = [begin(1n), begin(2n)];
  records.made(former, 5n);
  records.made(newer, 5n);
  expect(records.live).toBe(2);
  records.forget(former);
  expect([records.live, records.find(5n)]).toEqual([1, newer]);
});

test('the context before still means its handle until the handle is gone', () => {
  const record = begin(1n);
  records.made(record, 5n);
  const { token } = record;
  records.setContext(record, 2n);
  expect(records.findToken(token)).toBe(record);
  records.forget(record);
  expect([token, record.token].map((known) => records.findToken(known))).toEqual([undefined, undefined]);
});

test('children are asynchronous, and have a callback, as the handle above them when they were made', () => {
  const parent = begin(1n);
  parent.calledBack = true;
  const child = begin(2n, parent);
  parent.calledBack = false;
  expect([child.asynchronous, child.calledBack]).toEqual([true, true]);
});
