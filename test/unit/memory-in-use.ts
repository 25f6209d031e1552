import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

/** Bytes that something still refers to: garbage is collected first. What lies outside the heap goes a little later. */
export async function memoryInUse(): Promise<number> {
  for (let round = 0; round < 3; round += 1) {
    if (typeof collect === 'function') Reflect.apply(collect, undefined, []);
    await new Promise((resolve) => { setTimeout(resolve, 20); });
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
