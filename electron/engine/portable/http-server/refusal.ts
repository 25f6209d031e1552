/** HTTP_503_RESPONSE_VERBOSITY: the connection is reset, or a 503 says that there is no service, or also why. */
export type Verbosity = 0 | 1 | 2;
/** Why a queue takes no request in, in the words of the error log of the HTTP Server API. */
export type QueueRefusal = 'QueueFull' | 'Disabled' | 'AppOffline';

/** A queue that cannot take a request in, and how much of it the client is told. */
export interface QueueUnavailable {
  readonly verbosity: Verbosity;
  readonly why: QueueRefusal;
}

/** Why the server answers by itself, before any application sees the request. */
export type Refusal =
  | 'invalid-verb' | 'invalid-url' | 'invalid-header' | 'invalid-hostname' | 'invalid-request' | 'header-too-long'
  | 'url-too-long' | 'length-required' | 'entity-too-large' | 'not-found' | 'not-implemented' | 'unavailable' | 'version';

interface Page {
  readonly status: number;
  readonly reason: string;
  readonly heading: string;
  readonly detail: string;
}

const PAGES: Readonly<Record<Refusal, Page>> = {
  'invalid-verb': { status: 400, reason: 'Bad Request', heading: 'Bad Request - Invalid Verb', detail: 'The request verb is invalid.' },
  'invalid-url': { status: 400, reason: 'Bad Request', heading: 'Bad Request - Invalid URL', detail: 'The request URL is invalid.' },
  'invalid-header': { status: 400, reason: 'Bad Request', heading: 'Bad Request - Invalid Header', detail: 'The request has an invalid header name.' },
  'invalid-hostname': { status: 400, reason: 'Bad Request', heading: 'Bad Request - Invalid Hostname', detail: 'The request hostname is invalid.' },
  'invalid-request': { status: 400, reason: 'Bad Request', heading: 'Bad Request', detail: 'The request is badly formed.' },
  'header-too-long': {
    status: 400, reason: 'Bad Request', heading: 'Bad Request - Request Too Long', detail: 'The size of the request headers is too long.',
  },
  'url-too-long': { status: 414, reason: 'URI Too Long', heading: 'Request URL Too Long', detail: 'The request URL is too long.' },
  'length-required': { status: 411, reason: 'Length Required', heading: 'Length Required', detail: 'The request must be chunked or have a content length.' },
  'entity-too-large': {
    status: 413, reason: 'Request Entity Too Large', heading: 'Request Entity Too Large', detail: 'The request entity is too large.',
  },
  'not-found': { status: 404, reason: 'Not Found', heading: 'Not Found', detail: 'The requested resource is not found.' },
  'not-implemented': { status: 501, reason: 'Not Implemented', heading: 'Not Implemented', detail: 'The request transfer encoding type is not supported.' },
  unavailable: { status: 503, reason: 'Service Unavailable', heading: 'Service Unavailable', detail: 'The service is unavailable.' },
  version: { status: 505, reason: 'HTTP Version Not Supported', heading: 'HTTP Version Not Supported', detail: 'The request uses an HTTP version that is not supported.' },
};

/** The whole response to a request that is refused, as http.sys words it; the connection is closed after it. */
export function refusalResponse(refusal: Refusal, why?: QueueRefusal): Buffer {
  const { status, reason: plainReason, heading, detail } = PAGES[refusal];
  const reason = why === undefined ? plainReason : `${plainReason} (${why})`;
  const body = [
    '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN""http://www.w3.org/TR/html4/strict.dtd">', `<HTML><HEAD><TITLE>${reason}</TITLE>`,
    '<META HTTP-EQUIV="Content-Type" Content="text/html; charset=us-ascii"></HEAD>', `<BODY><h2>${heading}</h2>`,
    `<hr><p>HTTP Error ${status}. ${detail}</p>`, '</BODY></HTML>', '',
  ].join('\r\n');
  const head = [
    `HTTP/1.1 ${status} ${reason}`, 'Content-Type: text/html; charset=us-ascii', 'Server: Microsoft-HTTPAPI/2.0',
    `Date: ${new Date().toUTCString()}`, 'Connection: close', `Content-Length: ${body.length}`, '', '',
  ].join('\r\n');
  return Buffer.from(head + body, 'latin1');
}
