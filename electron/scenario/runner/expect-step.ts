import type { ExpectBody } from '../language/step';
import { referenceText } from '../language/value';
import { match } from '../matchers/match';
import { describe } from '../values/describe';
import { evaluate, resolve } from '../values/evaluate';
import { toInteger } from '../values/integer';
import { invariantViolations } from '../invariants/invariants';
import { CallbackJudge } from './callback-judge';
import type { RunContext } from './run-context';
import { stateOfHandle } from './handle-state';
import { done, failuresOf, type Failure, type StepOutcome } from './step-result';

/** Judges an `expect` step: callbacks first, since they are waited for. */
export async function runExpect(body: ExpectBody, context: RunContext): Promise<StepOutcome> {
  const failures: Failure[] = [];
  const words: string[] = [];
  if (body.callbacks !== undefined) {
    const verdict = await new CallbackJudge(body.callbacks, context.bindings, context.observations).judge();
    failures.push(...verdict.failures);
    words.push(verdict.observed);
  }
  for (const { value, matcher } of body.that) {
    const datum = evaluate(value, context.bindings);
    const what = value.kind === 'reference' ? referenceText(value.reference) : 'value';
    if (datum.ok) {
      failures.push(...failuresOf(what, match(matcher, datum.value, context.bindings)));
      words.push(`${what} ${describe(datum.value)}`);
    } else {
      failures.push({ what, expected: 'a value', observed: datum.error });
    }
  }
  for (const { rule, count } of body.findings) {
    const violations = invariantViolations(rule, context.observations) ?? [];
    failures.push(...match(count, BigInt(violations.length), context.bindings).map(({ expected }) => ({
      what: `findings.${rule}`, expected, observed: violations.length === 0 ? 'none' : violations.join('; '),
    })));
    words.push(`${rule}: ${violations.length}`);
  }
  for (const { handle, state } of body.tree) {
    const what = `tree.${referenceText(handle)}`;
    const datum = resolve(handle, context.bindings);
    const raw = datum.ok ? toInteger(datum.value) : datum;
    const found = datum.ok ? stateOfHandle(datum.value, raw.ok ? raw.value : 0n, context) : undefined;
    if (found === undefined) failures.push({ what, expected: 'a handle of the tree', observed: raw.ok ? describe(raw.value) : raw.error });
    else failures.push(...failuresOf(what, match(state, found, context.bindings)));
    words.push(`${referenceText(handle)} ${found ?? 'unknown'}`);
  }
  return done(failures, words.join('; '));
}
