import { FUNCTION_NAMES, parseFunctionName, signatureOf, type FunctionName } from '../../../preload/contract/win32/functions';
import type { Param } from '../../../preload/contract/win32/signature';
import { structOfWidth } from '../../../preload/contract/win32/struct-codec';
import { STRUCTS } from '../../../preload/contract/win32/structs';
import { findName } from '../values/datum';
import { sizeNames, sizeOf } from '../values/sizes';
import { RULE_IDS } from '../../rules/rules';
import { checkPlaces, checkServerScript, valuesInPeers } from './check-peers';
import { checkMatcher, checkValue } from './check-shape';
import { INVARIANT_NAMES, isInvariantName } from './invariant-names';
import { suggestion } from './nearest';
import { findParameter, OVERLAPPED_KEY } from './parameters';
import { everyStep } from './parse-scenario';
import type { Position, Problems } from './problem';
import type { Scenario } from './scenario';
import { ANY, NUMBER, shapeOfCallbackField, shapeOfParameter, shapeOfResult, shapeOfReturn, TREE_STATE } from './shape';
import { callbackFieldsInStep, referencesInStep, sinceInStep, statusesInStep, valuesInStep } from './step-values';
import type { CallExpectation, CallStep, ExpectBody, Step } from './step';
import { referencesIn, type Value } from './value';

/** Names that are bound without an `as`. */
const ALWAYS_BOUND = ['desktop'];

/** Checks every name of a scenario: functions, parameters, constants, structures, references, invariants, ids. */
export function checkNames(scenario: Scenario, problems: Problems): void {
  const steps = everyStep(scenario.steps);
  const bound = namesBound(scenario, steps);
  const ids = new Map<string, Step>();
  for (const step of steps) {
    if (step.id !== undefined && ids.has(step.id)) problems.add(step.at, `The id "${step.id}" names two steps: ${ids.get(step.id)?.path ?? ''} and ${step.path}.`);
    if (step.id !== undefined) ids.set(step.id, step);
    if (step.verb === 'call') checkCall(step, problems);
    for (const { reference, at } of referencesInStep(step)) checkReference(reference.name, at, bound, problems);
    for (const { name, at } of sinceInStep(step)) checkReference(name, at, bound, problems);
    for (const status of statusesInStep(step)) checkConstant(status, problems);
    for (const value of valuesInStep(step)) checkSums(value, problems);
    checkInvariants(step, problems);
    checkPlaces(step, problems);
    checkExpected(step, problems);
    if ((step.verb === 'server' || step.verb === 'ftp') && scenario[step.verb] === undefined) {
      problems.add(step.at, `A ${step.verb} step needs \`${step.verb}\` at the top of the file.`);
    }
  }
  for (const value of valuesInPeers(scenario)) {
    for (const { reference, at } of referencesIn(value)) checkReference(reference.name, at, bound, problems);
    checkSums(value, problems);
  }
  if (scenario.server !== undefined) checkServerScript(scenario.server, problems);
  checkDifferences(scenario, steps, problems);
}

function namesBound(scenario: Scenario, steps: readonly Step[]): ReadonlySet<string> {
  const accepted = steps.flatMap((step) =>
    (step.verb === 'server' || step.verb === 'ftp') && step.action.kind === 'accept' ? [step.action.name] : []);
  const marks = steps.flatMap((step) => (step.verb === 'mark' ? [step.name] : []));
  return new Set([
    ...ALWAYS_BOUND, ...scenario.ports, ...steps.flatMap(({ as }) => as ?? []), ...accepted, ...marks,
    ...(scenario.server === undefined ? [] : ['server']), ...(scenario.ftp === undefined ? [] : ['ftp']),
  ]);
}

function checkReference(name: string, at: Position, bound: ReadonlySet<string>, problems: Problems): void {
  if (!bound.has(name)) problems.add(at, `Nothing binds $${name}.${suggestion(name, bound)} Bound are: ${[...bound].join(', ')}.`);
}

function checkCall(step: Step & CallStep, problems: Problems): void {
  const target = parseFunctionName(step.function);
  if (target === undefined) {
    problems.add(step.functionAt, `No function is named "${step.function}".${suggestion(step.function, FUNCTION_NAMES)} Known are: ${FUNCTION_NAMES.join(', ')}.`);
    return;
  }
  const { name } = target;
  const seen = new Set<string>();
  for (const { parameter, at, value } of step.with) {
    const found = findParameter(name, parameter);
    if (found === undefined) {
      const names = Object.keys(signatureOf(name).params);
      problems.add(at, `${name} has no parameter "${parameter}".${suggestion(parameter, names)} Its parameters: ${names.join(', ')}.`);
      continue;
    }
    if (seen.has(found.name)) problems.add(at, `${name} is given ${found.name} twice.`);
    seen.add(found.name);
    checkValue(value, shapeOfParameter(found.param, (other) => givenTo(step, name, other)), problems);
    if (found.param.kind === 'overlapped' && (value.kind === 'text' || value.kind === 'list')) {
      problems.add(at, `\`${OVERLAPPED_KEY}\` is true, null, or what an earlier call bound.`);
    }
  }
  if (step.expect !== undefined) checkExpectation(step.expect, step, name, problems);
}

/** What a call gives to one of its parameters. */
function givenTo(step: CallStep, name: FunctionName, parameter: string): Value | undefined {
  return step.with.find((argument) => findParameter(name, argument.parameter)?.name === parameter)?.value;
}

function checkExpectation(expectation: CallExpectation, step: CallStep, name: FunctionName, problems: Problems): void {
  if (expectation.lastError !== undefined) checkMatcher(expectation.lastError, NUMBER, problems);
  if (expectation.returns !== undefined) checkMatcher(expectation.returns, shapeOfReturn(name), problems);
  for (const { parameter, at, matcher } of expectation.out) {
    const found = findParameter(name, parameter);
    const names = outNames(name);
    if (found !== undefined && isOutParam(found.param)) {
      checkMatcher(matcher, shapeOfParameter(found.param, (other) => givenTo(step, name, other)), problems);
    } else if (findName(parameter, names) === undefined) {
      problems.add(at, `${name} has no OUT parameter "${parameter}".${suggestion(parameter, names)} It has ${names.length === 0 ? 'none' : names.join(', ')}.`);
    }
  }
  for (const one of expectation.either) checkExpectation(one, step, name, problems);
}

const OUT_KINDS: ReadonlySet<Param['kind']> = new Set(['out', 'out-buffer', 'out-struct', 'out-text']);

function isOutParam(param: Param): boolean {
  return OUT_KINDS.has(param.kind) || (param.kind === 'in-struct' && param.inout === true);
}

/** OUT parameters, and the fields of OUT structures. */
function outNames(name: FunctionName): readonly string[] {
  return Object.entries(signatureOf(name).params).flatMap(([parameter, param]) => {
    if (param.kind === 'out' || param.kind === 'out-text') return [parameter];
    if (param.kind !== 'out-buffer' && param.kind !== 'out-struct' && !(param.kind === 'in-struct' && param.inout === true)) return [];
    // The fields of a structure have the same names in both widths.
    const layout = param.struct === undefined ? undefined : STRUCTS[structOfWidth(param.struct, 'W')];
    return [parameter, ...(layout?.fields.map((field) => field.name) ?? [])];
  });
}

/** A text where a number is due must be digits or a constant's name. */
function checkConstant(value: Value, problems: Problems): void {
  checkValue(value, NUMBER, problems);
}

/** What a step expects beside its verb, or in its body, against what it will be shown. */
function checkExpected(step: Step, problems: Problems): void {
  const shape = shapeOfResult(step);
  if ('expect' in step && step.verb !== 'call' && step.verb !== 'expect' && step.expect !== undefined && shape !== undefined) {
    checkMatcher(step.expect, shape, problems);
  }
  if (step.verb === 'wait' && step.until.kind === 'value') checkMatcher(step.until.matcher, ANY, problems);
  for (const { name, matcher } of callbackFieldsInStep(step)) checkMatcher(matcher, shapeOfCallbackField(name), problems);
  if (step.verb === 'expect') checkBody(step.expect, problems);
}

function checkBody(body: ExpectBody, problems: Problems): void {
  for (const { count } of body.callbacks?.counts ?? []) checkMatcher(count, NUMBER, problems);
  if (body.callbacks?.thread !== undefined) checkMatcher(body.callbacks.thread, shapeOfCallbackField('thread'), problems);
  for (const { count } of body.findings) checkMatcher(count, NUMBER, problems);
  for (const { state } of body.tree) checkMatcher(state, TREE_STATE, problems);
  for (const { matcher } of body.that) checkMatcher(matcher, ANY, problems);
}

/** What is observed in place of an expectation is held to the same. */
function checkDifferences({ differences }: Scenario, steps: readonly Step[], problems: Problems): void {
  for (const { step: id, observed } of differences) {
    const step = steps.find((candidate) => candidate.id === id);
    if (observed.kind !== 'expectation' || step === undefined) continue;
    const { expectation } = observed;
    const target = step.verb === 'call' ? parseFunctionName(step.function) : undefined;
    if (expectation.kind === 'call' && step.verb === 'call' && target !== undefined) checkExpectation(expectation.expectation, step, target.name, problems);
    if (expectation.kind === 'body') checkBody(expectation.expectation, problems);
    const shape = shapeOfResult(step);
    if (expectation.kind === 'matcher' && shape !== undefined) checkMatcher(expectation.matcher, shape, problems);
  }
}

function checkSums(value: Value, problems: Problems): void {
  if (value.kind === 'list') for (const item of value.items) checkSums(item, problems);
  if (value.kind === 'map') for (const field of value.fields) checkSums(field.value, problems);
  if (value.kind !== 'sum') return;
  for (const { operand } of value.terms) {
    if (operand.kind === 'constant') checkConstant({ kind: 'text', text: operand.name, at: value.at }, problems);
    if (operand.kind === 'sizeof' && sizeOf(operand.structure) === undefined) {
      problems.add(value.at, `sizeof(${operand.structure}): no structure of that name is known.${suggestion(operand.structure, sizeNames())}`);
    }
  }
}

function checkInvariants(step: Step, problems: Problems): void {
  if (step.verb === 'expectTrace') {
    for (const { name, at } of step.invariants) {
      if (!isInvariantName(name)) problems.add(at, `No invariant is named "${name}".${suggestion(name, INVARIANT_NAMES)} The invariants: ${INVARIANT_NAMES.join(', ')}.`);
    }
  }
  if (step.verb !== 'expect') return;
  for (const { rule, at } of step.expect.findings) {
    if (!RULE_IDS.includes(rule)) problems.add(at, `No rule is named "${rule}".${suggestion(rule, RULE_IDS)} The rules: ${RULE_IDS.join(', ')}.`);
  }
}
