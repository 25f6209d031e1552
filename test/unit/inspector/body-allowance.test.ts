import { expect, test } from 'vitest';
import { BodyAllowance } from '../../../electron/inspector/body-allowance';
import { handleId } from '../../../preload/contract/ids';

const REQUEST = handleId(1);

function kept(allowance: BodyAllowance, api: Parameters<BodyAllowance['keeperOf']>[0], bytes: number, handle = REQUEST): number {
  const value = allowance.keeperOf(api, handle)(new Uint8Array(bytes));
  return typeof value === 'object' && 'hex' in value && typeof value.hex === 'string' ? value.hex.length / 2 : -1;
}

test('the first 64 KB of a body are kept whole, and of what follows a little of each buffer', () => {
  const allowance = new BodyAllowance();
  const reads = Array.from({ length: 10 }, () => kept(allowance, 'InternetReadFile', 8192));
  expect(reads.slice(0, 8)).toEqual(reads.slice(0, 8).map(() => 8192));
  expect(reads.slice(8)).toEqual([256, 256]);
});

test('both directions and every handle have bodies of their own, and another send begins anew', () => {
  const allowance = new BodyAllowance();
  expect(kept(allowance, 'InternetReadFile', 100_000)).toBe(65_536);
  expect(kept(allowance, 'InternetWriteFile', 8192)).toBe(8192);
  expect(kept(allowance, 'InternetReadFile', 8192, handleId(2))).toBe(8192);
  expect(kept(allowance, 'InternetReadFile', 8192)).toBe(256);
  expect(kept(allowance, 'HttpSendRequest', 10)).toBe(10);
  expect(kept(allowance, 'InternetReadFile', 8192)).toBe(8192);
});

test('once the bodies of a recording are many, of each only the beginning is kept whole', () => {
  const allowance = new BodyAllowance();
  for (let id = 1; id <= 512; id += 1) expect(kept(allowance, 'InternetReadFile', 65_536, handleId(id))).toBe(65_536);
  expect(kept(allowance, 'InternetReadFile', 65_536, handleId(600))).toBe(4096);
});

test('a buffer that is no body is kept as every other', () => {
  const allowance = new BodyAllowance();
  for (let asked = 0; asked < 3; asked += 1) expect(kept(allowance, 'InternetSetOption', 10_000)).toBe(4096);
});
