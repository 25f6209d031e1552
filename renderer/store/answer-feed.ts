import { errorMessage, type InspectorError } from '../../preload/contract/errors';
import type { Result } from '../../preload/contract/result';

export interface Answered<Q, A> {
  /** What the answer belongs to. */
  readonly question: Q | undefined;
  readonly answer: A | undefined;
  readonly problem: string | undefined;
}

/** Asks what a pane shows, one question at a time: a trace that grows fast cannot starve the answer. */
export class AnswerFeed<Q, A> {
  #next: Q | undefined;
  #busy = false;
  #shown: Answered<Q, A> = { question: undefined, answer: undefined, problem: undefined };
  readonly #listeners = new Set<() => void>();
  readonly #ask: (question: Q, before: Answered<Q, A>) => Promise<Result<A, InspectorError>>;

  constructor(ask: (question: Q, before: Answered<Q, A>) => Promise<Result<A, InspectorError>>) {
    this.#ask = ask;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): Answered<Q, A> => this.#shown;

  want(question: Q): void {
    this.#next = question;
    if (!this.#busy) void this.#go();
  }

  async #go(): Promise<void> {
    this.#busy = true;
    for (let question = this.#next; question !== undefined; question = this.#next) {
      this.#next = undefined;
      const result = await this.#ask(question, this.#shown);
      this.#shown = result.ok
        ? { question, answer: result.value, problem: undefined }
        : { question, answer: undefined, problem: errorMessage(result.error) };
      for (const listener of this.#listeners) listener();
    }
    this.#busy = false;
  }
}
