import type { Content, Entry, QueryString } from 'har-format';
import { isIP } from 'node:net';
import type { FoldedExchange } from '../../../http-exchange/folded-exchange';
import { headerValue } from '../../../http-exchange/header-fields';
import type { ExportSource } from '../export-source';
import { harContent, harPostData } from './body';
import { harRequestCookies, harResponseCookies } from './cookies';
import { harTimings, totalTime } from './timings';

/** One exchange as HAR has it. */
export function harEntry(source: ExportSource, exchange: FoldedExchange): Entry {
  const { side, request, response, error, connectionId } = exchange;
  const timings = harTimings(exchange.clock.totals(exchange.endedAt));
  const [requestHeaders, responseHeaders] = [[...request.fields], [...response.fields]];
  const server = addressAlone(exchange.serverAddress ?? '');
  return {
    startedDateTime: new Date(source.startedAt + exchange.startedAt).toISOString(), time: totalTime(timings),
    request: {
      method: request.method, url: request.url, httpVersion: request.version, cookies: harRequestCookies(requestHeaders), headers: requestHeaders, queryString: queryOf(request.url),
      headersSize: -1, bodySize: side === 'observed' ? -1 : request.body.size,
      ...(request.body.empty ? {} : { postData: harPostData(request.body, headerValue(requestHeaders, 'Content-Type')) }),
    },
    response: {
      status: response.status, statusText: response.reason, httpVersion: response.version, cookies: harResponseCookies(responseHeaders), headers: responseHeaders,
      content: contentOf(exchange), redirectURL: response.redirectURL, headersSize: -1, bodySize: side === 'observed' && response.body.ended ? response.body.size : -1, ...statusComment(exchange),
    },
    cache: {}, timings,
    ...(server === undefined ? {} : { serverIPAddress: server }), ...(connectionId === undefined ? {} : { connection: connectionId }),
    ...(error === undefined ? {} : { _error: error }),
    _side: side === 'server' ? 'server' : 'client', ...(exchange.handle === undefined ? {} : { _handle: exchange.handle }),
    ...(exchange.clientAddress === undefined ? {} : { _clientAddress: exchange.clientAddress }), _events: [exchange.first, exchange.last],
  };
}

function contentOf({ side, response }: FoldedExchange): Content {
  const type = headerValue(response.fields, 'Content-Type');
  // Nothing was left out of what was recorded: of another program's bodies only the length ever is.
  return side === 'observed' ? { size: response.body.size, mimeType: type ?? 'x-unknown' } : harContent(response.body, type);
}

function statusComment({ side, response, error }: FoldedExchange): { readonly comment?: string } {
  if (response.status !== 0) return {};
  if (side === 'server') return response.known === 'nothing' ? { comment: 'The server gave no answer.' } : {};
  if (side === 'observed') return { comment: 'No answer was written down.' };
  return { comment: error === undefined ? 'The application did not ask for the status.' : 'There was no response, or nothing of it was recorded.' };
}

/** The address of "127.0.0.1:80", "[::1]:80" or "127.0.0.1". */
function addressAlone(address: string): string | undefined {
  if (isIP(address) !== 0) return address;
  const host = address.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? undefined : host;
}

/** The parameters of a URL as they stand between ? and #, decoded where that is possible. */
function queryOf(url: string): QueryString[] {
  try {
    return [...new URL(url).searchParams].map(([name, value]) => ({ name, value }));
  } catch {
    return [];
  }
}
