import type { AnswerRule, AnswerRules } from '../../../preload/contract/answer-rule';
import { matchesRule, type RequestFacts } from '../../../preload/contract/rule-matching';

/** A rule that has taken a request. */
export interface TakenBy {
  /** Its place in the list, from 1, as a person counts. */
  readonly number: number;
  readonly rule: AnswerRule;
}

/** The rules of one queue in their order, and how often each has taken a request. */
export class RuleBook {
  private readonly taken: number[];

  constructor(private readonly rules: readonly AnswerRule[]) {
    this.taken = rules.map(() => 0);
  }

  /** The first rule that matches and has not taken its number yet takes the request; undefined: it is left to a person. */
  take(request: RequestFacts): TakenBy | undefined {
    for (const [place, rule] of this.rules.entries()) {
      const taken = this.taken[place] ?? 0;
      if ((rule.times !== undefined && taken >= rule.times) || !matchesRule(rule, request)) continue;
      this.taken[place] = taken + 1;
      return { number: place + 1, rule };
    }
    return undefined;
  }

  get state(): AnswerRules {
    return { rules: this.rules, taken: [...this.taken] };
  }
}
