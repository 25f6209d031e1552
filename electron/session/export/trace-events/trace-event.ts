import type { EventValue } from '../../../../preload/contract/event';

/** Events of the Trace Event Format that are written here. `ts` and `dur` are microseconds since the start of the trace. */
export type TraceEventRecord =
  | { readonly ph: 'M'; readonly name: 'process_name' | 'thread_name'; readonly pid: number; readonly tid: number; readonly args: { readonly name: string } }
  | { readonly ph: 'M'; readonly name: 'process_sort_index' | 'thread_sort_index'; readonly pid: number; readonly tid: number; readonly args: { readonly sort_index: number } }
  /** Complete: of one track two are apart or one is inside the other. */
  | (Common & { readonly ph: 'X'; readonly dur: number })
  | (Common & { readonly ph: 'i'; readonly s: 't' })
  /** Begin and end of what overlaps others. */
  | (Common & { readonly ph: 'b' | 'e'; readonly id: string })
  /** Start and finish of an arrow; `e` binds its end to the slice around it rather than to the next one. */
  | (Common & { readonly ph: 's' | 'f'; readonly id: string; readonly bp?: 'e' });

interface Common {
  readonly name: string;
  readonly cat: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly args?: Readonly<Record<string, EventValue | undefined>>;
}

/** The two groups of tracks. */
export const THREADS = 1;
export const HANDLES = 2;

/** Milliseconds of the trace as microseconds, to the nanosecond. */
export function micros(milliseconds: number): number {
  return Math.round(milliseconds * 1e6) / 1000;
}
