import { valuesInMatcher, type Matcher } from './matcher';
import type { Position } from './problem';
import type { CallbackChoice, CallbackItem, CallExpectation, ClientAction, ExpectBody, PeerAction, ReceiveUntil, Step } from './step';
import { referencesIn, type Reference, type Value } from './value';

/** Every value of a step, those inside its matchers included; the steps of a `do` are steps of their own. */
export function valuesInStep(step: Step): readonly Value[] {
  switch (step.verb) {
    case 'call':
      return [...step.with.map(({ value }) => value), ...(step.expect === undefined ? [] : inCallExpectation(step.expect))];
    case 'wait':
      return [...inWait(step), ...inMatcher(step.expect)];
    case 'on':
      return [step.status, ...inChoice(step.choice)];
    case 'expect':
      return inBody(step.expect);
    case 'readAll':
      return [step.file, ...given(step.size), ...inMatcher(step.expect)];
    case 'client':
      return [...inClientAction(step.action), ...inMatcher(step.expect)];
    case 'server':
    case 'ftp':
      return [...inPeerAction(step.action), ...given(step.on), ...inMatcher(step.expect)];
    case 'mark':
    case 'expectTrace':
      return [];
  }
}

export function referencesInStep(step: Step): readonly { readonly reference: Reference; readonly at: Position }[] {
  const inTree = step.verb === 'expect' ? step.expect.tree.map(({ handle, at }) => ({ reference: handle, at })) : [];
  return [...valuesInStep(step).flatMap(referencesIn), ...inTree];
}

/** The names behind `since`. */
export function sinceInStep(step: Step): readonly { readonly name: string; readonly at: Position }[] {
  const choice = choiceOf(step);
  return choice?.since === undefined ? [] : [{ name: choice.since.name, at: step.at }];
}

/** Which callbacks a step is about, where it is about any. */
export function choiceOf(step: Step): CallbackChoice | undefined {
  if (step.verb === 'on') return step.choice;
  if (step.verb === 'wait') return step.until.kind === 'callback' ? step.until.choice : undefined;
  return step.verb === 'expect' ? step.expect.callbacks?.choice : undefined;
}

/** The callback statuses that a step names, each of which must be a number or a constant. */
export function statusesInStep(step: Step): readonly Value[] {
  if (step.verb === 'on') return [step.status];
  const counts = step.verb === 'expect' ? (step.expect.callbacks?.counts ?? []) : [];
  return [...itemsInStep(step).map(({ status }) => status), ...counts.map(({ status }) => status)];
}

/** What the callbacks that a step names must have carried. */
export function callbackFieldsInStep(step: Step): CallbackItem['fields'] {
  return itemsInStep(step).flatMap(({ fields }) => fields);
}

function itemsInStep(step: Step): readonly CallbackItem[] {
  if (step.verb === 'wait') return step.until.kind === 'callback' ? [step.until.item] : [];
  if (step.verb !== 'expect' || step.expect.callbacks === undefined) return [];
  const { ordered, exactly, each, forbidden, last } = step.expect.callbacks;
  return [...(ordered ?? []), ...(exactly ?? []), ...each, ...forbidden, ...(last === undefined ? [] : [last])];
}

function given(value: Value | undefined): readonly Value[] {
  return value === undefined ? [] : [value];
}

function inMatcher(matcher: Matcher | undefined): readonly Value[] {
  return matcher === undefined ? [] : valuesInMatcher(matcher);
}

function inCallExpectation(expectation: CallExpectation): readonly Value[] {
  return [
    ...inMatcher(expectation.returns), ...inMatcher(expectation.lastError),
    ...expectation.out.flatMap(({ matcher }) => valuesInMatcher(matcher)), ...expectation.either.flatMap(inCallExpectation),
  ];
}

function inChoice(choice: CallbackChoice): readonly Value[] {
  return [...given(choice.handle), ...given(choice.context), ...given(choice.via)];
}

function inItem(item: CallbackItem): readonly Value[] {
  return [item.status, ...item.fields.flatMap(({ matcher }) => valuesInMatcher(matcher))];
}

function inWait({ until }: Extract<Step, { verb: 'wait' }>): readonly Value[] {
  switch (until.kind) {
    case 'callback':
      return [...inItem(until.item), ...inChoice(until.choice)];
    case 'overlapped':
      return [until.overlapped];
    case 'done':
      return [until.call];
    case 'value':
      return [until.value, ...valuesInMatcher(until.matcher)];
    case 'time':
      return [];
  }
}

function inBody(body: ExpectBody): readonly Value[] {
  const { callbacks } = body;
  const inCallbacks = callbacks === undefined ? [] : [
    ...inChoice(callbacks.choice),
    ...[...(callbacks.ordered ?? []), ...(callbacks.exactly ?? []), ...callbacks.each, ...callbacks.forbidden].flatMap(inItem),
    ...(callbacks.last === undefined ? [] : inItem(callbacks.last)),
    ...callbacks.counts.flatMap(({ count }) => valuesInMatcher(count)),
    ...inMatcher(callbacks.thread),
  ];
  return [
    ...inCallbacks,
    ...body.that.flatMap(({ value, matcher }) => [value, ...valuesInMatcher(matcher)]),
    ...body.findings.flatMap(({ count }) => valuesInMatcher(count)),
    ...body.tree.flatMap(({ state }) => valuesInMatcher(state)),
  ];
}

function inUntil(until: ReceiveUntil): readonly Value[] {
  if (until.kind === 'count') return [until.bytes];
  return until.kind === 'text' ? [until.text] : [];
}

function inClientAction(action: ClientAction): readonly Value[] {
  switch (action.kind) {
    case 'connect':
      return [action.port, ...given(action.host)];
    case 'send':
      return [action.on, action.bytes];
    case 'receive':
      return [action.on, ...inUntil(action.until)];
    case 'expect':
    case 'close':
      return [action.on];
  }
}

function inPeerAction(action: PeerAction): readonly Value[] {
  switch (action.kind) {
    case 'send':
      return [action.bytes];
    case 'receive':
      return inUntil(action.until);
    case 'expect':
    case 'close':
    case 'accept':
      return [];
  }
}
