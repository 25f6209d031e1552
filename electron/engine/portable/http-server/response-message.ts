import { STATUS_CODES } from 'node:http';
import { err, ok, type Result } from '../../../../preload/contract/result';
import type { Address, MemoryReader } from '../../../../preload/contract/win32/memory';
import { textBytes } from '../../../../preload/contract/win32/memory';
import { decodeStruct, type StructFields, type StructValue } from '../../../../preload/contract/win32/struct-codec';
import { KNOWN_HEADERS } from '../../../../preload/contract/win32/structs';
import { type DataChunks, headerLines, type HeaderLine } from './data-chunks';
import type { FragmentCache } from './url-cache';
import type { RequestHead } from './request-head';

const ERROR_INVALID_PARAMETER = 87;

export const SEND_FLAG = { DISCONNECT: 1, MORE_DATA: 2, BUFFER_DATA: 4, ENABLE_NAGLING: 8, PROCESS_RANGES: 32, OPAQUE: 64, GOAWAY: 256, AUTOMATIC_CHUNKING: 512 } as const;
const KNOWN_FLAGS = Object.values(SEND_FLAG).reduce((all, flag) => all | flag, 0);

/** Where the chunks of a response come from. */
export interface ChunkSource {
  readonly chunks: DataChunks;
  /** The fragments of the request's queue. */
  readonly cache: FragmentCache;
}

/** What an application gave HttpSendHttpResponse, read from its memory. */
export interface ApplicationResponse {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly HeaderLine[];
  readonly body: Uint8Array;
  readonly trailers: readonly HeaderLine[];
}

/** A response as it goes on the wire. */
export interface ResponseMessage {
  readonly bytes: Uint8Array;
  readonly chunked: boolean;
  /** Whether the connection is closed once it is complete. */
  readonly closeAfter: boolean;
  /** A 1xx response: another one follows. */
  readonly interim: boolean;
}

/** The error of a flag that is none, or undefined. */
export function flagsError(flags: number): number | undefined {
  return (flags & ~KNOWN_FLAGS) === 0 ? undefined : ERROR_INVALID_PARAMETER;
}

/**
 * Reads a HTTP_RESPONSE of the version that its queue takes (http/ns-http-http_response_v2). The error is a Win32 code.
 *
 * @throws MemoryFault
 */
export function readResponse(memory: MemoryReader, address: Address, version: 1 | 2, source: ChunkSource): Result<ApplicationResponse, number> {
  const fields = decodeStruct(memory, version === 1 ? 'HTTP_RESPONSE_V1' : 'HTTP_RESPONSE_V2', address);
  const status = numberOf(fields['StatusCode']);
  const reason = textOf(fields['pReason']);
  const more = multipleHeaders(listOf(fields['pResponseInfo']));
  if (more === undefined) return err(ERROR_INVALID_PARAMETER);
  const headers = [...responseHeaders(fieldsOf(fields['Headers'])), ...more];
  const body = source.chunks.join(listOf(fields['pEntityChunks']).map(fieldsOf), source.cache);
  if (!body.ok) return body;
  if (status < 100 || status > 999 || breaksLine(reason) || headers.some(({ name, value }) => name === '' || breaksLine(name) || breaksLine(value))) {
    return err(ERROR_INVALID_PARAMETER);
  }
  return ok({ status, reason, headers, ...body.value });
}

/**
 * Completes an application's response as the HTTP Server API does: the version is HTTP/1.1, Server and Date are added,
 * Content-Length is the sum of the chunks unless more follow or the application framed it, and the connection stays
 * open only when the end of the body can be told without closing it. `mustClose`: it cannot stay open in any case.
 */
export function responseMessage(response: ApplicationResponse, request: RequestHead, flags: number, mustClose: boolean): ResponseMessage {
  const given = (name: string): string | undefined => response.headers.find((header) => header.name.toLowerCase() === name)?.value.toLowerCase();
  const more = (flags & SEND_FLAG.MORE_DATA) !== 0;
  const interim = response.status < 200 && response.status !== 101;
  const bodiless = response.status < 200 || response.status === 204 || response.status === 304;
  const framed = given('content-length') !== undefined || given('transfer-encoding') !== undefined;
  const modern = request.version.minor >= 1;
  const chunked = more && !framed && !bodiless && modern && (flags & SEND_FLAG.AUTOMATIC_CHUNKING) !== 0;
  const length = !more && !framed && !bodiless;
  const delimited = framed || bodiless || chunked || length || request.verb === 'HEAD';
  const asked = (flags & SEND_FLAG.DISCONNECT) !== 0 || given('connection')?.includes('close') === true;
  const closeAfter = mustClose || asked || !request.keepAlive || !delimited;

  const server = response.headers.find((header) => header.name.toLowerCase() === 'server');
  const lines = [`HTTP/1.1 ${response.status} ${response.reason === '' ? (STATUS_CODES[response.status] ?? '') : response.reason}`];
  if (length) lines.push(`Content-Length: ${response.body.length}`);
  if (chunked) lines.push('Transfer-Encoding: chunked');
  // The time of the answer is the driver's to say: an application's own Date does not go out.
  const own = response.headers.filter((header) => header !== server && (interim || header.name.toLowerCase() !== 'date'));
  for (const header of own) lines.push(`${header.name}: ${header.value}`);
  if (!interim) {
    lines.push(`Server: ${server === undefined ? '' : `${server.value} `}Microsoft-HTTPAPI/2.0`);
    lines.push(`Date: ${new Date().toUTCString()}`);
    if (given('connection') === undefined && closeAfter) lines.push('Connection: close');
    else if (given('connection') === undefined && !modern) lines.push('Connection: Keep-Alive');
  }
  const head = textBytes(`${lines.join('\r\n')}\r\n\r\n`, 'A');
  const body = bodiless || request.verb === 'HEAD' ? new Uint8Array() : response.body;
  const bytes = join([head, bodyBytes(body, chunked, !more, response.trailers)]);
  return { bytes, chunked, closeAfter: closeAfter && !interim, interim };
}

/** Body bytes as they go on the wire; the last part of a chunked body ends it, and only there trailers have a place. */
export function bodyBytes(data: Uint8Array, chunked: boolean, last: boolean, trailers: readonly HeaderLine[] = []): Uint8Array {
  if (!chunked) return data;
  const parts: Uint8Array[] = [];
  if (data.length > 0) parts.push(textBytes(`${data.length.toString(16)}\r\n`, 'A'), data, textBytes('\r\n', 'A'));
  if (last) parts.push(textBytes(`0\r\n${trailers.map(({ name, value }) => `${name}: ${value}\r\n`).join('')}\r\n`, 'A'));
  return join(parts);
}

function responseHeaders(headers: StructFields): ApplicationResponse['headers'] {
  const known = Object.entries(fieldsOf(headers['KnownHeaders'])).map(([name, value]) => ({ name, value: textOf(value) }));
  return [...known.filter(({ value }) => value !== ''), ...headerLines(headers['pUnknownHeaders'])];
}

const RESPONSE_INFO = { MULTIPLE_KNOWN_HEADERS: 0, LAST: 3 } as const;

/** Several headers of one name (HTTP_MULTIPLE_KNOWN_HEADERS); undefined for information that is none. */
function multipleHeaders(list: readonly StructValue[]): readonly HeaderLine[] | undefined {
  const lines: HeaderLine[] = [];
  for (const item of list) {
    const { Type: type, pInfo: info } = fieldsOf(item);
    if (numberOf(type) > RESPONSE_INFO.LAST) return undefined;
    if (type !== RESPONSE_INFO.MULTIPLE_KNOWN_HEADERS) continue;
    const { HeaderId: id, KnownHeaders: values } = fieldsOf(info);
    const name = KNOWN_HEADERS.response[numberOf(id)];
    if (name === undefined || info === undefined) return undefined;
    for (const value of listOf(values)) lines.push({ name, value: textOf(fieldsOf(value)['pRawValue']) });
  }
  return lines;
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}

function breaksLine(text: string): boolean {
  return /[\r\n\0]/.test(text);
}

function numberOf(value: StructValue): number {
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : 0;
}

function textOf(value: StructValue): string {
  return typeof value === 'string' ? value : '';
}

function listOf(value: StructValue): readonly StructValue[] {
  return Array.isArray(value) ? value : [];
}

function isFields(value: StructValue): value is StructFields {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Uint8Array);
}

function fieldsOf(value: StructValue): StructFields {
  return isFields(value) ? value : {};
}
