import { err, ok, type Result } from '../../../preload/contract/result';
import { signatureOf } from '../../../preload/contract/win32/functions';
import type { CallbackChoice, CallbackItem } from '../language/step';
import { referenceText, type Reference, type Value } from '../language/value';
import { describeMatcher } from '../matchers/describe-matcher';
import { match, type Mismatch } from '../matchers/match';
import { plain, type Datum } from '../values/datum';
import { evaluate, type Scope } from '../values/evaluate';
import { sameInteger, toInteger } from '../values/integer';
import { callbackField, statusName } from './callback-datum';
import type { Bindings } from './bindings';
import type { ObservedCallback, Observations } from './observations';

/** Says of a callback whether it is one of those that are meant. */
export type Choice = (observed: ObservedCallback) => boolean;

/** Resolves which callbacks are meant, at this moment. */
export function resolveChoice(choice: CallbackChoice, bindings: Bindings, observations: Observations): Result<Choice, string> {
  const tests: Choice[] = [];
  if (choice.handle !== undefined) {
    const handle = evaluate(choice.handle, bindings);
    if (!handle.ok) return handle;
    const lifetime = handleLifetime(handle.value, bindings, observations);
    if (!lifetime.ok) return lifetime;
    tests.push(lifetime.value);
  }
  if (choice.context !== undefined) {
    const context = integerOf(choice.context, bindings);
    if (!context.ok) return context;
    tests.push(({ callback }) => sameInteger(context.value, callback.dwContext));
  }
  if (choice.via !== undefined) {
    const via = evaluate(choice.via, bindings);
    if (!via.ok) return via;
    tests.push(({ callback }) => callback.via === plain(via.value));
  }
  if (choice.since !== undefined) {
    const since = sinceMoment(choice.since, bindings);
    if (!since.ok) return since;
    tests.push(({ moment }) => moment > since.value);
  }
  return ok((observed) => tests.every((test) => test(observed)));
}

function sinceMoment(reference: Reference, bindings: Bindings): Result<number, string> {
  const bound = bindings.get(reference.name);
  return bound === undefined ? err(`\`since\`: ${referenceText(reference)} is not bound yet at this moment.`) : ok(bound.moment);
}

function integerOf(value: Value, scope: Scope): Result<bigint, string> {
  const datum = evaluate(value, scope);
  return datum.ok ? toInteger(datum.value) : datum;
}

/**
 * Windows and Wine give raw values out again: a bound handle means its value from the call that made it until the
 * next call that was given the same value.
 */
function handleLifetime(handle: Datum, bindings: Bindings, observations: Observations): Result<Choice, string> {
  const raw = toInteger(handle);
  if (!raw.ok) return err(`\`handle\`: ${raw.error}`);
  const from = bindings.boundTo(handle)?.moment ?? 0;
  const next = observations.calls.find((call) =>
    call.began > from && signatureOf(call.name).returns === 'HINTERNET' && call.outcome !== undefined && BigInt(call.outcome.returns) === raw.value);
  const until = next === undefined || from === 0 ? Number.POSITIVE_INFINITY : next.began;
  return ok(({ callback, moment }) => callback.hInternet === raw.value && moment > from && moment < until);
}

/** Whether a callback has the status of an item; the error is that of an unknown constant. */
export function hasStatus(status: Value, observed: ObservedCallback, scope: Scope): boolean {
  const number = integerOf(status, scope);
  return number.ok && number.value === BigInt(observed.callback.dwInternetStatus);
}

/** Everything in which a callback is not what the item says, its status aside. */
export function fieldMismatches(
  item: CallbackItem, observed: ObservedCallback, scope: Scope, observations: Observations,
): readonly Mismatch[] {
  const inner: Scope = {
    lookup: (name) => scope.lookup(name),
    payload: callbackField(observed, 'value', observations),
  };
  return item.fields.flatMap(({ name, matcher }) =>
    match(matcher, callbackField(observed, name, observations), inner, name === 'dwError' ? { kind: 'error' } : undefined)
      .map((one) => ({ ...one, path: `.${name}${one.path}` })));
}

export function matchesItem(item: CallbackItem, observed: ObservedCallback, scope: Scope, observations: Observations): boolean {
  return hasStatus(item.status, observed, scope) && fieldMismatches(item, observed, scope, observations).length === 0;
}

/** An item in words: `REQUEST_COMPLETE {dwResult: 0}`. */
export function itemWords(item: CallbackItem, scope: Scope): string {
  const status = integerOf(item.status, scope);
  const name = status.ok ? statusName(Number(status.value)) : status.error;
  const fields = item.fields.map((field) =>
    `${field.name}: ${describeMatcher(field.matcher, scope, field.name === 'dwError' ? { kind: 'error' } : undefined)}`);
  const marks = [...(item.optional ? ['optional'] : []), ...(item.repeats ? ['repeats'] : [])];
  return `${name}${fields.length === 0 ? '' : ` {${fields.join(', ')}}`}${marks.length === 0 ? '' : ` (${marks.join(', ')})`}`;
}
