import type { Observations } from '../runner/observations';
import { reissues } from './reissued-handles';

const HANDLE_CLOSING = 70;

/** INTERNET_STATUS_HANDLE_CLOSING is the last callback of a handle, until its value is given out again. */
export function closingIsLast(observations: Observations): readonly string[] {
  const violations: string[] = [];
  const closedAt = new Map<bigint, number>();
  for (const { callback, moment } of observations.callbacks) {
    const { hInternet } = callback;
    const closed = closedAt.get(hInternet);
    if (closed !== undefined && !reissues(observations, hInternet).some((one) => one > closed && one < moment)) {
      violations.push(`status ${callback.dwInternetStatus} came on 0x${hInternet.toString(16)} after its HANDLE_CLOSING`);
    }
    if (callback.dwInternetStatus === HANDLE_CLOSING) closedAt.set(hInternet, moment);
  }
  return violations;
}
