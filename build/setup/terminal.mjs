// What the scripts say. Progress goes to stderr: stdout belongs to the program that was asked for.

/** @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Says what begins and, when it took long enough to wonder, that it ended.
 * @template T
 * @param {string} what
 * @param {() => Promise<T> | T} work
 * @returns {Promise<T>}
 */
export async function step(what, work) {
  say(`· ${what} …`);
  const start = Date.now();
  const result = await work();
  const seconds = (Date.now() - start) / 1000;
  if (seconds >= 2) say(`· ${what}: done in ${seconds.toFixed(0)} s`);
  return result;
}

/** A fault that the person at the keyboard can mend: shown as its message alone, without a stack. */
export class Advice extends Error {}

/**
 * Runs a script's body and turns its outcome into the exit code.
 * @param {() => Promise<number | void>} body
 */
export async function main(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    say(error instanceof Advice ? error.message : String(error instanceof Error ? error.stack : error));
    process.exitCode = 1;
  }
}
