import type { FunctionName } from '../../../preload/contract/win32/functions';
import type { Param } from '../../../preload/contract/win32/signature';
import type { CallExpectation } from '../language/step';
import type { Matcher } from '../language/matcher';
import { describeMatcher } from '../matchers/describe-matcher';
import { match } from '../matchers/match';
import type { Datum } from '../values/datum';
import { describe, type NameHint } from '../values/describe';
import type { Scope } from '../values/evaluate';
import { outDatum, resultHint, returnedDatum } from './call-binding';
import type { MadeCall } from './call-step';
import { findParameter } from '../language/parameters';
import { failuresOf, type Failure } from './step-result';

/** Everything in which a call did not do what was expected. */
export function judgeCall(
  expectation: CallExpectation, made: MadeCall, scope: Scope, recorderName: (pointer: bigint) => string | undefined,
): readonly Failure[] {
  const { call, prepared } = made;
  const failures: Failure[] = [];
  if (expectation.returns !== undefined) {
    failures.push(...judgeReturns(expectation.returns, returnedDatum(call, recorderName), scope, call.name));
  }
  if (expectation.lastError !== undefined) {
    failures.push(...failuresOf('lastError', match(expectation.lastError, BigInt(call.outcome?.lastError ?? 0), scope, { kind: 'error' })));
  }
  for (const { parameter, matcher } of expectation.out) {
    const found = outDatum(call, prepared, parameter);
    const observed: Datum = found?.value;
    if (found === undefined && !wasPassedNull(made, parameter)) {
      failures.push({ what: `out.${parameter}`, expected: describeMatcher(matcher, scope), observed: 'the call was given no memory for it' });
    } else {
      failures.push(...failuresOf(`out.${parameter}`, match(matcher, observed, scope, hintOf(call.name, parameter))));
    }
  }
  if (expectation.either.length > 0) failures.push(...judgeEither(expectation.either, made, scope, recorderName));
  return failures;
}

function wasPassedNull({ call }: MadeCall, parameter: string): boolean {
  const name = findParameter(call.name, parameter)?.name;
  return name !== undefined && (call.args[name] === 0n || call.args[name] === undefined);
}

/** `handle` means that something was made, whatever its value. */
function judgeReturns(matcher: Matcher, observed: Datum, scope: Scope, name: FunctionName): readonly Failure[] {
  const isHandle = matcher.kind === 'value' && matcher.value.kind === 'text' && matcher.value.text === 'handle';
  if (!isHandle) return failuresOf('returns', match(matcher, observed, scope, resultHint(name)));
  const made = observed !== undefined && observed !== 0n && observed !== INVALID_HANDLE_VALUE;
  return made ? [] : [{ what: 'returns', expected: 'a handle', observed: describe(observed) }];
}

const INVALID_HANDLE_VALUE = 0xffff_ffff_ffff_ffffn;

function judgeEither(
  alternatives: readonly CallExpectation[], made: MadeCall, scope: Scope, recorderName: (pointer: bigint) => string | undefined,
): readonly Failure[] {
  const verdicts = alternatives.map((one) => judgeCall(one, made, scope, recorderName));
  if (verdicts.some((failures) => failures.length === 0)) return [];
  return [{
    what: 'either',
    expected: alternatives.map((one) => expectationWords(one, scope, made.call.name)).join(', or '),
    observed: verdicts.map((failures) => failures.map(({ what, observed }) => `${what} ${observed}`).join(', ')).join('; '),
  }];
}

function hintOf(name: FunctionName, parameter: string): NameHint | undefined {
  const param: Param | undefined = findParameter(name, parameter)?.param;
  return param?.kind === 'int' && param.constants !== undefined ? { kind: 'constant', group: param.constants } : undefined;
}

/** An expectation in words: "returns TRUE, last error 997 (ERROR_IO_PENDING)". */
export function expectationWords(expectation: CallExpectation, scope: Scope, name: FunctionName): string {
  const words: string[] = [];
  if (expectation.returns !== undefined) words.push(`returns ${describeMatcher(expectation.returns, scope, resultHint(name))}`);
  if (expectation.lastError !== undefined) words.push(`last error ${describeMatcher(expectation.lastError, scope, { kind: 'error' })}`);
  for (const { parameter, matcher } of expectation.out) words.push(`${parameter} ${describeMatcher(matcher, scope)}`);
  if (expectation.either.length > 0) words.push(`either ${expectation.either.map((one) => expectationWords(one, scope, name)).join(', or ')}`);
  return words.join(', ');
}
