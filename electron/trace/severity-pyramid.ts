import { ByteRows } from './lane-rows';

const NOTHING = new Uint8Array(0);

/** A run this short is looked through faster than its pyramid is climbed. */
const SHORT_RUN = 96;

/**
 * The worst of any run of marks in a few steps: level k holds the worst of each 2^k neighbours, kept up on append. A lane
 * of twenty thousand marks seen on a thousand pixels costs a thousand small questions, not twenty thousand looks.
 */
export class SeverityPyramid {
  private readonly levels: ByteRows[] = [new ByteRows()];

  get length(): number {
    return this.levels[0]?.length ?? 0;
  }

  get bytes(): number {
    return this.levels.reduce((sum, { values }) => sum + values.byteLength, 0);
  }

  push(severity: number): void {
    const flat = this.levels.length === 1;
    this.pushFrom(severity, flat ? 1 : Number.POSITIVE_INFINITY);
    // Of tens of thousands of lanes most are short: they have no levels to pay for.
    if (flat && this.length > SHORT_RUN) this.build();
  }

  private pushFrom(severity: number, levels: number): void {
    let value = severity;
    for (let level = 0; level < levels; level += 1) {
      const column = this.levels[level] ?? this.addLevel();
      column.push(value);
      // A level grows by one whenever two of the level below are complete.
      if (column.length % 2 === 1) return;
      value = Math.max(column.values[column.length - 2] ?? 0, value);
    }
  }

  private build(): void {
    const values = this.levels[0]?.values.slice(0, this.length) ?? NOTHING;
    this.levels.length = 0;
    this.addLevel();
    for (const value of values) this.pushFrom(value, Number.POSITIVE_INFINITY);
  }

  /** The greatest of the values from `from` up to and without `to`. */
  worst(from: number, to: number): number {
    if (to <= from) return 0;
    if (this.levels.length === 1) return this.at(this.firstWorstOfFew(from, to));
    let worst = 0;
    let low = from;
    let high = to;
    for (let level = 0; low < high; level += 1) {
      const column = this.levels[level];
      if (column === undefined) break;
      if (low % 2 === 1) {
        worst = Math.max(worst, column.values[low] ?? 0);
        low += 1;
      }
      if (high % 2 === 1) {
        high -= 1;
        worst = Math.max(worst, column.values[high] ?? 0);
      }
      low /= 2;
      high /= 2;
    }
    return worst;
  }

  /** The value at a place. */
  at(index: number): number {
    return this.levels[0]?.values[index] ?? 0;
  }

  /** The first place of the greatest value from `from` up to and without `to`, which holds at least one. */
  firstWorst(from: number, to: number): number {
    return to - from <= SHORT_RUN ? this.firstWorstOfFew(from, to) : this.firstOf(this.worst(from, to), from, to);
  }

  private firstWorstOfFew(from: number, to: number): number {
    const values = this.levels[0]?.values ?? NOTHING;
    let found = from;
    let worst = -1;
    for (let index = from; index < to; index += 1) {
      const value = values[index] ?? 0;
      if (value > worst) {
        worst = value;
        found = index;
      }
    }
    return found;
  }

  /** The first place of a value that is known to be the worst of the run: whole blocks without it are stepped over. */
  private firstOf(worst: number, from: number, to: number): number {
    let at = from;
    while (at < to) {
      let level = 0;
      while (at % 2 ** (level + 1) === 0 && at + 2 ** (level + 1) <= to) level += 1;
      if (this.valueAt(level, at) < worst) {
        at += 2 ** level;
        continue;
      }
      while (level > 0) {
        level -= 1;
        if (this.valueAt(level, at) < worst) at += 2 ** level;
      }
      return at;
    }
    return from;
  }

  private valueAt(level: number, index: number): number {
    return this.levels[level]?.values[index / 2 ** level] ?? 0;
  }

  /** Makes a value at least this great. */
  raise(index: number, value: number): void {
    for (let level = 0, at = index; ; level += 1, at = Math.floor(at / 2)) {
      const column = this.levels[level];
      // Where two neighbours are not complete yet, the level above has nothing of them.
      if (column === undefined || at >= column.length || (column.values[at] ?? 0) >= value) return;
      column.values[at] = value;
    }
  }

  /** Forgets the first values and begins anew with the rest. */
  drop(count: number): void {
    const kept = this.levels[0]?.values.slice(count, this.length) ?? NOTHING;
    this.levels.length = 0;
    this.addLevel();
    for (const value of kept) this.push(value);
  }

  private addLevel(): ByteRows {
    const made = new ByteRows();
    this.levels.push(made);
    return made;
  }
}
