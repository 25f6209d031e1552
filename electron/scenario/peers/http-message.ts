import { indexOfBytes } from './byte-store';

/** One HTTP/1.1 message (RFC 9112) as it came over a connection. */
export interface HttpMessage {
  /** How many bytes of the connection it took, interim responses before it included. */
  readonly bytes: number;
  /** Request line or status line. */
  readonly startLine: string;
  /** In the order and letter case of the wire. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Without chunked framing. */
  readonly body: Uint8Array;
}

export type Framing =
  | { readonly kind: 'request' }
  /** `bodiless`: it answers a HEAD. `ended`: nothing more will come. */
  | { readonly kind: 'response'; readonly bodiless: boolean; readonly ended: boolean };

const CRLF = new Uint8Array([13, 10]);
const HEAD_END = new Uint8Array([13, 10, 13, 10]);

/** The message at the start of the bytes, or undefined while it is not complete. What is no HTTP never becomes one. */
export function readMessage(bytes: Uint8Array, framing: Framing): HttpMessage | undefined {
  const headEnd = indexOfBytes(bytes, HEAD_END);
  if (headEnd < 0) return undefined;
  const [startLine = '', ...lines] = Buffer.from(bytes.subarray(0, headEnd)).toString('latin1').split('\r\n');
  const headers = lines.flatMap((line) => {
    const colon = line.indexOf(':');
    return colon < 0 ? [] : [[line.slice(0, colon), line.slice(colon + 1).trim()] as const];
  });
  const bodyStart = headEnd + HEAD_END.length;
  const status = statusOf(startLine);
  if (framing.kind === 'response' && status >= 100 && status < 200 && status !== 101) {
    const final = readMessage(bytes.subarray(bodyStart), framing);
    return final && { ...final, bytes: bodyStart + final.bytes };
  }
  const body = readBody(bytes.subarray(bodyStart), headers, framing, status);
  return body && { bytes: bodyStart + body.bytes, startLine, headers, body: body.content };
}

/** The status code of a status line, or 0. */
export function statusOf(startLine: string): number {
  const match = /^HTTP\/[0-9.]+ ([0-9]{3})(?: |$)/.exec(startLine);
  return match === null ? 0 : Number(match[1]);
}

export function reasonOf(startLine: string): string {
  return /^HTTP\/[0-9.]+ [0-9]{3} ?(.*)$/.exec(startLine)?.[1] ?? '';
}

function headerOf(headers: HttpMessage['headers'], name: string): string | undefined {
  return headers.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

function readBody(
  bytes: Uint8Array, headers: HttpMessage['headers'], framing: Framing, status: number,
): { readonly bytes: number; readonly content: Uint8Array } | undefined {
  if (framing.kind === 'response' && (framing.bodiless || status === 204 || status === 304)) return { bytes: 0, content: new Uint8Array() };
  if (/(^|,)\s*chunked\s*$/i.test(headerOf(headers, 'Transfer-Encoding') ?? '')) return readChunks(bytes);
  const declared = headerOf(headers, 'Content-Length');
  if (declared !== undefined && /^[0-9]+$/.test(declared)) {
    const length = Number(declared);
    return bytes.length < length ? undefined : { bytes: length, content: bytes.slice(0, length) };
  }
  if (framing.kind === 'request') return { bytes: 0, content: new Uint8Array() };
  // Without a length a response lasts until its connection is closed (RFC 9112 section 6.3).
  return framing.ended ? { bytes: bytes.length, content: bytes.slice() } : undefined;
}

function readChunks(bytes: Uint8Array): { readonly bytes: number; readonly content: Uint8Array } | undefined {
  const pieces: Uint8Array[] = [];
  let offset = 0;
  for (;;) {
    const lineEnd = indexOfBytes(bytes, CRLF, offset);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(Buffer.from(bytes.subarray(offset, lineEnd)).toString('latin1'), 16);
    if (Number.isNaN(size)) return undefined;
    const start = lineEnd + CRLF.length;
    if (size === 0) {
      const end = trailerEnd(bytes, start);
      return end === undefined ? undefined : { bytes: end, content: new Uint8Array(Buffer.concat(pieces)) };
    }
    if (bytes.length < start + size + CRLF.length) return undefined;
    pieces.push(bytes.slice(start, start + size));
    offset = start + size + CRLF.length;
  }
}

/** Trailer lines end with an empty one. */
function trailerEnd(bytes: Uint8Array, start: number): number | undefined {
  let offset = start;
  for (;;) {
    const lineEnd = indexOfBytes(bytes, CRLF, offset);
    if (lineEnd < 0) return undefined;
    if (lineEnd === offset) return lineEnd + CRLF.length;
    offset = lineEnd + CRLF.length;
  }
}
