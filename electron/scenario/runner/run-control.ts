import type { MaybePromise } from '../../../preload/contract/result';
import type { Step } from '../language/step';
import type { RunClock } from '../run-clock';
import type { ObservedCallback } from './observations';
import type { Place } from './run-context';

/** Where a run is to be held. */
export interface Breaks {
  /** Lines of the text on which steps begin. */
  readonly lines: ReadonlySet<number>;
  /** INTERNET_STATUS values of callbacks. */
  readonly callbacks: ReadonlySet<number> | 'every';
}

export const NO_BREAKS: Breaks = { lines: new Set(), callbacks: new Set() };

/** Where a run is held, and why. */
export type Standing =
  | { readonly at: 'step'; readonly step: Step; readonly why: 'step' | 'breakpoint' | 'pause' }
  /** `threadHeld` is false on an engine whose callbacks return at once: then only the steps wait. */
  | { readonly at: 'callback'; readonly callback: ObservedCallback; readonly threadHeld: boolean }
  /** Held while a step is under way: nothing else begins, and no time passes. */
  | { readonly at: 'pause' };

interface Hold {
  readonly standing: Standing;
  readonly over: Promise<void>;
  readonly end: () => void;
}

/**
 * Holds a run, and lets it go on: at steps, inside callbacks, or as it is. While it is held its clock stands, no further
 * step begins, and a callback that it is held in does not return. Callbacks that nobody asked for are not touched.
 */
export class RunControl {
  #breaks: Breaks;
  /** Whether the next step is one to be held at, and why. */
  #next: 'step' | 'pause' | undefined;
  #hold: Hold | undefined;
  #clock: RunClock | undefined;
  #ended = false;
  readonly #changed: (standing: Standing | undefined) => void;

  /** @param changed hears of each hold and of each end of one */
  constructor(options: { readonly held?: boolean; readonly breaks?: Breaks; readonly changed?: (standing: Standing | undefined) => void } = {}) {
    this.#breaks = options.breaks ?? NO_BREAKS;
    this.#next = options.held === true ? 'step' : undefined;
    this.#changed = options.changed ?? (() => undefined);
  }

  get standing(): Standing | undefined {
    return this.#hold?.standing;
  }

  set breaks(breaks: Breaks) {
    this.#breaks = breaks;
  }

  /** Goes on until something else holds it. */
  goOn(): void {
    this.#next = undefined;
    this.#release();
  }

  /** Goes on to the next step, or to a callback that is broken on. */
  stepOn(): void {
    this.#next = 'step';
    this.#release();
  }

  /** Holds it where it is. */
  pause(): void {
    if (this.#hold !== undefined || this.#clock === undefined || this.#ended) return;
    this.#stand({ at: 'pause' });
  }

  /** For the run: by which clock it runs. */
  begin(clock: RunClock): void {
    this.#clock = clock;
  }

  /** For the run: nothing is held from now on. */
  end(): void {
    this.#ended = true;
    this.#release();
  }

  /** For the run: resolves when nothing holds it. */
  async going(): Promise<void> {
    while (this.#hold !== undefined) await this.#hold.over;
  }

  /** For the run, before a step. Answers at once unless it is to be held. */
  beforeStep(step: Step): MaybePromise<void> {
    if (this.#ended) return undefined;
    if (this.#hold !== undefined) return this.#hold.over.then(() => this.beforeStep(step));
    const why = this.#next ?? (this.#breaks.lines.has(step.at.line) ? 'breakpoint' as const : undefined);
    return why === undefined ? undefined : this.#stand({ at: 'step', step, why });
  }

  /** For the run, inside a callback of one of its handles. */
  inCallback(callback: ObservedCallback, threadHeld: boolean): MaybePromise<void> {
    const { callbacks } = this.#breaks;
    if (this.#ended || !(callbacks === 'every' || callbacks.has(callback.callback.dwInternetStatus))) return undefined;
    if (this.#hold !== undefined) return threadHeld ? this.#hold.over.then(() => this.inCallback(callback, threadHeld)) : undefined;
    const over = this.#stand({ at: 'callback', callback, threadHeld });
    return threadHeld ? over : undefined;
  }

  #stand(standing: Standing): Promise<void> {
    let end = (): void => undefined;
    const over = new Promise<void>((resolve) => { end = resolve; });
    this.#hold = { standing, over, end };
    this.#next = undefined;
    this.#clock?.hold();
    this.#changed(standing);
    return over;
  }

  #release(): void {
    const hold = this.#hold;
    if (hold === undefined) return;
    this.#hold = undefined;
    this.#clock?.release();
    this.#changed(undefined);
    hold.end();
  }
}

/** Whether steps of a place can be held: inside a callback that returns at once, what waits is not in the callback any more. */
export function canHold(place: Place, callbacksReturnAtOnce: boolean): boolean {
  return place.inCallback === undefined || !callbacksReturnAtOnce;
}
