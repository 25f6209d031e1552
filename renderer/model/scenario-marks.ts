import type { ScenarioProgress, StepReport } from '../../preload/contract/update';

/** What stands beside the lines of a scenario's text. Lines count from 1. */
export interface StepMarks {
  readonly current: number | undefined;
  readonly held: boolean;
  readonly results: ReadonlyMap<number, { readonly sign: string; readonly tone: 'good' | 'bad' | 'differs'; readonly words: string }>;
}

export const STATE_WORDS: Readonly<Record<StepReport['state'], string>> = { 'passed': 'as documented', 'failed': 'not as expected', 'known-difference': 'known difference' };
export const STATE_SIGNS: Readonly<Record<StepReport['state'], string>> = { 'passed': '✓', 'failed': '✕', 'known-difference': '≠' };
const TONES = { 'passed': 'good', 'failed': 'bad', 'known-difference': 'differs' } as const;
const WORST: readonly StepReport['state'][] = ['failed', 'known-difference', 'passed'];

/** Of several steps on a line, and of a step that is done several times, the worst is told. */
export function stepMarks(progress: ScenarioProgress | undefined): StepMarks {
  if (progress === undefined) return { current: undefined, held: false, results: new Map() };
  const { held, current, reports } = progress;
  const worst = new Map<number, StepReport>();
  for (const report of reports) {
    const before = worst.get(report.line);
    if (before === undefined || WORST.indexOf(report.state) < WORST.indexOf(before.state)) worst.set(report.line, report);
  }
  return {
    current: held?.at === 'step' ? held.step.line : current?.line,
    held: held !== undefined,
    results: new Map([...worst].map(([line, { state, title, observed }]) => [line, { sign: STATE_SIGNS[state], tone: TONES[state], words: `${title}: ${STATE_WORDS[state]}${observed === '' ? '' : `, ${observed}`}` }])),
  };
}

/** How long a step took, as a person reads it. */
export function tookWords(milliseconds: number): string {
  if (milliseconds < 0.1) return '< 0.1 ms';
  return milliseconds < 10 ? `${milliseconds.toFixed(1)} ms` : `${Math.round(milliseconds).toLocaleString('en')} ms`;
}
