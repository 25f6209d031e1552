import { isPromiseLike, type MaybePromise } from '../../../preload/contract/result';
import { parseFunctionName, signatureOf, type FunctionName } from '../../../preload/contract/win32/functions';
import { MemoryFault } from '../../../preload/contract/win32/memory';
import type { Width } from '../../../preload/contract/win32/signature';
import type { CallRecord } from '../../inspector/inspector';
import type { CallStep, StepHeader } from '../language/step';
import type { Datum } from '../values/datum';
import { describe } from '../values/describe';
import { evaluate } from '../values/evaluate';
import { callArguments, type CallArguments } from './call-arguments';
import { callDatum, resultHint, returnedDatum } from './call-binding';
import { pended, type ObservedCall } from './observations';
import { findParameter } from '../language/parameters';
import type { Place, RunContext } from './run-context';
import { expectsFailure } from './provoked';
import { broken, done, type StepOutcome } from './step-result';
import { recordCreated } from './created-handles';

/** How long a call may block before it fails its step, in milliseconds. */
const LONGEST_CALL = 10_000;
/** The same where a call is known not to return. */
export const LONGEST_KNOWN = 2000;

/** A call that was made, for the judging of its expectation. */
export interface MadeCall {
  readonly call: ObservedCall;
  readonly prepared: CallArguments;
}

export interface CallAttempt {
  readonly outcome: StepOutcome;
  /** Undefined when the call could not be made or did not return. */
  readonly made: MadeCall | undefined;
}

/** Makes the call of a step. What it expects is judged apart, since an engine may be known to differ. */
export function makeCall(step: StepHeader & CallStep, place: Place, context: RunContext, longest = LONGEST_CALL): MaybePromise<CallAttempt> {
  const target = parseFunctionName(step.function);
  if (target === undefined) return { made: undefined, outcome: broken('call', 'a function that is known', step.function) };
  const { name, width } = target;
  const availability = context.inspector.engine.availability(name);
  if (!availability.available) {
    return { made: undefined, outcome: { ...broken(name, 'a function that can be called', availability.reason), unavailable: availability.reason } };
  }
  const given = givenArguments(step, name, context);
  if (!given.ok) return { made: undefined, outcome: broken(given.what, 'a value that can be passed', given.error) };
  const current: { call?: ObservedCall } = {};
  const prepared = callArguments(name, given.values, {
    arena: context.arena,
    width,
    recorder: context.recorder,
    newEvent: () => newEvent(context),
    completedBytes: () => (current.call === undefined ? undefined : context.observations.completionOf(current.call)?.event.bytes),
  });
  if (!prepared.ok) return { made: undefined, outcome: broken('with', 'arguments that can be passed', prepared.error) };
  const observed = context.observations.begin(name, prepared.value.args, true);
  current.call = observed;
  if (step.as !== undefined) {
    const value = callDatum(observed, prepared.value, context.observations, context.recorderName);
    context.bindings.bind(step.as, { value, moment: observed.began, call: observed, prepared: prepared.value });
  }
  return invoke(name, width, observed, prepared.value, {
    place, context, longest, origin: `${context.name}, step ${step.path}`, provoked: expectsFailure(step.expect, name),
  });
}

function givenArguments(
  step: CallStep, name: FunctionName, context: RunContext,
): { readonly ok: true; readonly values: ReadonlyMap<string, Datum> } | { readonly ok: false; readonly what: string; readonly error: string } {
  const values = new Map<string, Datum>();
  for (const { parameter, value } of step.with) {
    const found = findParameter(name, parameter);
    if (found === undefined) return { ok: false, what: parameter, error: `${name} has no parameter ${parameter}` };
    const datum = evaluate(value, context.bindings);
    if (!datum.ok) return { ok: false, what: parameter, error: datum.error };
    values.set(found.name, datum.value);
  }
  return { ok: true, values };
}

/** The event is the runner's own, so it is no call of the scenario and stays out of the record. */
function newEvent(context: RunContext): bigint {
  const { engine } = context.inspector;
  const outcome = engine.functions.CreateEvent(
    { lpEventAttributes: 0n, bManualReset: 1, bInitialState: 0, lpName: undefined }, { width: 'W', thread: undefined },
  );
  // CreateEvent blocks on nothing.
  const event = isPromiseLike(outcome) ? 0n : BigInt(outcome.returns);
  context.events.push(event);
  return event;
}

interface Invocation {
  readonly place: Place;
  readonly context: RunContext;
  /** Milliseconds that the call may block. */
  readonly longest: number;
  readonly origin: string;
  readonly provoked: boolean;
}

/** Calls through the inspector. A call that answers at once keeps the runner on the same turn. */
function invoke(
  name: FunctionName, width: Width, call: ObservedCall, prepared: CallArguments, { place, context, longest, origin, provoked }: Invocation,
): MaybePromise<CallAttempt> {
  const finish = (record: CallRecord): CallAttempt => {
    context.observations.end(call, record.outcome);
    recordCreated(call, prepared, record.created, context);
    return { made: { call, prepared }, outcome: done([], callWords(call, context)) };
  };
  const options = {
    width, origin, provoked,
    ...(place.thread === undefined ? {} : { thread: place.thread }),
    ...(place.inCallback === undefined ? {} : { inCallback: place.inCallback }),
  };
  let record: MaybePromise<CallRecord>;
  try {
    // The arguments were built from this function's own signature.
    record = context.inspector.call(name, prepared.args as never, options);
  } catch (fault) {
    return { made: undefined, outcome: violation(name, fault) };
  }
  if (!isPromiseLike(record)) return finish(record);
  let callOff = (): void => undefined;
  const late = new Promise<CallAttempt>((resolve) => {
    callOff = context.observations.clock.after(longest, () => {
      resolve({ made: undefined, outcome: broken(name, `a return within ${longest / 1000} s`, 'the call is still blocked') });
    });
  });
  const returned = Promise.resolve(record).then(finish, (fault: unknown) => ({ made: undefined, outcome: violation(name, fault) }));
  return Promise.race([returned, late]).finally(() => callOff());
}

/** A scenario may pass any number as a pointer; what Windows answers with an access violation ends the step, not the run. */
function violation(name: FunctionName, fault: unknown): StepOutcome {
  if (!(fault instanceof MemoryFault)) throw fault;
  return broken(name, 'a return', fault.message);
}

/** What a call gave, in words. */
export function callWords(call: ObservedCall, context: Pick<RunContext, 'recorderName'>): string {
  const returned = describe(returnedDatum(call, context.recorderName), resultHint(call.name));
  const { lastError = 0 } = call.outcome ?? {};
  if (signatureOf(call.name).returns === 'ERROR') return `returns ${returned}`;
  const error = lastError === 0 && !pended(call) ? '' : `, last error ${describe(BigInt(lastError), { kind: 'error' })}`;
  return `returns ${returned}${error}`;
}
