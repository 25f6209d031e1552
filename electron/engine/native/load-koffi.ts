import { createRequire } from 'node:module';

export type Koffi = typeof import('koffi');

/** Waiting callbacks and asynchronous calls at once; koffi's own limit of 256 aborts the process when it is passed. */
const MAX_ASYNC_CALLS = 4096;

let loaded: Koffi | undefined;

/**
 * koffi, loaded when the first native engine is made and not before: on a system without a binary for it everything
 * else still runs. The limit must be set before the first library is loaded.
 * @throws Error when koffi has no binary for this system
 */
export function loadKoffi(): Koffi {
  if (loaded === undefined) {
    // require answers `any`; the package's own declarations say what it is.
    loaded = createRequire(import.meta.url)('koffi') as Koffi;
    loaded.config({ max_async_calls: MAX_ASYNC_CALLS });
  }
  return loaded;
}

/** What goes into and comes out of a C function: every pointer is a plain 64-bit number. */
export type CValue = number | bigint;

/** C types of what a function takes or returns, by koffi's names. */
export type CType = 'void' | 'int32_t' | 'uint16_t' | 'uint32_t' | 'uint64_t';

/** A C function. `async` runs it on a thread of libuv's pool and tells on this one how it went. */
export interface CFunction {
  (...args: readonly CValue[]): CValue;
  readonly async: (...args: readonly [...CValue[], (error: unknown, result: CValue) => void]) => void;
}

/** koffi gives 64-bit values as a number when they are small: always a bigint here, unsigned. */
export function asUint64(value: CValue): bigint {
  return BigInt.asUintN(64, BigInt(value));
}
