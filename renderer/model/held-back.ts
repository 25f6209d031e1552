/** Time and what comes later, so that a test needs no wall clock. */
export interface Clock {
  /** Milliseconds since some moment. */
  readonly now: () => number;
  /** Runs something after so many milliseconds; the answer takes it back. */
  readonly after: (ms: number, run: () => void) => () => void;
}

export interface Held<W> {
  readonly key: number;
  readonly work: W;
  /** Milliseconds of the clock at which it is carried out. */
  readonly due: number;
}

/** How long a person has to undo what cannot be undone afterwards, in milliseconds. */
export const UNDO_TIME = 3000;

/** Work that is held back for a while, each piece by itself, and carried out when nobody has undone it. */
export class HeldBack<W> {
  private held: readonly (Held<W> & { readonly stop: () => void })[] = [];
  private lastKey = 0;

  constructor(private readonly clock: Clock, private readonly carryOut: (work: W) => void, private readonly changed: (held: readonly Held<W>[]) => void) {}

  hold(work: W): void {
    this.lastKey += 1;
    const key = this.lastKey;
    const stop = this.clock.after(UNDO_TIME, () => {
      this.keep((one) => one.key !== key);
      this.carryOut(work);
    });
    this.held = [...this.held, { key, work, due: this.clock.now() + UNDO_TIME, stop }];
    this.tell();
  }

  /** Takes back the one with this key, or else the last; undefined when there is none. */
  undo(key: number | undefined): W | undefined {
    const found = key === undefined ? this.held.at(-1) : this.held.find((one) => one.key === key);
    if (found !== undefined) this.keep((one) => one.key !== found.key);
    return found?.work;
  }

  /** Takes away, without carrying them out, those for which there is a reason. */
  drop(reason: (work: W) => string | undefined): readonly { readonly work: W; readonly reason: string }[] {
    const dropped = this.held.flatMap(({ key, work }) => {
      const why = reason(work);
      return why === undefined ? [] : [{ key, work, reason: why }];
    });
    const keys = new Set(dropped.map(({ key }) => key));
    if (keys.size > 0) this.keep(({ key }) => !keys.has(key));
    return dropped.map(({ work, reason: why }) => ({ work, reason: why }));
  }

  private keep(which: (held: Held<W>) => boolean): void {
    for (const one of this.held) if (!which(one)) one.stop();
    this.held = this.held.filter(which);
    this.tell();
  }

  private tell(): void {
    this.changed(this.held.map(({ key, work, due }) => ({ key, work, due })));
  }
}

/** Does a thing at once, and then at most once in so many milliseconds, however often it is asked for. */
export class Throttled {
  private last = Number.NEGATIVE_INFINITY;
  private due = false;

  constructor(private readonly clock: Clock, private readonly ms: number, private readonly run: () => void) {}

  request(): void {
    if (this.due) return;
    const wait = this.last + this.ms - this.clock.now();
    if (wait <= 0) {
      this.go();
      return;
    }
    this.due = true;
    this.clock.after(wait, () => {
      this.due = false;
      this.go();
    });
  }

  private go(): void {
    this.last = this.clock.now();
    this.run();
  }
}
