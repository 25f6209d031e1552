import type { ExchangeSummary, HttpBody, HttpExchange, HttpMessage, HttpRequestMessage, HttpResponseMessage, HttpSecurity } from '../../preload/contract/http-exchange';
import type { Fact } from '../../preload/contract/query';
import { undoCoding } from './content-coding';
import type { FoldedExchange } from './folded-exchange';
import { headerValue } from './header-fields';
import type { RecordedBody } from './recorded-body';

export function summaryOf({ request, response, startedAt }: FoldedExchange, place: number): ExchangeSummary {
  return { place, method: request.method, url: request.url, status: response.status === 0 ? undefined : response.status, startedAt };
}

/** An exchange for the window, with why what is not known is not. */
export function exchangeAnswer(folded: FoldedExchange, place: number, state: HttpExchange['state']): HttpExchange {
  const { side, first, last, startedAt, endedAt, error } = folded;
  return {
    place, side, first, last, startedAt, endedAt, error, state,
    request: requestOf(folded), response: responseOf(folded), phases: folded.clock.phases(endedAt), connection: connectionFacts(folded), security: securityOf(folded),
  };
}

/** @param ended whether its handle has ended, or was used for another: nothing more can come */
export function stateOf({ side, response, error }: FoldedExchange, ended: boolean): HttpExchange['state'] {
  if (error !== undefined) return 'failed';
  const complete = ended || response.redirectURL !== '' || (response.body.ended && (side !== 'server' || response.known !== 'nothing'));
  return complete ? 'complete' : 'under-way';
}

const REQUEST_HEAD = 'HttpQueryInfo with HTTP_QUERY_RAW_HEADERS_CRLF | HTTP_QUERY_FLAG_REQUEST_HEADERS';
const RESPONSE_HEAD = 'HttpQueryInfo with HTTP_QUERY_RAW_HEADERS_CRLF';

function requestOf(folded: FoldedExchange): HttpRequestMessage {
  const { side, request } = folded;
  const note = side === 'client' && request.known !== 'all' ? `These are what the application set. What WinINet adds by itself (Host, Cookie …) no call has told: ${REQUEST_HEAD} would.`
    : side === 'observed' && request.known === 'nothing' ? 'The other recorder wrote no headers down.' : undefined;
  return { method: request.method, url: request.url, ...messageOf(request, note, requestBodyNote(folded)) };
}

function requestBodyNote({ side, request }: FoldedExchange): string | undefined {
  if (side === 'observed') return 'The other recorder keeps no bodies.';
  if (side === 'server' && request.body.empty && !request.body.ended) return 'The server has not received it: HttpReceiveRequestEntityBody would.';
  return undefined;
}

function responseOf(folded: FoldedExchange): HttpResponseMessage {
  const { response } = folded;
  return {
    status: response.status === 0 ? undefined : response.status, reason: response.reason, statusNote: response.status === 0 ? statusNote(folded) : undefined,
    ...messageOf(response, responseNote(folded), responseBodyNote(folded)),
  };
}

function statusNote({ side, response, error }: FoldedExchange): string {
  if (side === 'server') return response.known === 'nothing' ? 'The server has not answered.' : 'The server gave no status.';
  if (side === 'observed') return 'No answer was written down.';
  if (response.redirectURL !== '') return 'The application did not ask: WinINet followed the redirect by itself.';
  return error === undefined ? `The application did not ask with HttpQueryInfo: HTTP_QUERY_RAW_HEADERS_CRLF would tell of the status and every header field.` : 'There was no response, or nothing of it was recorded.';
}

function responseNote(folded: FoldedExchange): string | undefined {
  const { side, response } = folded;
  if (side === 'client' && response.known === 'some') return `Only what the application asked for, one by one. ${RESPONSE_HEAD} would tell of all.`;
  if (response.known !== 'nothing') return side === 'server' ? 'What the application gave. HTTP.sys adds Date and Server by itself.' : undefined;
  return side === 'client' ? 'Not asked for.' : undefined;
}

function responseBodyNote({ side, response, error }: FoldedExchange): string | undefined {
  if (side === 'observed') return 'The other recorder keeps no bodies.';
  if (side === 'client' && response.body.empty && !response.body.ended && error === undefined && response.redirectURL === '') return 'The application has not read it with InternetReadFile.';
  return undefined;
}

function messageOf({ version, fields, body }: FoldedExchange['request'] | FoldedExchange['response'], fieldsNote: string | undefined, bodyNote: string | undefined): HttpMessage {
  return { version, fields, fieldsNote, body: bodyOf(body, headerValue(fields, 'Content-Encoding'), bodyNote) };
}

/** Bytes are copied out of what they lie in: with a view of a Buffer all of the memory that it shares would cross the bridge. */
function bodyOf(body: RecordedBody, coding: string | undefined, note: string | undefined): HttpBody {
  const beginning = coding === undefined || coding.trim().toLowerCase() === 'identity' ? undefined : body.beginning();
  return {
    size: body.size, parts: body.parts().map((part) => (part.kind === 'gap' ? part : { ...part, bytes: new Uint8Array(part.bytes) })), ended: body.ended, note,
    decoded: coding === undefined || beginning === undefined || beginning.length === 0 ? undefined : copied(undoCoding(coding, beginning)),
  };
}

function copied(decoded: NonNullable<HttpBody['decoded']>): NonNullable<HttpBody['decoded']> {
  return { ...decoded, bytes: new Uint8Array(decoded.bytes) };
}

function connectionFacts({ serverAddress, clientAddress, connectionId, response }: FoldedExchange): readonly Fact[] {
  const facts: Fact[] = [];
  const add = (name: string, value: string | undefined): void => { if (value !== undefined && value !== '') facts.push({ name, value, meaning: undefined }); };
  add('Server', serverAddress);
  add('Client', clientAddress);
  add('Connection', connectionId);
  add('Sent on to', response.redirectURL);
  return facts;
}

function securityOf({ side, request, security }: FoldedExchange): HttpSecurity {
  const secure = /^https:/i.test(request.url);
  const { facts } = security;
  const certificates = security.certificates();
  return { secure, facts, certificates, note: certificates.length > 0 ? undefined : secure ? SECURITY_NOTES[side] : 'This exchange did not go over TLS: there is no certificate.' };
}

const SECURITY_NOTES: Readonly<Record<FoldedExchange['side'], string>> = {
  client: 'The application did not ask for the server’s certificate: InternetQueryOption with INTERNET_OPTION_SERVER_CERT_CHAIN_CONTEXT gives the chain, INTERNET_OPTION_SECURITY_CERTIFICATE its names and dates.',
  server: 'No certificate of the client is in the record: HTTP_SSL_INFO of the request has one only when it was negotiated, HttpReceiveClientCertificate asks for it.',
  observed: 'The other recorder wrote nothing of the certificate down.',
};
