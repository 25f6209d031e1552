import type { DiffRow, DiffSide, DiffSummary } from '../../../preload/contract/comparison';
import { assertUnreachable } from '../../../preload/contract/result';

/** A row that differs, in the manner of diff: < for A, > for B, then what the two do not share. */
export function rowLines({ state, a, b, values, ratio }: DiffRow): readonly string[] {
  switch (state) {
    case 'only-a': return a === undefined ? [] : [`< ${sideWords(a)}`];
    case 'only-b': return b === undefined ? [] : [`> ${sideWords(b)}`];
    case 'changed': return [...bothLines(a, b), ...values.map(({ field, a: one, b: other }) => `    ${field}: ${one} → ${other}`), ...timeLines(ratio, a, b)];
    case 'same': return [...bothLines(a, b), ...timeLines(ratio, a, b)];
    default: return assertUnreachable(state);
  }
}

export function summaryLines({ states, times, handles, findings, same, rows }: DiffSummary): readonly string[] {
  return [
    ...handles.map(({ side, id, kind, label }) => `${side === 'a' ? '<' : '>'} ${kind} #${id} ${label} is in ${side.toUpperCase()} alone`),
    ...findings.map(({ side, severity, rule, message }) => `${side === 'a' ? '<' : '>'} ${severity} ${rule}: ${message}`),
    same
      ? `The sessions are the same: ${rows} steps${times === 0 ? '' : `, ${times} of them with other times`}.`
      : `${states.same} steps are the same, ${states.changed} changed, ${states['only-a']} in A alone, ${states['only-b']} in B alone; ${times} with other times; `
        + `${findings.length} findings and ${handles.length} handles in one alone.`,
  ];
}

function bothLines(a: DiffSide | undefined, b: DiffSide | undefined): readonly string[] {
  return [...(a === undefined ? [] : [`< ${sideWords(a)}`]), ...(b === undefined ? [] : [`> ${sideWords(b)}`])];
}

function sideWords({ seq, time, handle, handleLabel, title, detail, result }: DiffSide): string {
  return [`event ${seq} at ${time.toFixed(1)} ms`, handle === undefined ? '' : `#${handle} ${handleLabel}`, title, detail, result].filter((part) => part !== '').join(' · ');
}

function timeLines(ratio: number | undefined, a: DiffSide | undefined, b: DiffSide | undefined): readonly string[] {
  if (ratio === undefined || a?.duration === undefined || b?.duration === undefined) return [];
  const words = ratio >= 1 ? `${ratio.toFixed(1)} times as long` : `${(1 / ratio).toFixed(1)} times as fast`;
  return [`    time: ${a.duration.toFixed(1)} ms → ${b.duration.toFixed(1)} ms, ${words}`];
}
