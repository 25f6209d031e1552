import type { HttpPhase, HttpPhaseKind } from '../../preload/contract/http-exchange';

/** Stretches kept; a body that is read on and off for long goes on in the last one of its phase. */
const MOST_STRETCHES = 200;

/**
 * Splits the time of an exchange into phases: at every moment it is in exactly one, so that they add up to the whole.
 * A phase may be entered again, by a request that is sent again on the way.
 */
export class PhaseClock {
  private readonly spent = new Map<HttpPhaseKind, number>();
  private readonly stretches: { kind: HttpPhaseKind; from: number; to: number }[] = [];

  /** @param since milliseconds since the start of the trace */
  constructor(private phase: HttpPhaseKind, private since: number) {}

  enter(phase: HttpPhaseKind, time: number): void {
    this.spent.set(this.phase, (this.spent.get(this.phase) ?? 0) + Math.max(0, time - this.since));
    this.stretch(this.phase, this.since, Math.max(this.since, time));
    this.phase = phase;
    this.since = Math.max(this.since, time);
  }

  private stretch(kind: HttpPhaseKind, from: number, to: number): void {
    const last = this.stretches.at(-1);
    if (last !== undefined && (last.kind === kind || this.stretches.length >= MOST_STRETCHES)) last.to = to;
    else if (to > from) this.stretches.push({ kind, from, to });
  }

  /** Takes the time of one phase for that of another, and goes on in that. */
  rename(from: HttpPhaseKind, to: HttpPhaseKind): void {
    if (this.phase === from) this.phase = to;
    for (const stretch of this.stretches) if (stretch.kind === from) stretch.kind = to;
    const spent = this.spent.get(from);
    if (spent === undefined) return;
    this.spent.delete(from);
    this.spent.set(to, (this.spent.get(to) ?? 0) + spent);
  }

  /** Milliseconds in each phase that it has been in, and in the present one until `end`. */
  totals(end: number): ReadonlyMap<HttpPhaseKind, number> {
    return new Map(this.spent).set(this.phase, (this.spent.get(this.phase) ?? 0) + Math.max(0, end - this.since));
  }

  /** The phases in their order, the present one until `end`. */
  phases(end: number): readonly HttpPhase[] {
    const last = this.stretches.at(-1);
    const present = { kind: this.phase, from: this.since, to: Math.max(this.since, end) };
    if (last?.kind === this.phase) return [...this.stretches.slice(0, -1), { ...last, to: present.to }];
    return [...this.stretches, ...(present.to > present.from ? [present] : [])].map((stretch) => ({ ...stretch }));
  }
}
