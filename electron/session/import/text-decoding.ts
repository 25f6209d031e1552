import { TextDecoder } from 'node:util';

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/**
 * The encoding that the first bytes of a file tell: its byte order mark, else, as `tracerpt -en Unicode` may leave it out,
 * the zeros of UTF-16 beside ASCII. Everything else is read as UTF-8, where bytes that are none become U+FFFD.
 */
export function encodingOf(head: Uint8Array): TextEncoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (head.length >= 4 && head[1] === 0 && head[3] === 0 && head[0] !== 0) return 'utf-16le';
  if (head.length >= 4 && head[0] === 0 && head[2] === 0 && head[1] !== 0) return 'utf-16be';
  return 'utf-8';
}

/** Bytes to text, piece by piece, without the byte order mark. */
export function textDecoder(encoding: TextEncoding): TextDecoder {
  return new TextDecoder(encoding);
}
