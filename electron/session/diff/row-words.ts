import type { DiffFinding, DiffRow, DiffSide, DiffValue } from '../../../preload/contract/comparison';
import { SEVERITIES, type Severity } from '../../../preload/contract/finding';
import type { Seq } from '../../../preload/contract/ids';
import { eventRow } from '../../trace/event-rows';
import { resultWords } from '../../trace/event-words';
import type { Trace } from '../../trace/trace';
import { comparableCall, comparableEvent, type Comparable } from './comparable';
import type { DiffRows } from './diff-rows';

/** A row of the comparison in words, read from the two traces when it is asked for. */
export function describeRow(table: DiffRows, index: number, a: Trace, b: Trace, findings: readonly DiffFinding[]): DiffRow {
  const [inA, inB] = [table.placeInA(index), table.placeInB(index)];
  const state = table.stateAt(index);
  const returnA = inA === undefined ? undefined : table.returnInA(inA);
  const returnB = inB === undefined ? undefined : table.returnInB(inB);
  return {
    index, state, ratio: table.ratioAt(index),
    a: inA === undefined ? undefined : sideOf(a, inA, returnA, table.durationInA(inA), worst(findings, 'a', inA, returnA)),
    b: inB === undefined ? undefined : sideOf(b, inB, returnB, table.durationInB(inB), worst(findings, 'b', inB, returnB)),
    values: state === 'changed' && inA !== undefined && inB !== undefined ? valuesApart(comparableOf(a, inA, returnA), comparableOf(b, inB, returnB)) : [],
  };
}

function sideOf(trace: Trace, place: Seq, returned: Seq | undefined, duration: number | undefined, finding: Severity | undefined): DiffSide {
  const row = eventRow(trace.log.at(place), trace.tree);
  const end = returned === undefined ? undefined : trace.log.at(returned);
  const result = row.kind !== 'call' ? row.result : end?.kind === 'return' ? resultWords(end) : 'has not returned';
  return { seq: place, time: row.time, duration, thread: row.thread, handle: row.handle, handleLabel: row.handleLabel, title: row.title, detail: row.detail, result, finding };
}

function comparableOf(trace: Trace, place: Seq, returned: Seq | undefined): Comparable {
  const event = trace.log.at(place);
  if (event.kind !== 'call') return comparableEvent(trace, event) ?? {};
  const end = returned === undefined ? undefined : trace.log.at(returned);
  return comparableCall(trace, event, end?.kind === 'return' ? end : undefined);
}

function valuesApart(a: Comparable, b: Comparable): readonly DiffValue[] {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return names.flatMap((field) => (a[field] === b[field] ? [] : [{ field, a: a[field] ?? 'not there', b: b[field] ?? 'not there' }]));
}

/** The worst of the findings that only this session has and that this step tells. */
function worst(findings: readonly DiffFinding[], side: 'a' | 'b', place: Seq, returned: Seq | undefined): Severity | undefined {
  const here = findings.filter((finding) => finding.side === side && finding.seq !== undefined && (finding.seq === place || finding.seq === returned));
  return [...SEVERITIES].reverse().find((severity) => here.some((finding) => finding.severity === severity));
}
