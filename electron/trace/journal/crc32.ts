/** Bytes taken in at a step: each needs a table that says what it does that many bytes before the end. */
const STRIDE = 8;

/**
 * CRC-32 (IEEE 802.3), as gzip has it; Node's own came only after the oldest runtime this runs on. Eight bytes at a step:
 * a journal under load writes tens of megabytes a second, and byte by byte the checksum cost more than the writing.
 */
const TABLES: readonly Int32Array[] = makeTables();

function makeTables(): readonly Int32Array[] {
  const first = Int32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit += 1) value = (value & 1) === 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value;
  });
  const tables = [first];
  for (let table = 1; table < STRIDE; table += 1) {
    tables.push((tables[table - 1] ?? first).map((value) => (value >>> 8) ^ (first[value & 0xff] ?? 0)));
  }
  return tables;
}

export function crc32(bytes: Uint8Array): number {
  // One name each: a table looked up in an array at every byte would cost more than the byte.
  const [t0 = NONE, t1 = NONE, t2 = NONE, t3 = NONE, t4 = NONE, t5 = NONE, t6 = NONE, t7 = NONE] = TABLES;
  const at = (index: number): number => bytes[index] ?? 0;
  const whole = bytes.length - (bytes.length % STRIDE);
  let crc = -1;
  let index = 0;
  for (; index < whole; index += STRIDE) {
    const low = crc ^ (at(index) | (at(index + 1) << 8) | (at(index + 2) << 16) | (at(index + 3) << 24));
    crc = (t7[low & 0xff] ?? 0) ^ (t6[(low >>> 8) & 0xff] ?? 0) ^ (t5[(low >>> 16) & 0xff] ?? 0) ^ (t4[low >>> 24] ?? 0)
      ^ (t3[at(index + 4)] ?? 0) ^ (t2[at(index + 5)] ?? 0) ^ (t1[at(index + 6)] ?? 0) ^ (t0[at(index + 7)] ?? 0);
  }
  for (; index < bytes.length; index += 1) crc = (crc >>> 8) ^ (t0[(crc ^ at(index)) & 0xff] ?? 0);
  return (crc ^ -1) >>> 0;
}

const NONE = new Int32Array(256);
