import { actionWords, ruleOrigin, type AnswerRule, type AnswerRules } from '../../../preload/contract/answer-rule';
import { errorMessage, type InspectorError } from '../../../preload/contract/errors';
import type { EventFields } from '../../../preload/contract/event';
import { isEnded } from '../../../preload/contract/handle';
import type { HandleId } from '../../../preload/contract/ids';
import { assertUnreachable, ok, type Result } from '../../../preload/contract/result';
import type { Inspector } from '../inspector';
import type { Responder } from '../responder';
import { requestFacts } from './request-facts';
import { RuleBook, type TakenBy } from './rule-book';

/** When something is done later. */
export interface Clock {
  /** Runs once after so many milliseconds, unless the function that it answers is called before. */
  after(milliseconds: number, run: () => void): () => void;
}

export const REAL_CLOCK: Clock = {
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};

interface Waiting {
  readonly number: number;
  readonly stop: () => void;
}

const NO_RULES: AnswerRules = { rules: [], taken: [] };

/**
 * Answers received requests as the rules of their queue say. Whatever ends a request first (a person, its client, the
 * close of its server, the end of the engine) calls off what a rule had still to do with it.
 */
export class Answerer {
  private readonly books = new Map<HandleId, RuleBook>();
  private readonly waiting = new Map<HandleId, Waiting>();

  constructor(private readonly inspector: Inspector, private readonly responder: Responder, private readonly clock: Clock = REAL_CLOCK) {
    inspector.trace.listen((_event, changed) => {
      if (this.books.size === 0 && this.waiting.size === 0) return;
      for (const id of changed) if (isEnded(inspector.trace.tree.get(id)?.state ?? 'open')) this.ended(id);
    });
  }

  /** Gives a queue its rules in place of those before. */
  setRules(queue: HandleId, rules: readonly AnswerRule[]): void {
    if (rules.length === 0) this.books.delete(queue);
    else this.books.set(queue, new RuleBook(rules));
  }

  rulesOf(queue: HandleId): AnswerRules {
    return this.books.get(queue)?.state ?? NO_RULES;
  }

  /** A request has come: a rule takes it, or it waits for a person. @param received OUT parameters of the receive */
  received(request: HandleId, received: EventFields): void {
    const queue = this.inspector.trace.tree.get(request)?.parent;
    const book = queue === undefined ? undefined : this.books.get(queue);
    const facts = book === undefined ? undefined : requestFacts(received);
    const taken = facts === undefined ? undefined : book?.take(facts);
    if (taken !== undefined) this.act(request, taken);
  }

  /** A person deals with a request: the number of the rule that would have, if one was about to. */
  release(request: HandleId): number | undefined {
    const waiting = this.waiting.get(request);
    this.ended(request);
    return waiting?.number;
  }

  /** Calls off everything that is still to be done: the program ends. */
  stop(): void {
    for (const { stop } of this.waiting.values()) stop();
    this.waiting.clear();
    this.books.clear();
  }

  private act(request: HandleId, { number, rule: { action } }: TakenBy): void {
    const told = (): void => this.inspector.note('info', `${ruleOrigin(number)} took this request: ${actionWords(action)}.`, { handle: request });
    if (action.kind === 'leave') {
      told();
      return;
    }
    // What comes at once tells of itself.
    if (action.delay > 0) told();
    const stop = this.clock.after(action.delay, () => {
      this.waiting.delete(request);
      void this.perform(request, action, number).then((done) => {
        if (!done.ok) this.failed(request, number, done.error);
      });
    });
    this.waiting.set(request, { number, stop });
  }

  private async perform(request: HandleId, action: Exclude<AnswerRule['action'], { kind: 'leave' }>, number: number): Promise<Result<undefined, InspectorError>> {
    // An engine that has ended took the request with it.
    if (this.inspector.lost !== undefined) return ok(undefined);
    switch (action.kind) {
      case 'answer': return this.responder.respond(request, action, ruleOrigin(number));
      case 'cancel': return this.responder.cancel(request, ruleOrigin(number));
      default: return assertUnreachable(action);
    }
  }

  private failed(request: HandleId, number: number, error: InspectorError): void {
    // A call that failed stands in the trace; what kept it from being made does not.
    if (error.kind === 'win32') return;
    this.inspector.note('error', `${ruleOrigin(number)} could not deal with this request: ${error.kind === 'invalid-argument' ? `${error.issues.map(({ message }) => message).join('; ')}.` : errorMessage(error)} It waits for you.`, { handle: request });
  }

  private ended(id: HandleId): void {
    this.books.delete(id);
    this.waiting.get(id)?.stop();
    this.waiting.delete(id);
  }
}
