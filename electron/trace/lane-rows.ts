/** Most lanes hold a few rows; a trace has tens of thousands of lanes. */
const FIRST_CAPACITY = 8;
const SHORT = 256;
const LONG = 4096;

/**
 * How much room there is to be once `rows` are full. A short column is doubled: most of a trace's are short, and each step
 * costs more than the few bytes. A long one grows by a part of itself, the longer the smaller: what is kept ready is a part
 * of every event's memory.
 */
function capacityAfter(rows: number): number {
  if (rows < SHORT) return Math.max(FIRST_CAPACITY, rows * 2);
  return rows + Math.ceil(rows / (rows < LONG ? 8 : 16));
}

/**
 * The marks of a lane: columns that share their length and their memory, made with the first mark. Not of the general
 * Column: code that writes numbers of one width is several times faster than code that writes those of five, and this is
 * run for every event.
 */
export class MarkRows {
  times = new Float64Array(0);
  seqs = new Uint32Array(0);
  labels = new Uint16Array(0);
  length = 0;

  get bytes(): number {
    return this.times.buffer.byteLength;
  }

  push(time: number, seq: number, label: number): void {
    const row = this.length;
    if (row === this.times.length) this.resize(capacityAfter(row), 0);
    this.times[row] = time;
    this.seqs[row] = seq;
    this.labels[row] = label;
    this.length = row + 1;
  }

  /** Forgets the first rows and gives back their memory. */
  drop(count: number): void {
    this.resize(this.length - count, count);
    this.length -= count;
  }

  private resize(capacity: number, from: number): void {
    const { times, seqs, labels, length } = this;
    const room = new Room(capacity, 14);
    this.times = room.f64();
    this.seqs = room.u32();
    this.labels = room.u16();
    this.times.set(times.subarray(from, length));
    this.seqs.set(seqs.subarray(from, length));
    this.labels.set(labels.subarray(from, length));
  }
}

/** The spans of a lane, in the order in which they were told of. */
export class SpanRows {
  /** When each was told of: never falls, so that it can be searched. */
  told = new Float64Array(0);
  /** NaN while it lasts. */
  ends = new Float64Array(0);
  /** How long before it was told of it began: a call that blocked is told of when it returns. */
  late = new Float32Array(0);
  seqs = new Uint32Array(0);
  labels = new Uint16Array(0);
  kinds: Uint8Array = new Uint8Array(0);
  length = 0;

  get bytes(): number {
    return this.told.buffer.byteLength;
  }

  push(told: number, late: number, kind: number, seq: number, label: number): void {
    const row = this.length;
    if (row === this.told.length) this.resize(capacityAfter(row), 0);
    this.told[row] = told;
    this.ends[row] = Number.NaN;
    this.late[row] = late;
    this.seqs[row] = seq;
    this.labels[row] = label;
    this.kinds[row] = kind;
    this.length = row + 1;
  }

  startOf(row: number): number {
    return (this.told[row] ?? 0) - (this.late[row] ?? 0);
  }

  /** Forgets the first rows and gives back their memory. */
  drop(count: number): void {
    this.resize(this.length - count, count);
    this.length -= count;
  }

  private resize(capacity: number, from: number): void {
    const { told, ends, late, seqs, labels, kinds, length } = this;
    const room = new Room(capacity, 27);
    this.told = room.f64();
    this.ends = room.f64();
    this.late = room.f32();
    this.seqs = room.u32();
    this.labels = room.u16();
    this.kinds = room.u8();
    this.told.set(told.subarray(from, length));
    this.ends.set(ends.subarray(from, length));
    this.late.set(late.subarray(from, length));
    this.seqs.set(seqs.subarray(from, length));
    this.labels.set(labels.subarray(from, length));
    this.kinds.set(kinds.subarray(from, length));
  }
}

/** One piece of memory for the columns of some rows: asked for in the order of their widths, so that each lies at a multiple of its own. */
class Room {
  private readonly buffer: ArrayBuffer;
  private at = 0;

  constructor(private readonly rows: number, bytesOfRow: number) {
    this.buffer = new ArrayBuffer(rows * bytesOfRow);
  }

  f64(): Float64Array<ArrayBuffer> {
    return new Float64Array(this.buffer, this.take(8), this.rows);
  }

  f32(): Float32Array<ArrayBuffer> {
    return new Float32Array(this.buffer, this.take(4), this.rows);
  }

  u32(): Uint32Array<ArrayBuffer> {
    return new Uint32Array(this.buffer, this.take(4), this.rows);
  }

  u16(): Uint16Array<ArrayBuffer> {
    return new Uint16Array(this.buffer, this.take(2), this.rows);
  }

  u8(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.buffer, this.take(1), this.rows);
  }

  private take(width: number): number {
    const { at } = this;
    this.at += width * this.rows;
    return at;
  }
}

/** Bytes one after another, for the levels of a pyramid. */
export class ByteRows {
  values: Uint8Array = new Uint8Array(0);
  length = 0;

  push(value: number): void {
    const row = this.length;
    if (row === this.values.length) {
      const grown = new Uint8Array(capacityAfter(row));
      grown.set(this.values);
      this.values = grown;
    }
    this.values[row] = value;
    this.length = row + 1;
  }
}

/** The first of `length` rows that is not below `bound`, where they never fall. */
export function firstNotBelow(times: Float64Array, length: number, bound: number, from = 0): number {
  // Steps that double from where the search begins: the next one wanted is mostly near.
  let low = from;
  let reach = 1;
  while (low + reach < length && (times[low + reach] ?? 0) < bound) {
    low += reach;
    reach *= 2;
  }
  let high = Math.min(length, low + reach);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? 0) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
