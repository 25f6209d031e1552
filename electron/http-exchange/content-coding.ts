import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import type { HttpBody } from '../../preload/contract/http-exchange';

/** Bytes that a coded body may become: what is longer is cut, so that a small body cannot fill the memory. */
const MOST_DECODED = 4 * 1024 * 1024;

const UNDO: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  'gzip': (bytes) => gunzipSync(bytes, FLUSHED),
  'x-gzip': (bytes) => gunzipSync(bytes, FLUSHED),
  // RFC 9110 section 8.4.1.2: with the zlib wrapper; some senders leave it out.
  'deflate': (bytes) => {
    try {
      return inflateSync(bytes, FLUSHED);
    } catch {
      return inflateRawSync(bytes, FLUSHED);
    }
  },
  'br': (bytes) => brotliDecompressSync(bytes, { maxOutputLength: MOST_DECODED, finishFlush: constants.BROTLI_OPERATION_FLUSH }),
};

/** A body that was cut gives what it has: its end is not insisted on. */
const FLUSHED = { maxOutputLength: MOST_DECODED, finishFlush: constants.Z_SYNC_FLUSH };

/**
 * A body with its content coding undone, as far as it was recorded without a gap.
 * @param coding the value of Content-Encoding
 */
export function undoCoding(coding: string, bytes: Uint8Array): NonNullable<HttpBody['decoded']> {
  // The last that was applied is the first to be undone (RFC 9110 section 8.4).
  const names = coding.split(',').map((name) => name.trim().toLowerCase()).filter((name) => name !== '' && name !== 'identity').reverse();
  let decoded = bytes;
  for (const name of names) {
    const undo = Object.hasOwn(UNDO, name) ? UNDO[name] : undefined;
    if (undo === undefined) return { coding, bytes: decoded, problem: `The coding ${name.slice(0, 40)} is not known here: the bytes are shown as they are.` };
    try {
      decoded = undo(decoded);
    } catch (fault) {
      return { coding, bytes, problem: codingProblem(name, fault) };
    }
  }
  return { coding, bytes: decoded, problem: undefined };
}

function codingProblem(name: string, fault: unknown): string {
  if (fault instanceof RangeError) return `Decoded it would be longer than ${MOST_DECODED / 1024 / 1024} MB: the bytes are shown as they are.`;
  return `The bytes are no ${name}: WinINet has undone the coding already (INTERNET_OPTION_HTTP_DECODING), or they are damaged. They are shown as they are.`;
}
