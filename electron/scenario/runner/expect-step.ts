import type { ListComparison } from '../../../preload/contract/scenario';
import type { Finding } from '../../../preload/contract/finding';
import type { ExpectBody } from '../language/step';
import { referenceText } from '../language/value';
import { match } from '../matchers/match';
import { describe } from '../values/describe';
import { evaluate, resolve } from '../values/evaluate';
import { toInteger } from '../values/integer';
import { CallbackJudge } from './callback-judge';
import type { RunContext } from './run-context';
import { stateOfHandle } from './handle-state';
import { done, failuresOf, type Failure, type StepOutcome } from './step-result';

/** Judges an `expect` step: callbacks first, since they are waited for. */
export async function runExpect(body: ExpectBody, context: RunContext): Promise<StepOutcome> {
  const failures: Failure[] = [];
  const words: string[] = [];
  const lists: ListComparison[] = [];
  if (body.callbacks !== undefined) {
    const verdict = await new CallbackJudge(body.callbacks, context.bindings, context.observations).judge();
    failures.push(...verdict.failures);
    words.push(verdict.observed);
    lists.push(...verdict.lists);
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
    const found = findingsOf(rule, context);
    failures.push(...match(count, BigInt(found.length), context.bindings).map(({ expected }) => ({
      what: `findings.${rule}`, expected, observed: found.length === 0 ? 'none' : found.map(({ message }) => message).join(' '),
    })));
    words.push(`${rule}: ${found.length}`);
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
  return { ...done(failures, words.join('; ')), lists };
}

/** What the referee found in this run, and what is wrong if the run ends here. */
function findingsOf(rule: string, { inspector, since }: RunContext): readonly Finding[] {
  return inspector.referee.all(true, inspector.trace.now()).filter((finding) => finding.rule === rule && (finding.events[0] ?? since) >= since);
}
