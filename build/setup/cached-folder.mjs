// Folders in the cache that outlives a clone.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Makes a folder whole or not at all: renamed as the last thing, so that a half-made one is never found and two
 * makers at once do no harm.
 * @param {string} folder where it shall be
 * @param {(work: string) => Promise<string | void>} fill makes it in an empty folder; may answer which part of that it is
 */
export async function makeOnce(folder, fill) {
  if (existsSync(folder)) return;
  await mkdir(dirname(folder), { recursive: true });
  const work = await mkdtemp(join(dirname(folder), 'unpack-'));
  try {
    const made = (await fill(work)) ?? work;
    await rename(made, folder).catch((error) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
