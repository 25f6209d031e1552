import { recordOf, type Datum, type RecordDatum } from '../values/datum';
import { readMessage, reasonOf, statusOf, type HttpMessage } from './http-message';

/** Headers as a map by their names on the wire; lines of one name are joined as RFC 9110 section 5.3 allows. */
function headersDatum(headers: HttpMessage['headers']): Datum {
  const joined = new Map<string, { readonly name: string; readonly value: string }>();
  for (const [name, value] of headers) {
    const before = joined.get(name.toLowerCase());
    joined.set(name.toLowerCase(), before === undefined ? { name, value } : { name: before.name, value: `${before.value}, ${value}` });
  }
  return { kind: 'map', fields: new Map([...joined.values()].map(({ name, value }) => [name, value])) };
}

/** What a receive gives: `text bytes`, and `status reason headers body` where it was an HTTP response. */
export function receivedDatum(bytes: Uint8Array, bodiless: boolean): RecordDatum {
  const message = readMessage(bytes, { kind: 'response', bodiless, ended: true });
  const status = message === undefined ? 0 : statusOf(message.startLine);
  return recordOf(() => bytes, {
    text: () => bytes,
    bytes: () => BigInt(bytes.length),
    status: () => (status === 0 ? undefined : BigInt(status)),
    reason: () => (message === undefined || status === 0 ? undefined : reasonOf(message.startLine)),
    startLine: () => message?.startLine,
    headers: () => (message === undefined ? undefined : headersDatum(message.headers)),
    body: () => message?.body,
  });
}

/** A request as a server saw it: `text headers body`, with its method and target (RFC 9110). */
export function requestDatum(text: Uint8Array, message: HttpMessage): RecordDatum {
  const [method = '', target = ''] = message.startLine.split(' ');
  return recordOf(() => text, {
    text: () => text,
    headers: () => headersDatum(message.headers),
    body: () => message.body,
    method: () => method,
    target: () => target,
  });
}
