import { HeaderList } from './header-list';

/** Status line and fields of a response (RFC 9112, 4). */
export interface ResponseHead {
  /** The status line as it came. */
  readonly line: string;
  /** Such as "HTTP/1.1". */
  readonly version: string;
  readonly status: number;
  readonly reason: string;
  readonly headers: HeaderList;
  /** Whether the connection may carry another request afterwards (RFC 9112, 9.3). */
  readonly persistent: boolean;
  /** Whether only the end of the connection ends the body. */
  readonly untilClose: boolean;
  /** Whether there can be no body: HEAD, 204, 304 or a length of 0. */
  readonly bodiless: boolean;
  /** Whether the server sent none at all (HTTP/0.9); the rest of it is then made up. */
  readonly assumed: boolean;
}

/** What the lines of a head say, before anything is made of them. */
export interface HeadLines {
  readonly line: string;
  readonly version: string;
  readonly status: number;
  readonly reason: string;
  readonly headers: HeaderList;
}

/** Where the body begins behind a head; undefined while its empty line has not come. */
export function endOfHead(text: string): number | undefined {
  const end = /\r?\n\r?\n/u.exec(text);
  return end === null ? undefined : end.index + end[0].length;
}

/**
 * Reads a head as WinINet was observed to: what is no field, because it has no colon, is passed over. Undefined when the
 * first line is no status line.
 */
export function readHead(text: string): HeadLines | undefined {
  const lines = text.replace(/\r?\n[ \t]+/gu, ' ').split(/\r?\n/u);
  const [line = '', ...rest] = lines;
  const status = /^(HTTP\/\d+\.\d+)[ \t]+(\d+)(?:[ \t]+(.*))?$/u.exec(line);
  if (status === null) return undefined;
  const headers = new HeaderList();
  for (const field of rest) {
    const colon = field.indexOf(':');
    if (colon > 0) headers.append(field.slice(0, colon).trim(), field.slice(colon + 1).trim());
  }
  return { line, version: status[1] ?? '', status: Number(status[2]), reason: (status[3] ?? '').trim(), headers };
}

/** HTTP/0.9: observed on Windows to count as a response of HTTP/1.0. */
export function assumedHead(): ResponseHead {
  return {
    line: 'HTTP/1.0 200 OK', version: 'HTTP/1.0', status: 200, reason: 'OK', headers: new HeaderList(), persistent: false, untilClose: true,
    bodiless: false, assumed: true,
  };
}

/** How the body of a response is framed (RFC 9112, 6.3), and what may come after it; undefined where its fields contradict each other. */
export function framedHead({ line, version, status, reason, headers }: HeadLines, method: string): ResponseHead & { readonly chunked: boolean } | undefined {
  const chunked = headers.all('transfer-encoding').at(-1)?.toLowerCase() === 'chunked';
  const lengths = headers.all('content-length');
  // RFC 9110 gives 204 and 304 no body. WinINet believes a Content-Length more; where the connection goes on afterwards,
  // that would be to wait for what never comes.
  const declared = lengths.length > 0 && !keepsAlive(version, headers);
  const withoutBody = method === 'HEAD' || status === 101 || ((status === 204 || status === 304) && !declared);
  const differ = new Set(lengths).size > 1 && !withoutBody;
  if (!chunked && (differ || lengths.some((length) => !(withoutBody ? /^\d+$/u : /^\d{1,15}$/u).test(length)))) return undefined;
  const bodiless = withoutBody || (!chunked && Number(lengths[0] ?? 1) === 0);
  const untilClose = !bodiless && !chunked && lengths.length === 0;
  return {
    line, version, status, reason, headers, untilClose, bodiless, chunked, assumed: false,
    persistent: !untilClose && status !== 101 && keepsAlive(version, headers),
  };
}

function keepsAlive(version: string, headers: HeaderList): boolean {
  const options = headers.all('connection').flatMap((value) => value.toLowerCase().split(',')).map((option) => option.trim());
  if (options.includes('close')) return false;
  return version === 'HTTP/1.1' || options.includes('keep-alive');
}
