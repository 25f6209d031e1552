import type { DiffHandle, DiffRow, DiffState, DiffSummary } from '../../../preload/contract/comparison';
import type { Finding } from '../../../preload/contract/finding';
import type { HandleId } from '../../../preload/contract/ids';
import { u32 } from '../../trace/column';
import type { Trace } from '../../trace/trace';
import { align, Numbers } from './align';
import { DiffRows, type TimeThreshold } from './diff-rows';
import { findingsApart } from './finding-pairs';
import { pairHandles, type HandlePair } from './handle-pairs';
import { NO_EVENT, NO_HANDLE, sessionSteps, type SessionSteps, type Stream } from './lane-steps';
import { describeRow } from './row-words';

/** One of the two sessions. */
export interface ComparedSession {
  readonly trace: Trace;
  /** The place after the last event that is compared. */
  readonly end: number;
  readonly findings: readonly Finding[];
}

/** Events of a session that is compared, at most: the comparison lies in memory beside both. */
export const MOST_COMPARED = 2_000_000;

/** Times differ from here on: as many times as long, and by at least so many milliseconds. */
export const TIME_THRESHOLD: TimeThreshold = { ratio: 3, milliseconds: 10 };

const EMPTY: Stream = { seqs: u32(), same: u32(), kind: u32() };

/**
 * Compares two sessions, in slices: handles are paired by the part they play, and the steps of each pair aligned in the
 * order they came. Yields how much of the work is done, from 0 to 1.
 */
export function* compareSessions(a: ComparedSession, b: ComparedSession, threshold: TimeThreshold = TIME_THRESHOLD): Generator<number, SessionDiff, undefined> {
  const numbers = new Numbers();
  const stepsA = yield* scaled(sessionSteps(a.trace, a.end, numbers), a.end, 0);
  const stepsB = yield* scaled(sessionSteps(b.trace, b.end, numbers), b.end, 0.4);
  const pairs = pairHandles(a.trace.tree, b.trace.tree);
  const rows = new DiffRows(a.trace, b.trace, stepsA, stepsB, threshold);
  const lanes: readonly { readonly a: HandleId | typeof NO_HANDLE | undefined; readonly b: HandleId | typeof NO_HANDLE | undefined }[] = [{ a: NO_HANDLE, b: NO_HANDLE }, ...pairs];
  for (const [index, pair] of lanes.entries()) {
    for (const stream of ['calls', 'told'] as const) {
      const [one, other] = [streamOf(stepsA, pair.a, stream), streamOf(stepsB, pair.b, stream)];
      const aligned = align([rowsOf(one.same), rowsOf(other.same)], [rowsOf(one.kind), rowsOf(other.kind)]);
      for (const { a: rowA, b: rowB } of aligned) {
        const same = rowA !== undefined && rowB !== undefined && one.same.at(rowA) === other.same.at(rowB);
        rows.add(rowA === undefined ? NO_EVENT : one.seqs.at(rowA), rowB === undefined ? NO_EVENT : other.seqs.at(rowB), same);
      }
    }
    if (index % 256 === 0) yield 0.8 + (0.2 * index) / lanes.length;
  }
  rows.sort();
  return new SessionDiff(a, b, pairs, rows);
}

function streamOf({ lanes }: SessionSteps, lane: HandleId | typeof NO_HANDLE | undefined, stream: 'calls' | 'told'): Stream {
  return (lane === undefined ? undefined : lanes.get(lane)?.[stream]) ?? EMPTY;
}

function rowsOf(column: Stream['same']): Uint32Array {
  return column.raw.subarray(0, column.length);
}

/** The part of one session's reading in the whole. */
function* scaled<T>(work: Generator<number, T, undefined>, end: number, from: number): Generator<number, T, undefined> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    yield from + (0.4 * step.value) / Math.max(1, end);
  }
}

/** What two sessions differ in: rows in the order of A, what B has alone between them. */
export class SessionDiff {
  readonly summary: DiffSummary;

  constructor(private readonly a: ComparedSession, private readonly b: ComparedSession, pairs: readonly HandlePair[], private readonly table: DiffRows) {
    const states: Record<DiffState, number> = { same: 0, changed: 0, 'only-a': 0, 'only-b': 0 };
    for (let index = 0; index < table.length; index += 1) states[table.stateAt(index)] += 1;
    const findings = findingsApart(a.findings, b.findings, pairs);
    const handles = pairs.flatMap((pair) => this.handleApart(pair));
    this.summary = {
      rows: table.length, states, times: table.times, handles, findings,
      same: states.same === table.length && findings.length === 0 && handles.length === 0,
    };
  }

  rows(offset: number, count: number): readonly DiffRow[] {
    const found: DiffRow[] = [];
    for (let index = offset; index < Math.min(this.table.length, offset + count); index += 1) found.push(this.row(index));
    return found;
  }

  row(index: number): DiffRow {
    const marks = this.summary.findings;
    return describeRow(this.table, index, this.a.trace, this.b.trace, marks);
  }

  /** The next row from `from` on, `from` left out, that is not the same; undefined when there is none in that direction. */
  next(from: number, direction: 1 | -1): number | undefined {
    for (let index = from + direction; index >= 0 && index < this.table.length; index += direction) if (this.table.differs(index)) return index;
    return undefined;
  }

  private handleApart({ a, b }: HandlePair): readonly DiffHandle[] {
    if (a !== undefined && b !== undefined) return [];
    const side = b === undefined ? 'a' : 'b';
    const id = a ?? b;
    const node = id === undefined ? undefined : (side === 'a' ? this.a : this.b).trace.tree.get(id);
    return node === undefined ? [] : [{ side, id: node.id, kind: node.kind, label: node.label }];
  }
}
