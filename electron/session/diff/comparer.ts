import { setImmediate as turn } from 'node:timers/promises';
import type { DiffSummary } from '../../../preload/contract/comparison';
import type { DiffPage, DiffPageQuery, NextDifferenceQuery } from '../../../preload/contract/exchange';
import { err, ok, type Result } from '../../../preload/contract/result';
import { Referee } from '../../rules/referee';
import { Trace } from '../../trace/trace';
import { loadInto } from '../load';
import type { LoadOptions } from '../loaded';
import { compareSessions, MOST_COMPARED, type ComparedSession, type SessionDiff } from './session-diff';

export interface CompareOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (part: number) => void;
  readonly load?: Pick<LoadOptions, 'runImport'>;
}

/** The process is left to callbacks and to the window at least this often, in milliseconds. */
const SLICE_MS = 8;

/** Opens a recording as a side of a comparison; the error names the file and what to do. */
export async function openCompared(file: string, options: LoadOptions = {}): Promise<Result<ComparedSession, string>> {
  const trace = new Trace();
  const referee = new Referee(trace);
  const loaded = await loadInto(trace, file, options);
  if (!loaded.ok) return loaded;
  const { length, first } = trace.log;
  if (length - first > MOST_COMPARED) return err(`${file} has ${length - first} events; sessions of up to ${MOST_COMPARED} can be compared. Record less, or save a part.`);
  return ok({ trace, end: length, findings: referee.all(true) });
}

/** Compares in slices between other work, and keeps the last comparison for those who look at its rows. */
export class Comparer {
  private diff: SessionDiff | undefined;
  private differing: readonly number[] = [];

  async compare(a: ComparedSession, file: string, { signal, onProgress, load = {} }: CompareOptions): Promise<Result<DiffSummary, string>> {
    if (a.end - a.trace.log.first > MOST_COMPARED) return err(`This recording has more than ${MOST_COMPARED} events: it is too long to be compared.`);
    const b = await openCompared(file, { ...load, signal, onProgress: (part) => onProgress(part / 2) });
    if (!b.ok) return b;
    const work = compareSessions(a, b.value);
    let until = performance.now() + SLICE_MS;
    for (;;) {
      const step = work.next();
      if (step.done === true) {
        this.diff = step.value;
        this.differing = differingRows(step.value);
        return ok(step.value.summary);
      }
      if (performance.now() < until) continue;
      onProgress(0.5 + step.value / 2);
      await turn();
      if (signal.aborted) return err('It was stopped.');
      until = performance.now() + SLICE_MS;
    }
  }

  page({ offset, count, differing }: DiffPageQuery): DiffPage {
    const { diff } = this;
    if (diff === undefined) return { offset, total: 0, rows: [] };
    if (!differing) return { offset, total: diff.summary.rows, rows: diff.rows(offset, count) };
    return { offset, total: this.differing.length, rows: this.differing.slice(offset, offset + count).map((index) => diff.row(index)) };
  }

  next({ from, direction }: NextDifferenceQuery): number | undefined {
    return this.diff?.next(from, direction === 'next' ? 1 : -1);
  }
}

function differingRows(diff: SessionDiff): readonly number[] {
  const rows: number[] = [];
  for (let at = diff.next(-1, 1); at !== undefined; at = diff.next(at, 1)) rows.push(at);
  return rows;
}
