import { readHead } from './block';
import { BLOCK_MARKER, HEAD_BYTES } from './format';

const WINDOW = 1024 * 1024;
const MARKER = Buffer.alloc(4);
MARKER.writeUInt32LE(BLOCK_MARKER);

/** Where the next block begins that has a whole head, from a place on; undefined where none does. */
export async function findHead(readAt: (from: number, length: number) => Promise<Buffer>, from: number, size: number): Promise<number | undefined> {
  for (let at = from; at + HEAD_BYTES <= size; at += WINDOW) {
    // Windows overlap by a head, so that none is cut in two.
    const bytes = await readAt(at, Math.min(WINDOW + HEAD_BYTES, size - at));
    for (let found = bytes.indexOf(MARKER); found >= 0 && found < WINDOW; found = bytes.indexOf(MARKER, found + 1)) {
      if (readHead(bytes.subarray(found, found + HEAD_BYTES)) !== undefined) return at + found;
    }
  }
  return undefined;
}
