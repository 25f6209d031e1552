import { cookUrl, type CookedPath } from './cooked-url';
import type { Refusal } from './refusal';

/** Limits of http.sys, in bytes: MaxRequestBytes and MaxFieldLength. */
const MAX_HEAD = 16384;

/** More digits than a 64-bit number has, leading zeros aside. */
const MAX_DIGITS = 100;

export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

export type Framing = { readonly kind: 'none' } | { readonly kind: 'length'; readonly length: number } | { readonly kind: 'chunked' };

/** A request as far as its empty line. Texts are Latin-1: one character a byte. */
export interface RequestHead {
  readonly verb: string;
  readonly rawUrl: string;
  readonly path: CookedPath;
  readonly version: { readonly major: number; readonly minor: number };
  readonly headers: readonly HeaderField[];
  /** Host, or that of an absolute URL; undefined for HTTP/1.0 without one. */
  readonly host: string | undefined;
  readonly framing: Framing;
  readonly keepAlive: boolean;
  readonly expectsContinue: boolean;
  /** Bytes from the request line to the empty line. */
  readonly size: number;
}

export type HeadProgress =
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'head'; readonly head: RequestHead };

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const REQUEST_LINE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+) ([\x21-\x7e\x80-\xff]+) HTTP\/(\d)\.(\d)$/;
const FIELD = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*?)[ \t]*$/;
const HOST = /^(?:\[[0-9A-Fa-f:.]+\]|[\w.~!$&'()*+,;=%\x80-\xff-]+)(?::\d{1,5})?$/;

const refused = (refusal: Refusal): HeadProgress => ({ kind: 'refused', refusal });

/**
 * Reads the head at the start of `bytes` (RFC 9112, strictly: CRLF ends a line, no folding, no space before a colon).
 * What cannot become a request is refused as soon as that is certain, so that garbage never waits for more.
 */
export function readRequestHead(bytes: Buffer): HeadProgress {
  let start = 0;
  while (bytes[start] === 0x0d && bytes[start + 1] === 0x0a) start += 2;
  const lineEnd = bytes.indexOf('\r\n', start, 'latin1');
  if (lineEnd < 0) return unfinishedLine(bytes.subarray(start));
  if (lineEnd - start > MAX_HEAD) return refused('url-too-long');
  const line = bytes.toString('latin1', start, lineEnd);
  const [, verb, rawUrl, major, minor] = REQUEST_LINE.exec(line) ?? [];
  if (verb === undefined || rawUrl === undefined) return refused(whatIsWrong(line));
  const version = { major: Number(major), minor: Number(minor) };
  if (version.major !== 1 || version.minor > 1) return refused('version');
  const end = headEnd(bytes, lineEnd);
  if ((end ?? bytes.length) - start > MAX_HEAD) return refused('header-too-long');
  if (end === undefined) return { kind: 'incomplete' };
  const headers = readFields(bytes.toString('latin1', lineEnd + 2, Math.max(end - 2, lineEnd + 2)));
  if (headers === undefined) return refused('invalid-header');
  return understood({ verb, rawUrl, version, headers, size: end });
}

/** The offset behind the empty line. */
function headEnd(bytes: Buffer, lineEnd: number): number | undefined {
  const index = bytes.indexOf('\r\n\r\n', lineEnd, 'latin1');
  return index < 0 ? undefined : index + 4;
}

function unfinishedLine(bytes: Buffer): HeadProgress {
  const text = bytes.toString('latin1', 0, MAX_HEAD + 1);
  const space = text.indexOf(' ');
  const verb = space < 0 ? text.replace(/\r$/, '') : text.slice(0, space);
  if (text !== '' && text !== '\r' && !TOKEN.test(verb)) return refused('invalid-verb');
  if (text.length > MAX_HEAD) return refused(space < 0 ? 'invalid-verb' : 'url-too-long');
  return { kind: 'incomplete' };
}

function whatIsWrong(line: string): Refusal {
  const [verb = '', target, protocol] = line.split(' ');
  if (!TOKEN.test(verb) || target === undefined) return 'invalid-verb';
  return protocol === undefined ? 'invalid-request' : 'invalid-url';
}

function readFields(text: string): readonly HeaderField[] | undefined {
  if (text === '') return [];
  const fields: HeaderField[] = [];
  for (const line of text.replace(/\r\n$/, '').split('\r\n')) {
    const [, name, value] = FIELD.exec(line) ?? [];
    if (name === undefined || value === undefined) return undefined;
    fields.push({ name, value });
  }
  return fields;
}

interface Parsed {
  readonly verb: string;
  readonly rawUrl: string;
  readonly version: { readonly major: number; readonly minor: number };
  readonly headers: readonly HeaderField[];
  readonly size: number;
}

function understood(parsed: Parsed): HeadProgress {
  const values = (name: string): readonly string[] =>
    parsed.headers.filter((field) => field.name.toLowerCase() === name).map((field) => field.value);
  const modern = parsed.version.minor >= 1;
  const hosts = values('host');
  const [given] = hosts;
  if (hosts.length > 1 || (modern && given === undefined) || (given !== undefined && given !== '' && !HOST.test(given))) return refused('invalid-hostname');
  const target = cookUrl(parsed.verb, parsed.rawUrl);
  if (target === undefined) return refused('invalid-url');
  const framing = framingOf(parsed.verb, values('transfer-encoding'), values('content-length'));
  if (typeof framing === 'string') return refused(framing);
  const connection = values('connection').join(',').toLowerCase().split(',').map((option) => option.trim());
  return {
    kind: 'head',
    head: {
      ...parsed, path: target.path, host: target.host ?? given, framing,
      keepAlive: modern ? !connection.includes('close') : connection.includes('keep-alive'),
      expectsContinue: modern && values('expect').some((value) => value.toLowerCase() === '100-continue'),
    },
  };
}

/** RFC 9112 section 6; a length is due with POST and PUT, as http.sys demands. */
function framingOf(verb: string, encodings: readonly string[], lengths: readonly string[]): Framing | Refusal {
  if (encodings.length > 0) {
    if (encodings.join(',').trim().toLowerCase() !== 'chunked') return 'not-implemented';
    return lengths.length > 0 ? 'invalid-request' : { kind: 'chunked' };
  }
  const [first] = lengths;
  if (first === undefined) return verb === 'POST' || verb === 'PUT' ? 'length-required' : { kind: 'none' };
  if (!/^\d+$/.test(first) || lengths.some((length) => length !== first)) return 'invalid-request';
  // The length is 64 bits wide, and the driver says so when it does not fit.
  if (BigInt(first.slice(0, MAX_DIGITS)) > 0xffff_ffff_ffff_ffffn) return 'entity-too-large';
  const length = Number(first);
  return length === 0 ? { kind: 'none' } : { kind: 'length', length };
}
