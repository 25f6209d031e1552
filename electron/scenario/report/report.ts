import type { Problem } from '../language/problem';
import type { ScenarioResult } from '../runner/step-result';

/** What came of one file given to `run`. */
export type FileReport =
  | { readonly kind: 'invalid'; readonly file: string; readonly problems: readonly Problem[] }
  | { readonly kind: 'ran'; readonly file: string; readonly result: ScenarioResult };

export interface Totals {
  readonly files: number;
  readonly passed: number;
  readonly failed: number;
  readonly invalid: number;
  /** Steps held to a known difference. */
  readonly knownDifferences: number;
}

export function totalsOf(reports: readonly FileReport[]): Totals {
  const ran = reports.flatMap((report) => (report.kind === 'ran' ? [report.result] : []));
  return {
    files: reports.length,
    passed: ran.filter(({ passed }) => passed).length,
    failed: ran.filter(({ passed }) => !passed).length,
    invalid: reports.length - ran.length,
    knownDifferences: ran.reduce((sum, { steps }) => sum + steps.filter(({ state }) => state === 'known-difference').length, 0),
  };
}

/** 0 when every expectation held, 1 when one did not, 2 when a file is no scenario. */
export function exitCodeOf({ invalid, failed }: Totals): 0 | 1 | 2 {
  if (invalid > 0) return 2;
  return failed > 0 ? 1 : 0;
}
