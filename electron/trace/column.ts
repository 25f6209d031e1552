type Numbers = Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array;

/** Most lanes hold a few rows; a trace has tens of thousands of lanes. */
const FIRST_CAPACITY = 8;
const SHORT = 64;

/** One column of numbers that grows: an event costs its bytes and no object. */
export class Column<T extends Numbers> {
  private values: T;
  private used = 0;

  constructor(private readonly make: (capacity: number) => T) {
    this.values = make(FIRST_CAPACITY);
  }

  get length(): number {
    return this.used;
  }

  get bytes(): number {
    return this.values.byteLength;
  }

  /** The rows themselves, with room behind them: for loops that know their bounds. Good until the next push or drop. */
  get raw(): T {
    return this.values;
  }

  push(value: number): void {
    if (this.used === this.values.length) {
      // Half as much again: doubling would leave a quarter of a long trace's memory unused. A short one is doubled: most
      // of a trace's columns are short, and each step costs more than the few bytes.
      const grown = this.make(Math.ceil(this.values.length * (this.values.length < SHORT ? 2 : 1.5)));
      grown.set(this.values);
      this.values = grown;
    }
    this.values[this.used] = value;
    this.used += 1;
  }

  /** Takes the first `count` of other rows in at once. */
  pushAll(rows: ArrayLike<number>, count: number): void {
    if (this.used + count > this.values.length) {
      const grown = this.make(Math.ceil((this.used + count) * 1.5));
      grown.set(this.values.subarray(0, this.used));
      this.values = grown;
    }
    for (let index = 0; index < count; index += 1) this.values[this.used + index] = rows[index] ?? 0;
    this.used += count;
  }

  at(index: number): number {
    const value = index < this.used ? this.values[index] : undefined;
    if (value === undefined) throw new Error(`No row ${index} of ${this.used}`);
    return value;
  }

  set(index: number, value: number): void {
    if (index >= this.used) throw new Error(`No row ${index} of ${this.used}`);
    this.values[index] = value;
  }

  /** Forgets the first rows and gives back their memory. */
  drop(count: number): void {
    const kept = this.make(Math.max(FIRST_CAPACITY, this.used - count));
    kept.set(this.values.subarray(count, this.used));
    this.values = kept;
    this.used -= count;
  }

  /** The first row whose value is not below `bound`, in a column that never falls. */
  lowerBound(bound: number, from = 0): number {
    // Steps that double from where the search begins: the next one wanted is mostly near.
    let low = from;
    let reach = 1;
    while (low + reach < this.used && (this.values[low + reach] ?? 0) < bound) {
      low += reach;
      reach *= 2;
    }
    let high = Math.min(this.used, low + reach);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.values[middle] ?? 0) < bound) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

// One maker for all columns of a kind: a trace has hundreds of thousands of columns.
const makeU8 = (rows: number): Uint8Array => new Uint8Array(rows);
const makeU16 = (rows: number): Uint16Array => new Uint16Array(rows);
const makeU32 = (rows: number): Uint32Array => new Uint32Array(rows);
const makeF32 = (rows: number): Float32Array => new Float32Array(rows);
const makeF64 = (rows: number): Float64Array => new Float64Array(rows);

export const u8 = (): Column<Uint8Array> => new Column(makeU8);
export const u16 = (): Column<Uint16Array> => new Column(makeU16);
export const u32 = (): Column<Uint32Array> => new Column(makeU32);
export const f32 = (): Column<Float32Array> => new Column(makeF32);
export const f64 = (): Column<Float64Array> => new Column(makeF64);
