import { pended, type ObservedCall, type Observations } from '../runner/observations';

const HANDLE_CLOSING = 70;
const REQUEST_COMPLETE = 100;

/** Each WinINet call that answered ERROR_IO_PENDING has one INTERNET_STATUS_REQUEST_COMPLETE, and nothing else has one. */
export function oneCompletePerPending(observations: Observations): readonly string[] {
  const { calls, callbacks } = observations;
  const pending = calls.filter((call) => call.overlapped === 0n && pended(call));
  const claimed = new Set(pending.map((call) => observations.completeOf(call)));
  const violations = callbacks
    .filter((one) => one.callback.dwInternetStatus === REQUEST_COMPLETE && !claimed.has(one) && couldPend(one.callback.hInternet, calls))
    .map(({ callback }) => `a REQUEST_COMPLETE on 0x${callback.hInternet.toString(16)} that no pending call is owed`);
  for (const call of pending) {
    if (observations.completeOf(call) !== undefined) continue;
    const closed = callbacks.some(({ callback, moment }) =>
      callback.dwInternetStatus === HANDLE_CLOSING && callback.hInternet === call.subject && moment > call.began);
    // While the handle lives, the completion may still come.
    if (closed) violations.push(`${call.name} pended on 0x${call.subject.toString(16)} and its handle closed without a REQUEST_COMPLETE`);
  }
  return violations;
}

/** A synchronous open may complete on a handle that no recorded call is about. */
function couldPend(handle: bigint, calls: readonly ObservedCall[]): boolean {
  return calls.some((call) => call.subject === handle && call.outcome !== undefined);
}
