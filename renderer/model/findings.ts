import { reaches, SEVERITIES, type Finding, type FindingCounts, type Severity } from '../../preload/contract/finding';
import type { HandleId } from '../../preload/contract/ids';
import { xOf, type Viewport } from './time-scale';

/** What stands beside a handle: how many findings name it as their lane, and the worst of them. */
export interface FindingBadge {
  readonly severity: Severity;
  readonly count: number;
}

/** The badges of the tree. Notes get none: what the page says will happen asks for nothing; nor does what is muted. */
export function badgesOf(findings: readonly Finding[]): ReadonlyMap<HandleId, FindingBadge> {
  const badges = new Map<HandleId, FindingBadge>();
  for (const { handle, severity, muted } of findings) {
    if (handle === undefined || severity === 'note' || muted !== undefined) continue;
    const before = badges.get(handle);
    badges.set(handle, { severity: before === undefined ? severity : worse(before.severity, severity), count: (before?.count ?? 0) + 1 });
  }
  return badges;
}

function worse(a: Severity, b: Severity): Severity {
  return reaches(a, b) ? a : b;
}

export function countInWords(severity: Severity, count: number): string {
  return `${count.toLocaleString('en')} ${severity}${count === 1 ? '' : 's'}`;
}

/** "2 errors, 1 warning": the worst first, and what there is none of left out. A person's notes are something else. */
export function countsInWords(counts: FindingCounts): string {
  const parts = SEVERITIES.toReversed().filter((severity) => counts[severity] > 0).map((severity) => countInWords(severity, counts[severity]));
  if (parts.length === 0) return 'no findings';
  const total = totalOf(counts);
  return total === counts.note ? `${total} ${total === 1 ? 'finding' : 'findings'} of severity note` : parts.join(', ');
}

export function totalOf(counts: FindingCounts): number {
  return SEVERITIES.reduce((sum, severity) => sum + counts[severity], 0);
}

/** A finding as its lane shows it. */
export interface FindingPoint {
  readonly row: number;
  /** CSS pixels from the left edge. */
  readonly x: number;
  /** The worst of those that stand in this place. */
  readonly finding: Finding;
  readonly count: number;
}

/** Findings nearer to each other than this are one mark, in CSS pixels. */
const APART = 10;

/** Those that are not muted, in the order of their time. */
export function toldInTime(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ muted }) => muted === undefined).sort((a, b) => a.time - b.time);
}

/**
 * The findings of the lanes on the screen, one mark where several would lie on each other.
 * @param findings in the order of their time
 */
export function findingPoints(findings: readonly Finding[], viewport: Viewport, width: number, rowOf: ReadonlyMap<number, number>): readonly FindingPoint[] {
  const points: FindingPoint[] = [];
  const lastOf = new Map<number, number>();
  for (const finding of findings) {
    const row = finding.handle === undefined ? undefined : rowOf.get(finding.handle);
    if (row === undefined || finding.time < viewport.from || finding.time > viewport.to) continue;
    const x = xOf(viewport, width, finding.time);
    const at = lastOf.get(row);
    const before = at === undefined ? undefined : points[at];
    if (at !== undefined && before !== undefined && x - before.x < APART) {
      const worst = reaches(before.finding.severity, finding.severity) ? before.finding : finding;
      points[at] = { ...before, finding: worst, count: before.count + 1 };
    } else {
      lastOf.set(row, points.length);
      points.push({ row, x, finding, count: 1 });
    }
  }
  return points;
}

/** A new answer holds new objects: a finding is known by its rule and the event that tells it. */
export function isSame(a: Finding, b: Finding | undefined): boolean {
  return b !== undefined && a.rule === b.rule && a.events[0] === b.events[0] && a.handle === b.handle && a.message === b.message;
}
