import type { CallContext, Outcome, ThreadId } from '../../engine';

/** The logical threads that the engine numbers: the application's own, and a pool whose numbers workers hold and give back. */
export interface EngineThreads {
  readonly main: ThreadId;
  acquire(): ThreadId;
  release(thread: ThreadId): void;
}

/** The outcome of a function that returns its error code: GetLastError stays what it was, 0. */
export function errorOutcome(threads: EngineThreads, context: CallContext, code: number): Outcome {
  return { returns: code, lastError: 0, lastErrorReliable: true, thread: context.thread ?? threads.main };
}

/** The outcome of a function that tells its error through GetLastError. */
export function lastErrorOutcome(threads: EngineThreads, context: CallContext, returns: number | bigint, lastError = 0): Outcome {
  return { returns, lastError, lastErrorReliable: true, thread: context.thread ?? threads.main };
}
