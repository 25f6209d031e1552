import type { Framing } from './body-framing';
import { cookUrl, type CookedPath } from './cooked-url';
import type { Refusal } from './refusal';

/** Limits of http.sys, in bytes: MaxRequestBytes and MaxFieldLength (Http.sys registry settings). */
const MAX_HEAD = 16384;

/** More digits than a 64-bit number has, leading zeros aside. */
const MAX_DIGITS = 100;

export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

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
const REQUEST_LINE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+) ([\x21-\x7e\x80-\xff]+) HTTP\/(\d+)\.(\d+)$/;
const FIELD = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*?)[ \t]*$/;
const HOST = /^(?:\[[0-9A-Fa-f:.]+\]|[\w.~!$&'()*+,;=%\x80-\xff-]+)(?::\d{1,5})?$/;

const refused = (refusal: Refusal): HeadProgress => ({ kind: 'refused', refusal });

/**
 * Reads the head at the start of `bytes` (RFC 9112, without folding and without space before a colon). A line may end
 * with a single LF, and white space may stand between the request line and the headers (Parser Enhancements).
 * What cannot become a request is refused as soon as that is certain, so that garbage never waits for more.
 */
export function readRequestHead(bytes: Buffer): HeadProgress {
  const start = firstLine(bytes);
  const lineEnd = bytes.indexOf(LF, start);
  if (lineEnd < 0) return unfinishedLine(bytes.subarray(start));
  if (lineEnd - start > MAX_HEAD) return refused('url-too-long');
  const line = bytes.toString('latin1', start, lineEnd).replace(/[ \t]*\r?$/, '');
  const [, verb, rawUrl, major, minor] = REQUEST_LINE.exec(line) ?? [];
  if (verb === undefined || rawUrl === undefined) return refused(whatIsWrong(line));
  const version = { major: Number(major), minor: Number(minor) };
  // A higher minor version is processed as the highest that is known (RFC 9110, section 2.5).
  if (version.major !== 1) return refused('version');
  const end = headEnd(bytes, lineEnd);
  if ((end ?? bytes.length) - start > MAX_HEAD) return refused('header-too-long');
  if (end === undefined) return { kind: 'incomplete' };
  const headers = readFields(bytes.toString('latin1', lineEnd + 1, end));
  if (headers === undefined) return refused('invalid-header');
  return understood({ verb, rawUrl, version, headers, size: end });
}

const LF = 0x0a;
const CR = 0x0d;

/** The offset behind empty lines that a client sent before its request. */
function firstLine(bytes: Buffer): number {
  let start = 0;
  for (;;) {
    if (bytes[start] === LF) start += 1;
    else if (bytes[start] === CR && bytes[start + 1] === LF) start += 2;
    else return start;
  }
}

/** The offset behind the empty line. */
function headEnd(bytes: Buffer, lineEnd: number): number | undefined {
  for (let end = lineEnd; end >= 0; end = bytes.indexOf(LF, end + 1)) {
    if (bytes[end + 1] === LF) return end + 2;
    if (bytes[end + 1] === CR && bytes[end + 2] === LF) return end + 3;
  }
  return undefined;
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
  const fields: HeaderField[] = [];
  for (const line of text.replace(/^(?:[ \t]+(?:\r?\n)?)+/, '').split(/\r?\n/)) {
    if (line === '') continue;
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
