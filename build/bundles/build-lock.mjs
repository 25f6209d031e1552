// One builder at a time: two would write dist/ through each other, and a window could load half of each.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { dist } from '../setup/project.mjs';

const file = join(dist, '.stamps', 'building');

/** How long to wait between two looks at another's lock. */
const pause = 100;

/** @returns {boolean} whether the lock is ours now */
function take() {
  mkdirSync(dirname(file), { recursive: true });
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    return false;
  }
}

/** @returns {boolean} whether the one who holds it still runs */
function holderLives() {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    // An empty file is one that its holder is about to write.
    return pid === 0 || process.kill(pid, 0);
  } catch (error) {
    // Another user's process may not be asked, but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Does the work while nobody else builds; a lock whose holder died is taken over.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function alone(work) {
  while (!take()) {
    if (holderLives()) await new Promise((resolve) => setTimeout(resolve, pause));
    else rmSync(file, { force: true });
  }
  const release = () => rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}
