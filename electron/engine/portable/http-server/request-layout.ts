import { HTTP_VERB } from '../../../../preload/contract/win32/constants/http-api';
import { textBytes, type Address } from '../../../../preload/contract/win32/memory';
import { addressBytes } from '../../../../preload/contract/win32/sockaddr';
import { layoutOf } from '../../../../preload/contract/win32/struct-codec';
import { KNOWN_HEADERS } from '../../../../preload/contract/win32/structs';
import { MemoryRecord } from './memory-record';
import type { ServerRequest } from './server-request';
import { sslInfo, type SslInfo } from './ssl-info';

const HTTP_REQUEST_FLAG_MORE_ENTITY_BODY_EXISTS = 1;

/** The size of the structure that a queue of a version writes: HTTP_REQUEST_V1 848, HTTP_REQUEST_V2 864. */
export function requestStructSize(version: 1 | 2): number {
  return layoutOf(version === 1 ? 'HTTP_REQUEST_V1' : 'HTTP_REQUEST_V2').size;
}

/** A request as it lies in the caller's buffer at `base`, and how to add a part of its body. */
export interface RequestRecord {
  readonly content: Uint8Array;
  readonly size: number;
  /** Bytes of body that a buffer of `room` bytes has place for behind the rest. */
  bodyRoom(room: number): number;
  addBody(data: Uint8Array): void;
  /** Sets HTTP_REQUEST_FLAG_MORE_ENTITY_BODY_EXISTS. */
  markMoreBody(): void;
}

/** Lays out a request for a buffer at `base`: every pointer points into that buffer (http/ns-http-http_request_v1). */
export function requestRecord(request: ServerRequest, version: 1 | 2, base: Address): RequestRecord {
  const struct = version === 1 ? 'HTTP_REQUEST_V1' : 'HTTP_REQUEST_V2';
  const record = new MemoryRecord(base);
  record.reserve(requestStructSize(version), 8);
  const { head, connection } = request;
  record.set(struct, 0, 'ConnectionId', connection.id);
  record.set(struct, 0, 'RequestId', request.id);
  record.set(struct, 0, 'UrlContext', request.urlContext);
  const versionAt = record.within(struct, 0, 'Version');
  record.set('HTTP_VERSION', versionAt, 'MajorVersion', head.version.major);
  record.set('HTTP_VERSION', versionAt, 'MinorVersion', head.version.minor);
  record.set(struct, 0, 'BytesReceived', request.bytesReceived);
  writeHeaders(record, record.within(struct, 0, 'Headers'), request);
  const address = record.within(struct, 0, 'Address');
  record.set('HTTP_TRANSPORT_ADDRESS', address, 'pRemoteAddress', record.append(addressBytes(connection.remoteAddress, connection.remotePort), 8));
  record.set('HTTP_TRANSPORT_ADDRESS', address, 'pLocalAddress', record.append(addressBytes(connection.localAddress, connection.localPort), 8));
  writeCookedUrl(record, record.within(struct, 0, 'CookedUrl'), request);
  writeVerb(record, struct, head.verb);
  if (connection.tls !== undefined) record.set(struct, 0, 'pSslInfo', writeSslInfo(record, base, sslInfo(connection.tls)));
  record.set(struct, 0, 'RawUrlLength', head.rawUrl.length);
  record.set(struct, 0, 'pRawUrl', record.append(textBytes(`${head.rawUrl}\0`, 'A'), 1));
  const bodyStart = (): number => Math.ceil(record.size / 8) * 8 + layoutOf('HTTP_DATA_CHUNK').size;
  return {
    get content() {
      return record.content;
    },
    get size() {
      return record.size;
    },
    bodyRoom: (room) => Math.max(0, room - bodyStart()),
    addBody: (data) => {
      const chunk = record.reserve(layoutOf('HTTP_DATA_CHUNK').size, 8);
      record.set('HTTP_DATA_CHUNK', chunk, 'pBuffer', record.append(data, 1));
      record.set('HTTP_DATA_CHUNK', chunk, 'BufferLength', data.length);
      record.set(struct, 0, 'EntityChunkCount', 1);
      record.set(struct, 0, 'pEntityChunks', base + BigInt(chunk));
    },
    markMoreBody: () => record.set(struct, 0, 'Flags', HTTP_REQUEST_FLAG_MORE_ENTITY_BODY_EXISTS),
  };
}

/** What a buffer that is too small gets: the ids, by which the request can be asked for again, and nothing else. */
export function requestIdsOnly(request: ServerRequest, version: 1 | 2): Uint8Array {
  const struct = version === 1 ? 'HTTP_REQUEST_V1' : 'HTTP_REQUEST_V2';
  const record = new MemoryRecord(0n);
  record.reserve(requestStructSize(version), 8);
  record.set(struct, 0, 'ConnectionId', request.connection.id);
  record.set(struct, 0, 'RequestId', request.id);
  return record.content;
}

/** The client's certificate is not among it: it is had with HttpReceiveClientCertificate. */
function writeSslInfo(record: MemoryRecord, base: Address, info: SslInfo): Address {
  const at = record.reserve(layoutOf('HTTP_SSL_INFO').size, 8);
  const set = (name: string, value: number | bigint): void => record.set('HTTP_SSL_INFO', at, name, value);
  set('ServerCertKeySize', info.serverKeySize);
  set('ConnectionKeySize', info.connectionKeySize);
  set('ServerCertIssuerSize', info.issuer.length);
  set('ServerCertSubjectSize', info.subject.length);
  set('pServerCertIssuer', record.append(textBytes(`${info.issuer}\0`, 'A'), 1));
  set('pServerCertSubject', record.append(textBytes(`${info.subject}\0`, 'A'), 1));
  return base + BigInt(at);
}

function writeVerb(record: MemoryRecord, struct: string, verb: string): void {
  const known = Object.entries(HTTP_VERB).find(([name, value]) => value >= HTTP_VERB.HttpVerbOPTIONS && name === `HttpVerb${verb}`);
  if (known !== undefined && known[1] !== HTTP_VERB.HttpVerbMaximum) {
    record.set(struct, 0, 'Verb', known[1]);
    return;
  }
  record.set(struct, 0, 'Verb', HTTP_VERB.HttpVerbUnknown);
  record.set(struct, 0, 'UnknownVerbLength', verb.length);
  record.set(struct, 0, 'pUnknownVerb', record.append(textBytes(`${verb}\0`, 'A'), 1));
}

/** Lengths are in bytes of UTF-16 without the NUL; host, path and query point into the full URL. */
function writeCookedUrl(record: MemoryRecord, at: number, request: ServerRequest): void {
  const { head, connection } = request;
  const host = hostWithPort(head.host, connection.localAddress, connection.localPort);
  const prefix = connection.tls === undefined ? 'http://' : 'https://';
  const { absPath, query } = head.path;
  const full = prefix + host + absPath + query;
  const start = record.append(textBytes(`${full}\0`, 'W'), 2);
  const pointer = (characters: number): Address => start + BigInt(2 * characters);
  const set = (name: string, value: number | bigint): void => record.set('HTTP_COOKED_URL', at, name, value);
  set('FullUrlLength', full.length * 2);
  set('HostLength', host.length * 2);
  set('AbsPathLength', absPath.length * 2);
  set('QueryStringLength', query.length * 2);
  set('pFullUrl', start);
  set('pHost', pointer(prefix.length));
  set('pAbsPath', pointer(prefix.length + host.length));
  if (query !== '') set('pQueryString', pointer(prefix.length + host.length + absPath.length));
}

function hostWithPort(host: string | undefined, localAddress: string, localPort: number): string {
  const name = host === undefined || host === '' ? bracketed(localAddress) : host;
  return /:\d+$/.test(name.replace(/^\[.*\]/, '')) ? name : `${name}:${localPort}`;
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}

/** Repeated known headers are one, joined by commas (cookies by semicolons); others keep their order. */
function writeHeaders(record: MemoryRecord, at: number, request: ServerRequest): void {
  const known = new Map<number, string>();
  const unknown: { readonly name: string; readonly value: string }[] = [];
  for (const { name, value } of request.head.headers) {
    const id = KNOWN_HEADERS.request.findIndex((candidate) => candidate.toLowerCase() === name.toLowerCase());
    if (id < 0) unknown.push({ name, value });
    else {
      const earlier = known.get(id);
      known.set(id, earlier === undefined ? value : `${earlier}${KNOWN_HEADERS.request[id] === 'Cookie' ? '; ' : ', '}${value}`);
    }
  }
  const array = record.within('HTTP_REQUEST_HEADERS', at, 'KnownHeaders');
  for (const [id, value] of known) {
    const header = array + id * layoutOf('HTTP_KNOWN_HEADER').size;
    record.set('HTTP_KNOWN_HEADER', header, 'RawValueLength', value.length);
    record.set('HTTP_KNOWN_HEADER', header, 'pRawValue', record.append(textBytes(`${value}\0`, 'A'), 1));
  }
  if (unknown.length === 0) return;
  const { size } = layoutOf('HTTP_UNKNOWN_HEADER');
  const list = record.append(new Uint8Array(size * unknown.length), 8);
  const listAt = record.size - size * unknown.length;
  record.set('HTTP_REQUEST_HEADERS', at, 'UnknownHeaderCount', unknown.length);
  record.set('HTTP_REQUEST_HEADERS', at, 'pUnknownHeaders', list);
  for (const [index, { name, value }] of unknown.entries()) {
    const header = listAt + index * size;
    record.set('HTTP_UNKNOWN_HEADER', header, 'NameLength', name.length);
    record.set('HTTP_UNKNOWN_HEADER', header, 'RawValueLength', value.length);
    record.set('HTTP_UNKNOWN_HEADER', header, 'pName', record.append(textBytes(`${name}\0`, 'A'), 1));
    record.set('HTTP_UNKNOWN_HEADER', header, 'pRawValue', record.append(textBytes(`${value}\0`, 'A'), 1));
  }
}
