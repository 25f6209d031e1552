import type { Address } from '../../../../preload/contract/win32/memory';
import { layoutOf } from '../../../../preload/contract/win32/struct-codec';

/** Memory that grows from its start, whose pointers are addresses of where it will lie. */
export class MemoryRecord {
  private bytes = new Uint8Array(4096);
  private used = 0;

  constructor(private readonly base: Address) {}

  get size(): number {
    return this.used;
  }

  /** The bytes written so far. */
  get content(): Uint8Array {
    return this.bytes.subarray(0, this.used);
  }

  reserve(size: number, align: number): number {
    const at = Math.ceil(this.used / align) * align;
    this.used = at + size;
    if (this.used > this.bytes.length) {
      const larger = new Uint8Array(this.used * 2);
      larger.set(this.bytes);
      this.bytes = larger;
    }
    return at;
  }

  append(data: Uint8Array, align: number): Address {
    const at = this.reserve(data.length, align);
    this.bytes.set(data, at);
    return this.base + BigInt(at);
  }

  /** Writes bytes into what was reserved. */
  write(at: number, data: Uint8Array): void {
    this.bytes.set(data, at);
  }

  /** Writes a member of a structure that lies at an offset. */
  set(struct: string, at: number, name: string, value: number | bigint): void {
    const field = layoutOf(struct).fields.find((candidate) => candidate.name === name);
    if (field === undefined) throw new Error(`${struct} has no ${name}`);
    const size = field.type.kind === 'uint' ? field.type.bytes : 8;
    const view = new DataView(this.bytes.buffer, at + field.offset, size);
    if (size === 8) view.setBigUint64(0, BigInt.asUintN(64, BigInt(value)), true);
    else if (size === 4) view.setUint32(0, Number(value), true);
    else if (size === 2) view.setUint16(0, Number(value), true);
    else view.setUint8(0, Number(value));
  }

  /** The offset of a nested structure. */
  within(struct: string, at: number, name: string): number {
    const field = layoutOf(struct).fields.find((candidate) => candidate.name === name);
    if (field === undefined) throw new Error(`${struct} has no ${name}`);
    return at + field.offset;
  }
}
