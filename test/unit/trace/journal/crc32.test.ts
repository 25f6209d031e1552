import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc32 } from '../../../../electron/trace/journal/crc32';

/** The checksum by its definition: one bit after another. */
function bitByBit(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ -1) >>> 0;
}

test('the checksum of a frame is that of the standard, whatever the length', () => {
  expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926);
  fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
    expect(crc32(bytes)).toBe(bitByBit(bytes));
  }));
});
