import { pended, type Observations } from '../runner/observations';
import { reissues } from './reissued-handles';

const HANDLE_CLOSING = 70;

/** What was pending on a handle completes before the handle's HANDLE_CLOSING (wininet.InternetCloseHandle, remarks). */
export function completeBeforeClosing(observations: Observations): readonly string[] {
  return observations.calls.filter((call) => call.overlapped === 0n && pended(call)).flatMap((call) => {
    const again = reissues(observations, call.subject).find((moment) => moment > call.began) ?? Number.POSITIVE_INFINITY;
    const closing = observations.callbacks.find(({ callback, moment }) =>
      callback.dwInternetStatus === HANDLE_CLOSING && callback.hInternet === call.subject && moment > call.began && moment < again);
    if (closing === undefined) return [];
    const complete = observations.completeOf(call);
    if (complete !== undefined && complete.moment < closing.moment) return [];
    return [`HANDLE_CLOSING of 0x${call.subject.toString(16)} came ${complete === undefined ? 'without' : 'before'} the REQUEST_COMPLETE of ${call.name}`];
  });
}
