import type { EventFields } from '../../../../preload/contract/event';
import { constantName } from '../../../../preload/contract/win32/constant-table';
import { structHeaders } from '../../../http-exchange/header-fields';
import { fieldsOf, numberOf, textOf } from '../../../trace/event-fields';

/** The request that a server received, as its client may have written it: what HTTP_REQUEST says of it. */
export function requestText(request: EventFields, body: string): string {
  const verb = textOf(request['pUnknownVerb']) || (constantName('HTTP_VERB', numberOf(request['Verb'])) ?? 'HttpVerbGET').replace('HttpVerb', '');
  const version = fieldsOf(request['Version']);
  const headers = structHeaders(request['Headers']);
  return [
    `${verb} ${textOf(request['pRawUrl']) || '/'} HTTP/${numberOf(version['MajorVersion']) || 1}.${numberOf(version['MinorVersion'])}`,
    ...headers.map(({ name, value }) => `${name}: ${value}`), '',
    body,
  ].join('\r\n');
}
