import { parseFunctionName } from '../../../preload/contract/win32/functions';
import type { ExpectBody, Step } from '../language/step';
import { referenceText, type Value } from '../language/value';
import { describeMatcher } from '../matchers/describe-matcher';
import type { Scope } from '../values/evaluate';
import { itemWords } from './callback-choice';
import { expectationWords } from './call-expectation';

/** A step in words, for reports and for the window: "InternetCloseHandle($request)". */
export function stepTitle(step: Step): string {
  switch (step.verb) {
    case 'call':
      return `${step.function}(${step.with.flatMap(({ value }) => (value.kind === 'reference' ? [valueWords(value)] : [])).join(', ')})`;
    case 'wait':
      return `wait for ${waitWords(step)}`;
    case 'on':
      return `on ${valueWords(step.status)} do ${step.do.map(stepTitle).join(', ')}`;
    case 'mark':
      return `mark ${step.name}`;
    case 'readAll':
      return `read all of ${valueWords(step.file)}`;
    case 'client':
      return step.action.kind === 'expect' ? 'client: expect closed' : `client: ${step.action.kind}`;
    case 'server':
    case 'ftp':
      return `${step.verb}: ${step.action.kind}`;
    case 'expectTrace':
      return `trace: ${step.invariants.map(({ name }) => name).join(', ')}`;
    case 'expect':
      return `expect ${bodyParts(step.expect).join(', ')}`;
  }
}

function waitWords(step: Extract<Step, { verb: 'wait' }>): string {
  const { until } = step;
  switch (until.kind) {
    case 'callback':
      return valueWords(until.item.status);
    case 'overlapped':
      return `the OVERLAPPED ${valueWords(until.overlapped)}`;
    case 'done':
      return `the end of ${valueWords(until.call)}`;
    case 'value':
      return valueWords(until.value);
    case 'time':
      return `${until.milliseconds} ms`;
  }
}

function valueWords(value: Value): string {
  switch (value.kind) {
    case 'reference':
      return referenceText(value.reference);
    case 'text':
      return value.text;
    case 'integer':
      return value.source;
    default:
      return 'a value';
  }
}

function bodyParts(body: ExpectBody): readonly string[] {
  return [
    ...(body.callbacks === undefined ? [] : ['callbacks']),
    ...(body.that.length === 0 ? [] : ['values']),
    ...(body.findings.length === 0 ? [] : ['findings']),
    ...(body.tree.length === 0 ? [] : ['the tree']),
  ];
}

/** What the scenario, and so its source page, expects of a step; empty when it expects nothing. */
export function expectedWords(step: Step, scope: Scope): string {
  switch (step.verb) {
    case 'call': {
      const target = parseFunctionName(step.function);
      return step.expect === undefined || target === undefined ? '' : expectationWords(step.expect, scope, target.name);
    }
    case 'wait':
    case 'readAll':
    case 'server':
    case 'ftp':
      return step.expect === undefined ? '' : describeMatcher(step.expect, scope);
    case 'client':
      if (step.action.kind === 'expect') return step.action.closed === false ? 'the connection stays open' : 'the connection is closed';
      return step.expect === undefined ? '' : describeMatcher(step.expect, scope);
    case 'expectTrace':
      return step.invariants.map(({ name }) => name).join(', ');
    case 'expect':
      return expectBodyWords(step.expect, scope);
    case 'on':
    case 'mark':
      return '';
  }
}

function expectBodyWords(body: ExpectBody, scope: Scope): string {
  const words: string[] = [];
  const { callbacks } = body;
  if (callbacks !== undefined) {
    const items = (list: readonly Parameters<typeof itemWords>[0][]): string => list.map((item) => itemWords(item, scope)).join(', ');
    if (callbacks.exactly !== undefined) words.push(`exactly ${callbacks.exactly.length === 0 ? 'no callback' : items(callbacks.exactly)}`);
    if (callbacks.ordered !== undefined) words.push(`in this order ${items(callbacks.ordered)}`);
    if (callbacks.last !== undefined) words.push(`last ${itemWords(callbacks.last, scope)}`);
    if (callbacks.forbidden.length > 0) words.push(`no ${items(callbacks.forbidden)}`);
    if (callbacks.each.length > 0) words.push(`each ${items(callbacks.each)}`);
    for (const { status, count } of callbacks.counts) words.push(`${valueWords(status)} × ${describeMatcher(count, scope)}`);
    if (callbacks.quiet !== undefined) words.push(`then nothing for ${callbacks.quiet} ms`);
  }
  for (const { value, matcher } of body.that) words.push(`${valueWords(value)} ${describeMatcher(matcher, scope)}`);
  for (const { rule, count } of body.findings) words.push(`${rule}: ${describeMatcher(count, scope)}`);
  for (const { handle, state } of body.tree) words.push(`${referenceText(handle)} ${describeMatcher(state, scope)}`);
  return words.join('; ');
}
