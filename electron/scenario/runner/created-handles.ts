import type { HandleId } from '../../../preload/contract/ids';
import { isPromiseLike, type MaybePromise } from '../../../preload/contract/result';
import { signatureOf, type FunctionName } from '../../../preload/contract/win32/functions';
import { isEnded } from '../../../preload/contract/handle';
import { pause } from '../signal';
import type { CallArguments } from './call-arguments';
import { pended, type ObservedCall } from './observations';
import type { CreatedHandle, RunContext } from './run-context';

/** How long the end of a run waits for a close, and for what its closes still owe, in milliseconds. */
const LONGEST_CLOSING = 2000;

/** Notes what a call made, so that the end of the run can close it. */
export function recordCreated(call: ObservedCall, prepared: CallArguments, id: HandleId | undefined, context: RunContext): void {
  const raw = createdValue(call, prepared);
  if (raw !== undefined && raw !== 0n) context.created.push({ call, raw, id });
}

function createdValue(call: ObservedCall, prepared: CallArguments): bigint | undefined {
  const { returns, params } = signatureOf(call.name);
  const value = BigInt(call.outcome?.returns ?? 0);
  if (returns === 'HINTERNET' || returns === 'HANDLE') return value;
  if (returns !== 'ERROR' || value !== 0n) return undefined;
  if (call.name === 'HttpInitialize') return 1n;
  for (const [name, param] of Object.entries(params)) {
    const memory = prepared.out.get(name);
    if (param.kind === 'out' && (param.of === 'HTTP_ID' || param.of === 'HANDLE') && memory !== undefined) {
      const made = memory.read();
      return typeof made === 'bigint' ? made : undefined;
    }
  }
  return undefined;
}

interface Closing {
  readonly name: FunctionName;
  readonly args: Readonly<Record<string, bigint | number>>;
}

function closingOf({ call, raw }: CreatedHandle): Closing | undefined {
  switch (call.name) {
    case 'HttpInitialize':
      return { name: 'HttpTerminate', args: { Flags: Number(call.args['Flags'] ?? 0) } };
    case 'HttpCreateServerSession':
      return { name: 'HttpCloseServerSession', args: { ServerSessionId: raw } };
    case 'HttpCreateUrlGroup':
      return { name: 'HttpCloseUrlGroup', args: { UrlGroupId: raw } };
    case 'HttpCreateRequestQueue':
      return { name: 'HttpCloseRequestQueue', args: { RequestQueueHandle: raw } };
    case 'HttpCreateHttpHandle':
      return { name: 'CloseHandle', args: { hObject: raw } };
    default: {
      const { returns } = signatureOf(call.name);
      if (returns === 'HINTERNET') return { name: 'InternetCloseHandle', args: { hInternet: raw } };
      return returns === 'HANDLE' ? { name: 'CloseHandle', args: { hObject: raw } } : undefined;
    }
  }
}

/** Closes what is still open, in creation order reversed. True when nothing is owed any more. */
export async function closeCreated(context: RunContext): Promise<boolean> {
  const origin = `${context.name}, end of the run`;
  for (const handle of [...context.created].reverse()) {
    const closing = closingOf(handle);
    if (closing === undefined || isClosed(handle, closing, context) || context.inspector.lost !== undefined) continue;
    if (!context.inspector.engine.availability(closing.name).available) continue;
    const observed = context.observations.begin(closing.name, closing.args, false);
    // What the steps left behind is closed as it lies: that is no mistake of the scenario.
    // Each of these functions takes just the arguments that closingOf gives it.
    const record: MaybePromise<{ readonly outcome: NonNullable<ObservedCall['outcome']> }> =
      context.inspector.call(closing.name, closing.args as never, { origin, provoked: true });
    // A close that does not return must not keep the run from ending.
    const closed = isPromiseLike(record) ? await Promise.race([record, pause(LONGEST_CLOSING)]) : record;
    if (closed === undefined) return false;
    context.observations.end(observed, closed.outcome);
  }
  return (await context.observations.changed.until(() => (nothingOwed(context) ? true : undefined), LONGEST_CLOSING)) ?? false;
}

/** Closed by a step, or with its parent, or made anew with the same value. */
function isClosed(handle: CreatedHandle, closing: Closing, { inspector, observations, created }: RunContext): boolean {
  const node = handle.id === undefined ? undefined : inspector.trace.tree.get(handle.id);
  if (node !== undefined) return node.state !== 'open';
  const sameValue = (one: ObservedCall): boolean =>
    Object.entries(closing.args).every(([key, value]) => one.args[key] === value);
  const closes = observations.calls.filter((one) => one.name === closing.name && sameValue(one) && succeeded(one)).length;
  const makes = created.filter((one) => one.raw === handle.raw && closingOf(one)?.name === closing.name
    && sameArguments(closingOf(one), closing)).length;
  return closes >= makes;
}

function sameArguments(left: Closing | undefined, right: Closing): boolean {
  return left !== undefined && Object.entries(right.args).every(([key, value]) => left.args[key] === value);
}

function succeeded(call: ObservedCall): boolean {
  if (call.outcome === undefined) return false;
  const value = Number(call.outcome.returns);
  return signatureOf(call.name).returns === 'ERROR' ? value === 0 : value !== 0;
}

function nothingOwed({ created, inspector, observations }: RunContext): boolean {
  if (inspector.lost !== undefined) return true;
  const handles = created.every(({ id }) => {
    const node = id === undefined ? undefined : inspector.trace.tree.get(id);
    return node === undefined || node.state === 'open' || isEnded(node.state);
  });
  const overlapped = observations.calls.every((call) =>
    call.outcome === undefined || call.overlapped === 0n || !pended(call) || observations.completionOf(call) !== undefined);
  return handles && overlapped && observations.calls.every((call) => call.outcome !== undefined);
}
