import type { HttpField } from '../../../preload/contract/http-exchange';

/** One part of a multipart body (RFC 2046 section 5.1). */
export interface MultipartPart {
  readonly fields: readonly HttpField[];
  readonly bytes: Uint8Array;
}

export interface Multipart {
  readonly parts: readonly MultipartPart[];
  /** What is wrong with it; the parts before that are there. */
  readonly problem: string | undefined;
}

/** Parts shown of one body. */
const MOST_PARTS = 100;

/** Takes a multipart body apart at its boundary. Bytes stay bytes: a part may hold anything. */
export function multipartOf(bytes: Uint8Array, boundary: string | undefined): Multipart {
  if (boundary === undefined || boundary === '') return { parts: [], problem: 'Its Content-Type names no boundary.' };
  if (boundary.length > 200) return { parts: [], problem: 'Its boundary is longer than any may be.' };
  // One character a byte: places in the text are places in the bytes.
  const text = latin1(bytes);
  const mark = `--${boundary}`;
  const parts: MultipartPart[] = [];
  let at = lineStarting(text, mark, 0);
  if (at < 0) return { parts, problem: `No line begins with its boundary, ${mark}` };
  for (;;) {
    const after = at + mark.length;
    if (text.startsWith('--', after)) return { parts, problem: undefined };
    const from = lineEnd(text, after);
    const next = lineStarting(text, mark, from);
    if (parts.length === MOST_PARTS) return { parts, problem: `Only its first ${MOST_PARTS} parts are shown.` };
    parts.push(partOf(text, bytes, from, next < 0 ? text.length : beforeBreak(text, next)));
    if (next < 0) return { parts, problem: 'It breaks off: the closing boundary is missing.' };
    at = next;
  }
}

function partOf(text: string, bytes: Uint8Array, from: number, to: number): MultipartPart {
  const fields: HttpField[] = [];
  let at = from;
  while (at < to) {
    const end = Math.min(to, lineEnd(text, at));
    const line = text.slice(at, end).replace(/\r?\n$/, '');
    at = end;
    if (line === '') break;
    const colon = line.indexOf(':');
    if (colon > 0) fields.push({ name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() });
  }
  return { fields, bytes: bytes.subarray(Math.min(at, to), to) };
}

function lineStarting(text: string, mark: string, from: number): number {
  for (let at = text.indexOf(mark, from); at >= 0; at = text.indexOf(mark, at + 1)) if (at === 0 || at === from || text[at - 1] === '\n') return at;
  return -1;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
}

/** The line break before a boundary belongs to it. */
function beforeBreak(text: string, boundary: number): number {
  if (text[boundary - 1] !== '\n') return boundary;
  return text[boundary - 2] === '\r' ? boundary - 2 : boundary - 1;
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}
