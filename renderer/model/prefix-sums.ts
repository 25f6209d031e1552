/** A growing list of numbers that knows the sum of its first n, and where a sum is reached: each in log n steps (a Fenwick tree). */
export class PrefixSums {
  readonly #values: number[] = [];
  /** At i, from 1: the sum of the values that end with the i-th, as many as the lowest bit of i says. */
  readonly #sums: number[] = [0];
  #total = 0;

  get length(): number {
    return this.#values.length;
  }

  get total(): number {
    return this.#total;
  }

  at(index: number): number {
    return this.#values[index] ?? 0;
  }

  push(value: number): void {
    this.#values.push(value);
    this.#total += value;
    const place = this.#values.length;
    let sum = value;
    for (let below = place - 1; below > place - lowestBit(place); below -= lowestBit(below)) sum += this.#sums[below] ?? 0;
    this.#sums.push(sum);
  }

  set(index: number, value: number): void {
    const change = value - this.at(index);
    if (change === 0 || index >= this.#values.length) return;
    this.#values[index] = value;
    this.#total += change;
    for (let place = index + 1; place < this.#sums.length; place += lowestBit(place)) this.#sums[place] = (this.#sums[place] ?? 0) + change;
  }

  /** The sum of the values before the index. */
  before(index: number): number {
    let sum = 0;
    for (let place = Math.min(index, this.#values.length); place > 0; place -= lowestBit(place)) sum += this.#sums[place] ?? 0;
    return sum;
  }

  /** The index whose value reaches over a sum: the last with `before(index) <= sum` whose value is not 0. */
  find(sum: number): number {
    let place = 0;
    let left = sum;
    for (let step = 2 ** Math.floor(Math.log2(Math.max(1, this.#values.length))); step >= 1; step /= 2) {
      const size = this.#sums[place + step];
      if (size === undefined || size > left) continue;
      place += step;
      left -= size;
    }
    return place;
  }
}

function lowestBit(place: number): number {
  return place & -place;
}
