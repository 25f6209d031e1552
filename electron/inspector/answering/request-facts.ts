import type { EventFields, EventValue } from '../../../preload/contract/event';
import type { RequestFacts } from '../../../preload/contract/rule-matching';
import { constantName } from '../../../preload/contract/win32/constant-table';

/** What rules look at, of the HTTP_REQUEST that a receive brought; undefined for memory that holds none. */
export function requestFacts(received: EventFields): RequestFacts | undefined {
  const request = fieldsOf(received['RequestBuffer']);
  const method = textOf(request['pUnknownVerb']) || constantName('HTTP_VERB', Number(request['Verb'] ?? 0))?.replace('HttpVerb', '');
  const url = textOf(request['pRawUrl']);
  if (method === undefined || url === '') return undefined;
  const headers = fieldsOf(request['Headers']);
  const known = Object.entries(fieldsOf(headers['KnownHeaders'])).map(([name, value]) => ({ name, value: textOf(value) }));
  const others = headers['pUnknownHeaders'];
  const unknown = Array.isArray(others) ? others.map((item: EventValue) => ({ name: textOf(fieldsOf(item)['pName']), value: textOf(fieldsOf(item)['pRawValue']) })) : [];
  return { method, target: originForm(url), headers: [...known, ...unknown] };
}

/** Path and query of a target that a client wrote as a whole URL (RFC 9112 section 3.2.2). */
function originForm(url: string): string {
  return url.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?]*(?=[/?]|$)/i, '') || '/';
}

function fieldsOf(value: EventValue | undefined): EventFields {
  // An object that is no list is fields; the bytes of a buffer have fields too, and none that is asked for here.
  return typeof value === 'object' && !Array.isArray(value) ? (value as EventFields) : {};
}

function textOf(value: EventValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
