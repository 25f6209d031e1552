import { reaches, type Severity } from '../../preload/contract/finding';
import { isBad, type SweepCell, type SweepRow, type SweepTarget } from '../../preload/contract/sweep';
import type { GalleryEntry } from '../../preload/contract/update';

/** What the form of a sweep asks for. */
export interface SweepWish {
  /** The scenario in the gallery; undefined for the first one. */
  readonly id: string | undefined;
  /** The target by its key; undefined for the last of the scenario, which is mostly its request. */
  readonly target: string | undefined;
  /** Undefined for the window's own kind of engine. */
  readonly engines: readonly string[] | undefined;
  readonly seconds: number;
}

export const FIRST_WISH: SweepWish = { id: undefined, target: undefined, engines: undefined, seconds: 60 };

/** Scenarios that have something to close or cancel. */
export function sweepable(gallery: readonly GalleryEntry[]): readonly GalleryEntry[] {
  return gallery.filter(({ targets }) => targets.length > 0);
}

export function targetKey({ action, name }: SweepTarget): string {
  return `${action} ${name}`;
}

/** "close $request (HttpOpenRequest)" */
export function targetWords({ action, name, api }: SweepTarget): string {
  return `${action} $${name} (${api})`;
}

/** The target that a wish means in a scenario: the one it names, else the last one that is closed. */
export function wishedTarget({ targets }: GalleryEntry, wished: string | undefined): SweepTarget | undefined {
  return targets.find((target) => targetKey(target) === wished) ?? targets.findLast(({ action }) => action === 'close') ?? targets[0];
}

export interface SweepCounts {
  readonly run: number;
  readonly bad: number;
  readonly notReached: number;
  readonly notRun: number;
}

export function countRows(rows: readonly SweepRow[]): SweepCounts {
  const counts = { run: 0, bad: 0, notReached: 0, notRun: 0 };
  for (const { cell } of rows) {
    if (cell.kind === 'run') counts.run += 1;
    if (cell.kind === 'run' && isBad(cell)) counts.bad += 1;
    if (cell.kind === 'not reached') counts.notReached += 1;
    if (cell.kind === 'not run') counts.notRun += 1;
  }
  return counts;
}

/** "18 moments: 3 with findings, 2 not run" */
export function countsInWords(rows: readonly SweepRow[]): string {
  const { bad, notReached, notRun } = countRows(rows);
  const parts = [bad === 0 ? 'none with findings' : `${bad} with findings`, ...(notReached === 0 ? [] : [`${notReached} not reached`]), ...(notRun === 0 ? [] : [`${notRun} not run`])];
  return `${rows.length} ${rows.length === 1 ? 'moment' : 'moments'}: ${parts.join(', ')}`;
}

/** The worst that a cell shows; undefined when there is nothing to say of it. */
export function worstOf(cell: SweepCell): Severity | undefined {
  const worst = cell.findings.reduce<Severity | undefined>((found, { severity }) => (found === undefined || reaches(severity, found) ? severity : found), undefined);
  return isBad(cell) && (worst === undefined || worst === 'note') ? 'warning' : worst;
}

/** The rules that a cell breaks, each once. */
export function rulesOf(cell: SweepCell): readonly string[] {
  const rules = [...new Set(cell.findings.map(({ rule }) => rule))];
  return rules.length === 0 && isBad(cell) ? ['HANDLE_CLOSING did not come'] : rules;
}
