import { errorMessage } from '../../preload/contract/errors';
import type { Details, DetailsTarget } from '../../preload/contract/query';
import { askDetails } from '../store/questions';

export interface DetailsShown {
  /** What the answer belongs to. */
  readonly target: DetailsTarget | undefined;
  readonly details: Details | undefined;
  readonly problem: string | undefined;
}

/** Asks for the details of what is selected, one question at a time: a trace that grows fast cannot starve the answer. */
export class DetailsFeed {
  #next: DetailsTarget | undefined;
  #busy = false;
  #shown: DetailsShown = { target: undefined, details: undefined, problem: undefined };
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): DetailsShown => this.#shown;

  want(target: DetailsTarget): void {
    this.#next = target;
    if (!this.#busy) void this.#ask();
  }

  async #ask(): Promise<void> {
    this.#busy = true;
    for (let target = this.#next; target !== undefined; target = this.#next) {
      this.#next = undefined;
      const result = await askDetails(target);
      this.#shown = result.ok
        ? { target, details: result.value, problem: undefined }
        : { target, details: undefined, problem: errorMessage(result.error) };
      for (const listener of this.#listeners) listener();
    }
    this.#busy = false;
  }
}

export function sameTarget(a: DetailsTarget, b: DetailsTarget | undefined): boolean {
  if (a.kind === 'event') return b?.kind === 'event' && a.seq === b.seq;
  return b?.kind === 'handle' && a.handle === b.handle;
}
