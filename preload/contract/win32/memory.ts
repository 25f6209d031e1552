/** A location in the memory of an engine; 0n is NULL. Addresses of one engine mean nothing to another. */
export type Address = bigint;

/** Reading what lies at an address. A location that is not the engine's to read throws MemoryFault. */
export interface MemoryReader {
  /** A copy of `length` bytes. */
  read(address: Address, length: number): Uint8Array;
}

/** The memory that OUT parameters, OVERLAPPED structures and buffers of pending operations live in. */
export interface Memory extends MemoryReader {
  /** Zero-filled memory that stays until `free`. */
  alloc(size: number): Address;
  /** Gives back exactly what `alloc` gave; a second time is a programming fault and throws. */
  free(address: Address): void;
  write(address: Address, bytes: Uint8Array): void;
}

/** A read or write outside what was allocated: the access violation of this engine. */
export class MemoryFault extends Error {
  constructor(address: Address, length: number) {
    super(`Access violation: ${length} bytes at 0x${address.toString(16)}`);
    this.name = 'MemoryFault';
  }
}

export function readUint(memory: MemoryReader, address: Address, bytes: 1 | 2 | 4): number {
  const raw = memory.read(address, bytes);
  let value = 0;
  for (let i = bytes - 1; i >= 0; i -= 1) value = value * 256 + (raw[i] ?? 0);
  return value;
}

export function readUint64(memory: MemoryReader, address: Address): bigint {
  const raw = memory.read(address, 8);
  return new DataView(raw.buffer, raw.byteOffset, 8).getBigUint64(0, true);
}

/** Little-endian bytes of an unsigned integer; negative numbers are two's complement. */
export function uintBytes(value: number | bigint, bytes: 1 | 2 | 4 | 8): Uint8Array {
  const out = new Uint8Array(bytes);
  let rest = BigInt.asUintN(bytes * 8, BigInt(value));
  for (let i = 0; i < bytes; i += 1) {
    out[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return out;
}

/** Text as it lies in memory, without a NUL. ANSI is Windows-1252 reduced to its Latin-1 part; others become '?'. */
export function textBytes(text: string, width: 'A' | 'W'): Uint8Array {
  if (width === 'W') {
    const out = new Uint8Array(text.length * 2);
    for (let i = 0; i < text.length; i += 1) {
      const unit = text.charCodeAt(i);
      out[2 * i] = unit & 0xff;
      out[2 * i + 1] = unit >> 8;
    }
    return out;
  }
  return Uint8Array.from(text, (char) => (char.charCodeAt(0) < 256 ? char.charCodeAt(0) : 63));
}

export function textFromBytes(bytes: Uint8Array, width: 'A' | 'W'): string {
  let text = '';
  if (width === 'A') for (const byte of bytes) text += String.fromCharCode(byte);
  else for (let i = 0; i + 1 < bytes.length; i += 2) text += String.fromCharCode((bytes[i] ?? 0) | ((bytes[i + 1] ?? 0) << 8));
  return text;
}

/** Reads text up to its NUL, at most `limit` characters. */
export function readText(memory: MemoryReader, address: Address, width: 'A' | 'W', limit = 65536): string {
  let text = '';
  const unit = width === 'A' ? 1 : 2;
  for (let i = 0; i < limit; i += 1) {
    const code = readUint(memory, address + BigInt(i * unit), unit);
    if (code === 0) break;
    text += String.fromCharCode(code);
  }
  return text;
}
