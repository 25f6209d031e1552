/** A growing list of numbers that knows the sum of its first n, and where a sum is reached: each in log n steps (a Fenwick tree). */
export class PrefixSums {
  /** With room behind them. */
  #values: Uint32Array;
  /** At i, from 1: the sum of the values that end with the i-th, as many as the lowest bit of i says. */
  #sums: Uint32Array;
  #length: number;
  #total = 0;

  /** @param values those it begins with, whole numbers from 0, its own from now on */
  constructor(values = new Uint32Array(0)) {
    const { length } = values;
    const sums = new Uint32Array(length + 1);
    let total = 0;
    for (let place = 1; place <= length; place++) {
      const value = values[place - 1] ?? 0;
      total += value;
      // Those before it have been added to it by now: it is whole, and the next that holds it is told.
      const sum = (sums[place] ?? 0) + value;
      sums[place] = sum;
      const above = place + lowestBit(place);
      if (above <= length) sums[above] = (sums[above] ?? 0) + sum;
    }
    this.#values = values;
    this.#sums = sums;
    this.#length = length;
    this.#total = total;
  }

  copy(): PrefixSums {
    const made = new PrefixSums();
    [made.#values, made.#sums, made.#length, made.#total] = [this.#values.slice(), this.#sums.slice(), this.#length, this.#total];
    return made;
  }

  get length(): number {
    return this.#length;
  }

  get total(): number {
    return this.#total;
  }

  at(index: number): number {
    return this.#values[index] ?? 0;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) this.#grow();
    this.#values[this.#length] = value;
    this.#length += 1;
    this.#total += value;
    const place = this.#length;
    let sum = value;
    for (let below = place - 1; below > place - lowestBit(place); below -= lowestBit(below)) sum += this.#sums[below] ?? 0;
    this.#sums[place] = sum;
  }

  set(index: number, value: number): void {
    const change = value - this.at(index);
    if (change === 0 || index < 0 || index >= this.#length) return;
    this.#values[index] = value;
    this.#total += change;
    for (let place = index + 1; place <= this.#length; place += lowestBit(place)) this.#sums[place] = (this.#sums[place] ?? 0) + change;
  }

  /** The sum of the values before the index. */
  before(index: number): number {
    let sum = 0;
    for (let place = Math.min(index, this.#length); place > 0; place -= lowestBit(place)) sum += this.#sums[place] ?? 0;
    return sum;
  }

  /** The index whose value reaches over a sum: the last with `before(index) <= sum` whose value is not 0. */
  find(sum: number): number {
    let place = 0;
    let left = sum;
    for (let step = 2 ** Math.floor(Math.log2(Math.max(1, this.#length))); step >= 1; step /= 2) {
      const size = this.#sums[place + step] ?? 0;
      if (place + step > this.#length || size > left) continue;
      place += step;
      left -= size;
    }
    return place;
  }

  #grow(): void {
    const capacity = Math.max(8, this.#length * 2);
    const [values, sums] = [new Uint32Array(capacity), new Uint32Array(capacity + 1)];
    values.set(this.#values);
    sums.set(this.#sums);
    [this.#values, this.#sums] = [values, sums];
  }
}

function lowestBit(place: number): number {
  return place & -place;
}
