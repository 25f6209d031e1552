import { open } from 'node:fs/promises';
import { SIGNATURE } from './format';
import { detectFormat, HEAD_BYTES } from './import/detect-format';

const GZIP = Uint8Array.of(0x1f, 0x8b);

/** Whether a file is what another program wrote, known or told apart. False for what cannot be read: opening it says why. */
export async function isForeign(file: string): Promise<boolean> {
  let source;
  try {
    source = await open(file, 'r');
  } catch {
    return false;
  }
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await source.read(head, 0, HEAD_BYTES, 0);
    const known = head.subarray(0, bytesRead);
    if ([SIGNATURE, GZIP].some((start) => start.every((byte, at) => known[at] === byte))) return false;
    return detectFormat(known) !== undefined;
  } catch {
    return false;
  } finally {
    await source.close();
  }
}
