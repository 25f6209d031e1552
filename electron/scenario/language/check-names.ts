import { constantNames } from '../../../preload/contract/win32/constant-table';
import { FUNCTION_NAMES, parseFunctionName, signatureOf, type FunctionName } from '../../../preload/contract/win32/functions';
import type { Param } from '../../../preload/contract/win32/signature';
import { structOfWidth } from '../../../preload/contract/win32/struct-codec';
import { STRUCTS } from '../../../preload/contract/win32/structs';
import { findName } from '../values/datum';
import { integerOfText } from '../values/integer';
import { sizeNames, sizeOf } from '../values/sizes';
import { RULE_IDS } from '../../rules/rules';
import type { Matcher } from './matcher';
import { valuesInMatcher } from './matcher';
import { INVARIANT_NAMES, isInvariantName } from './invariant-names';
import { suggestion } from './nearest';
import { findParameter, OVERLAPPED_KEY } from './parameters';
import { everyStep } from './parse-scenario';
import type { Position, Problems } from './problem';
import type { Scenario } from './scenario';
import { referencesInStep, sinceInStep, statusesInStep, valuesInStep } from './step-values';
import type { CallExpectation, CallStep, Step } from './step';
import type { Value } from './value';

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
    if ((step.verb === 'server' || step.verb === 'ftp') && scenario[step.verb] === undefined) {
      problems.add(step.at, `A ${step.verb} step needs \`${step.verb}\` at the top of the file.`);
    }
  }
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
    if (found.param.kind === 'int' || found.param.kind === 'version') checkConstant(value, problems);
    if (found.param.kind === 'overlapped' && (value.kind === 'text' || value.kind === 'list')) {
      problems.add(at, `\`${OVERLAPPED_KEY}\` is true, null, or what an earlier call bound.`);
    }
  }
  if (step.expect !== undefined) checkExpectation(step.expect, name, problems);
}

function checkExpectation(expectation: CallExpectation, name: FunctionName, problems: Problems): void {
  if (expectation.lastError !== undefined) checkErrors(expectation.lastError, problems);
  if (expectation.returns !== undefined && signatureOf(name).returns === 'ERROR') checkErrors(expectation.returns, problems);
  for (const { parameter, at } of expectation.out) {
    const found = findParameter(name, parameter);
    const isOut = found !== undefined && isOutParam(found.param);
    const names = outNames(name);
    if (!isOut && findName(parameter, names) === undefined) {
      problems.add(at, `${name} has no OUT parameter "${parameter}".${suggestion(parameter, names)} It has ${names.length === 0 ? 'none' : names.join(', ')}.`);
    }
  }
  for (const one of expectation.either) checkExpectation(one, name, problems);
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

function checkErrors(matcher: Matcher, problems: Problems): void {
  for (const value of valuesInMatcher(matcher)) checkConstant(value, problems);
}

/** A text where a number is due must be digits or a constant's name. */
function checkConstant(value: Value, problems: Problems): void {
  if (value.kind === 'list') for (const item of value.items) checkConstant(item, problems);
  if (value.kind !== 'text' || integerOfText(value.text) !== undefined) return;
  problems.add(value.at, `"${value.text}" is no number and no constant that is known.${suggestion(value.text, constantNames())}`);
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
