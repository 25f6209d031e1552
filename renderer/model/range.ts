import { MARK_KINDS, type TimelineAnswer } from '../../preload/contract/query';
import type { Viewport } from './time-scale';

export interface RangeCounts {
  readonly marks: number;
  readonly calls: number;
  readonly callbacks: number;
  readonly failures: number;
  /** False where marks too dense to be told apart were counted under the worst of them. */
  readonly exact: boolean;
}

export const NOTHING: RangeCounts = { marks: 0, calls: 0, callbacks: 0, failures: 0, exact: true };

export function addCounts(a: RangeCounts, b: RangeCounts): RangeCounts {
  return { marks: a.marks + b.marks, calls: a.calls + b.calls, callbacks: a.callbacks + b.callbacks, failures: a.failures + b.failures, exact: a.exact && b.exact };
}

/** What happened within a stretch of time, by the marks of the lanes. */
export function countRange({ marks }: TimelineAnswer, range: Viewport): RangeCounts {
  let [all, calls, callbacks, failures, exact] = [0, 0, 0, 0, true];
  for (let index = 0; index < marks.lane.length; index++) {
    const time = marks.time[index] ?? 0;
    if (time < range.from || time > range.to) continue;
    const count = marks.count[index] ?? 1;
    if (count > 1) exact = false;
    all += count;
    switch (MARK_KINDS[marks.kind[index] ?? 0]) {
      case 'call': calls += count; break;
      case 'callback': case 'complete': case 'handle-closing': callbacks += count; break;
      case 'failed-call': calls += count; failures += count; break;
      case 'complete-failed': callbacks += count; failures += count; break;
      default: break;
    }
  }
  return { marks: all, calls, callbacks, failures, exact };
}
