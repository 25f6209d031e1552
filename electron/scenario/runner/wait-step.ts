import { err, ok, type Result } from '../../../preload/contract/result';
import { readUint64 } from '../../../preload/contract/win32/memory';
import { signatureOf } from '../../../preload/contract/win32/functions';
import type { StepHeader, WaitStep } from '../language/step';
import { describeMatcher } from '../matchers/describe-matcher';
import { match } from '../matchers/match';
import { pause } from '../signal';
import { recordOf, type Datum, type RecordDatum } from '../values/datum';
import { describe } from '../values/describe';
import { evaluate } from '../values/evaluate';
import { itemWords, matchesItem, resolveChoice } from './callback-choice';
import { callbackDatum, callbackList, callbackWords } from './callback-datum';
import { memoryOf } from './input-parameters';
import { pended, type ObservedCall } from './observations';
import type { RunContext } from './run-context';
import { broken, done, type StepOutcome } from './step-result';

/** What a wait gave: its outcome, and the value that its `expect` looks at. */
export interface WaitResult {
  readonly outcome: StepOutcome;
  readonly datum: Datum;
}

type Until<K extends WaitStep['until']['kind']> = Extract<WaitStep['until'], { kind: K }>;

/** Values that no event announces, such as `$server.requests`, are looked at this often, in milliseconds. */
const LOOK_EVERY = 10;

export function runWait(step: StepHeader & WaitStep, context: RunContext): Promise<WaitResult> {
  const { until } = step;
  switch (until.kind) {
    case 'time':
      return pause(until.milliseconds, context.observations.clock).then(() => ({ outcome: done([], `${until.milliseconds} ms passed`), datum: undefined }));
    case 'callback':
      return waitForCallback(until, step.within, context);
    case 'overlapped':
      return waitForOverlapped(until, step.within, context);
    case 'done':
      return waitForEnd(until, step.within, context);
    case 'value':
      return waitForValue(until, step.within, context);
  }
}

function stuck(what: string, expected: string, observed: string): WaitResult {
  return { outcome: broken(what, expected, observed), datum: undefined };
}

async function waitForCallback(until: Until<'callback'>, within: number, context: RunContext): Promise<WaitResult> {
  const { observations, bindings } = context;
  const choice = resolveChoice(until.choice, bindings, observations);
  if (!choice.ok) return stuck('wait', 'callbacks to wait for', choice.error);
  const found = await observations.changed.until(
    () => observations.callbacks.filter((one) => choice.value(one) && matchesItem(until.item, one, bindings, observations))[until.count - 1],
    within,
  );
  if (found !== undefined) return { outcome: done([], callbackWords(found)), datum: callbackDatum(found, observations) };
  const nth = until.count === 1 ? '' : ` number ${until.count}`;
  return stuck('wait', `${itemWords(until.item, bindings)}${nth} within ${within} ms`, callbackList(observations.callbacks.filter(choice.value)));
}

async function waitForOverlapped(until: Until<'overlapped'>, within: number, context: RunContext): Promise<WaitResult> {
  const value = evaluate(until.overlapped, context.bindings);
  if (!value.ok) return stuck('wait', 'an OVERLAPPED', value.error);
  const address = memoryOf(value.value)?.address;
  const call = context.observations.calls.filter((one) => one.overlapped !== 0n && one.overlapped === address).at(-1);
  if (call === undefined) return stuck('wait', 'an OVERLAPPED that a call was given', describe(value.value));
  const ended = await endOfCall(call, within, context);
  return ended.ok ? { outcome: done([], ended.value.words), datum: ended.value.datum } : stuck('wait', `the OVERLAPPED to complete within ${within} ms`, ended.error);
}

async function waitForEnd(until: Until<'done'>, within: number, context: RunContext): Promise<WaitResult> {
  const value = evaluate(until.call, context.bindings);
  if (!value.ok) return stuck('wait', 'a call', value.error);
  const call = context.bindings.boundTo(value.value)?.call;
  if (call === undefined) return stuck('wait', 'what a call bound: `done: $x`', describe(value.value));
  const ended = await endOfCall(call, within, context);
  return ended.ok ? { outcome: done([], ended.value.words), datum: ended.value.datum } : stuck('wait', `the end of ${call.name} within ${within} ms`, ended.error);
}

interface Ended {
  readonly words: string;
  readonly datum: RecordDatum;
}

/** The end of a call: at once unless it pended, else its REQUEST_COMPLETE or the completion of its OVERLAPPED. */
export async function endOfCall(call: ObservedCall, within: number, context: RunContext): Promise<Result<Ended, string>> {
  const { observations } = context;
  const ended = await observations.changed.until(() => {
    if (call.outcome === undefined) return undefined;
    if (!pended(call)) return returnedEnd(call, context);
    return call.overlapped === 0n ? completedEnd(call, context) : overlappedEnd(call, context);
  }, within);
  if (ended !== undefined) return ok(ended);
  if (call.outcome === undefined) return err('the call has not returned');
  if (call.overlapped !== 0n) return err('it is still pending');
  return err(callbackList(observations.callbacks.filter(({ moment, callback }) => moment > call.began && callback.hInternet === call.subject)));
}

function returnedEnd(call: ObservedCall, { inspector }: RunContext): Ended {
  const { returns } = signatureOf(call.name);
  const result = returns === 'ERROR' ? BigInt(call.outcome?.returns ?? 0) : BigInt(call.outcome?.lastError ?? 0);
  // InternalHigh of the OVERLAPPED is the number of bytes, also when the call did not have to pend.
  const bytes = (): Datum => (call.overlapped === 0n ? undefined : readUint64(inspector.engine.memory, call.overlapped + 8n));
  return {
    words: `ended with its return, ${describe(result, { kind: 'error' })}`,
    datum: recordOf(() => result, { result: () => result, bytes, dwError: () => result }),
  };
}

function overlappedEnd(call: ObservedCall, { observations, inspector }: RunContext): Ended | undefined {
  const completion = observations.completionOf(call);
  if (completion === undefined) return undefined;
  const { error, bytes } = completion.event;
  return {
    words: `completed with ${describe(BigInt(error), { kind: 'error' })}, ${bytes} bytes`,
    datum: recordOf(() => BigInt(error), {
      result: () => BigInt(error),
      bytes: () => BigInt(bytes),
      thread: () => (completion.event.thread === inspector.engine.mainThread ? 'same' : 'other'),
    }),
  };
}

function completedEnd(call: ObservedCall, { observations }: RunContext): Ended | undefined {
  const complete = observations.completeOf(call);
  if (complete === undefined || complete.payload.kind !== 'async-result') return undefined;
  const { dwResult, dwError } = complete.payload;
  return {
    words: callbackWords(complete),
    datum: recordOf(() => BigInt(dwError), {
      // A successful InternetQueryDataAvailable leaves the number of bytes in dwError.
      result: () => (dwResult === 0n ? BigInt(dwError) : 0n),
      dwResult: () => dwResult,
      dwError: () => BigInt(dwError),
      bytes: () => undefined,
    }),
  };
}

async function waitForValue(until: Until<'value'>, within: number, context: RunContext): Promise<WaitResult> {
  const { bindings, observations } = context;
  const look = (): Datum | typeof NOT_YET => {
    const value = evaluate(until.value, bindings);
    return value.ok && match(until.matcher, value.value, bindings).length === 0 ? value.value : NOT_YET;
  };
  const ticker = setInterval(() => observations.changed.notify(), LOOK_EVERY);
  const found = await observations.changed.until(() => {
    const value = look();
    return value === NOT_YET ? undefined : { value };
  }, within);
  clearInterval(ticker);
  if (found !== undefined) return { outcome: done([], describe(found.value)), datum: found.value };
  const last = evaluate(until.value, bindings);
  return stuck('wait', `${describeMatcher(until.matcher, bindings)} within ${within} ms`, last.ok ? describe(last.value) : last.error);
}

const NOT_YET = Symbol('not yet');
