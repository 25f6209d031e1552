import { DIFF_STATES, type DiffState } from '../../../preload/contract/comparison';
import { seq, type Seq } from '../../../preload/contract/ids';
import { f32, u32, u8 } from '../../trace/column';
import type { Trace } from '../../trace/trace';
import { NO_EVENT, type SessionSteps } from './lane-steps';

/** From when on two times differ. */
export interface TimeThreshold {
  /** Greater than 1: so many times as long. */
  readonly ratio: number;
  /** And by at least so much. */
  readonly milliseconds: number;
}

/** The rows of a comparison in columns: 13 bytes each. */
export class DiffRows {
  private readonly states = u8();
  private readonly inA = u32();
  private readonly inB = u32();
  private readonly ratios = f32();
  private order = new Uint32Array(0);
  /** Rows whose time differs beyond the threshold. */
  times = 0;

  constructor(
    private readonly a: Trace, private readonly b: Trace, private readonly stepsA: SessionSteps, private readonly stepsB: SessionSteps,
    private readonly threshold: TimeThreshold,
  ) {}

  get length(): number {
    return this.states.length;
  }

  /** @param same whether they say the same, where both are there */
  add(inA: number, inB: number, same: boolean): void {
    const state: DiffState = inA === NO_EVENT ? 'only-b' : inB === NO_EVENT ? 'only-a' : same ? 'same' : 'changed';
    this.states.push(DIFF_STATES.indexOf(state));
    this.inA.push(inA);
    this.inB.push(inB);
    const ratio = this.ratioOf(inA, inB);
    if (!Number.isNaN(ratio)) this.times += 1;
    this.ratios.push(ratio);
  }

  /** Puts the rows in the order of A; what B alone has comes after what came before it there. */
  sort(): void {
    const matched = [...this.places()].filter((row) => this.inA.at(row) !== NO_EVENT && this.inB.at(row) !== NO_EVENT).sort((x, y) => this.inB.at(x) - this.inB.at(y));
    const keys = new Float64Array(this.length);
    for (const row of this.places()) {
      const inA = this.inA.at(row);
      keys[row] = inA === NO_EVENT ? this.before(matched, this.inB.at(row)) + 0.5 : inA;
    }
    this.order = Uint32Array.from(this.places()).sort((x, y) => (keys[x] ?? 0) - (keys[y] ?? 0) || this.inB.at(x) - this.inB.at(y));
  }

  stateAt(index: number): DiffState {
    return DIFF_STATES[this.states.at(this.rowAt(index))] ?? 'same';
  }

  /** Whether there is something to see: what is not the same, or took much longer in one. */
  differs(index: number): boolean {
    return this.stateAt(index) !== 'same' || this.ratioAt(index) !== undefined;
  }

  /** How many times as long it took in B; undefined within the threshold. */
  ratioAt(index: number): number | undefined {
    const ratio = this.ratios.at(this.rowAt(index));
    return Number.isNaN(ratio) ? undefined : ratio;
  }

  placeInA(index: number): Seq | undefined {
    return placeOf(this.inA.at(this.rowAt(index)));
  }

  placeInB(index: number): Seq | undefined {
    return placeOf(this.inB.at(this.rowAt(index)));
  }

  returnInA(call: Seq): Seq | undefined {
    return placeOf(this.stepsA.returns[call] ?? NO_EVENT);
  }

  returnInB(call: Seq): Seq | undefined {
    return placeOf(this.stepsB.returns[call] ?? NO_EVENT);
  }

  /** Milliseconds from a call to its completion, or to its return when it did not pend. */
  durationInA(call: Seq): number | undefined {
    return durationOf(this.a, this.stepsA, call);
  }

  durationInB(call: Seq): number | undefined {
    return durationOf(this.b, this.stepsB, call);
  }

  private ratioOf(inA: number, inB: number): number {
    if (inA === NO_EVENT || inB === NO_EVENT || this.a.log.kindAt(seq(inA)) !== 'call') return Number.NaN;
    const [one, other] = [durationOf(this.a, this.stepsA, seq(inA)), durationOf(this.b, this.stepsB, seq(inB))];
    if (one === undefined || other === undefined || Math.abs(one - other) < this.threshold.milliseconds) return Number.NaN;
    // To the microsecond the trace can tell: nothing is infinitely longer.
    const ratio = Math.max(other, 0.001) / Math.max(one, 0.001);
    return ratio >= this.threshold.ratio || ratio <= 1 / this.threshold.ratio ? ratio : Number.NaN;
  }

  private rowAt(index: number): number {
    return this.order[index] ?? index;
  }

  private *places(): Generator<number> {
    for (let row = 0; row < this.length; row += 1) yield row;
  }

  /** Where in A the last step stands that both have and that comes before a place in B; -1 for none. */
  private before(matched: readonly number[], place: number): number {
    let [low, high] = [0, matched.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.inB.at(matched[middle] ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    const row = matched[low - 1];
    return row === undefined ? -1 : this.inA.at(row);
  }
}

function placeOf(place: number): Seq | undefined {
  return place === NO_EVENT ? undefined : seq(place);
}

function durationOf(trace: Trace, { returns, completions }: SessionSteps, call: Seq): number | undefined {
  const end = placeOf(completions[call] ?? NO_EVENT) ?? placeOf(returns[call] ?? NO_EVENT);
  return end === undefined || trace.log.kindAt(call) !== 'call' ? undefined : trace.log.timeAt(end) - trace.log.timeAt(call);
}
