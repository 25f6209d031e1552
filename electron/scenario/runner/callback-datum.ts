import type { StatusPayload } from '../../../preload/contract/win32/status-payload';
import { constantName } from '../../../preload/contract/win32/constant-table';
import { mapOf, recordOf, type Datum, type RecordDatum } from '../values/datum';
import { describe } from '../values/describe';
import type { CallbackField } from '../language/step';
import type { ObservedCallback, Observations } from './observations';

/** The decoded payload as the language sees it. */
function payloadDatum(payload: StatusPayload, information: Uint8Array): Datum {
  switch (payload.kind) {
    case 'none':
      return undefined;
    case 'text':
      return payload.text;
    case 'dword':
      return BigInt(payload.value);
    case 'handle':
      return payload.raw;
    case 'async-result':
      return mapOf({ dwResult: payload.dwResult, dwError: BigInt(payload.dwError) });
    case 'bytes':
      return information;
  }
}

/** One of the fields that an item of a callback expectation may name. */
export function callbackField(observed: ObservedCallback, name: CallbackField, observations: Observations): Datum {
  const { callback, payload } = observed;
  switch (name) {
    case 'value':
      return payloadDatum(payload, callback.information);
    case 'length':
      return BigInt(callback.information.length);
    case 'context':
      return callback.dwContext;
    case 'dwResult':
      return payload.kind === 'async-result' ? payload.dwResult : undefined;
    case 'dwError':
      return payload.kind === 'async-result' ? BigInt(payload.dwError) : undefined;
    case 'thread':
      return observations.onCallersThread(observed) ? 'same' : 'other';
    case 'via':
      return callback.via;
  }
}

/** What `as` binds beside a wait for a callback. */
export function callbackDatum(observed: ObservedCallback, observations: Observations): RecordDatum {
  const field = (name: CallbackField) => (): Datum => callbackField(observed, name, observations);
  return recordOf(() => BigInt(observed.callback.dwInternetStatus), {
    status: () => BigInt(observed.callback.dwInternetStatus),
    handle: () => observed.callback.hInternet,
    value: field('value'), length: field('length'), context: field('context'),
    dwResult: field('dwResult'), dwError: field('dwError'), thread: field('thread'), via: field('via'),
  });
}

/** The status without its common prefix. */
export function statusName(status: number): string {
  return constantName('INTERNET_STATUS', status)?.replace('INTERNET_STATUS_', '') ?? `status ${status}`;
}

/** A callback in a few words: `REQUEST_COMPLETE {dwResult: 0, dwError: 12017 (…)}`. */
export function callbackWords(observed: ObservedCallback): string {
  const { callback, payload } = observed;
  const name = statusName(callback.dwInternetStatus);
  if (payload.kind === 'async-result') {
    return `${name} {dwResult: ${describe(payload.dwResult)}, dwError: ${describe(BigInt(payload.dwError), { kind: 'error' })}}`;
  }
  const value = payloadDatum(payload, callback.information);
  return value === undefined ? name : `${name} ${describe(value)}`;
}

const LONGEST_LIST = 40;

/** A sequence of callbacks in words, for messages. */
export function callbackList(observed: readonly ObservedCallback[]): string {
  if (observed.length === 0) return 'no callback';
  const shown = observed.slice(-LONGEST_LIST).map(callbackWords).join(', ');
  return observed.length > LONGEST_LIST ? `… ${shown} (${observed.length} in all)` : shown;
}
