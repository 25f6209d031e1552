import type { ScenarioProgress, StepReport } from '../../../preload/contract/update';

const STATES: Readonly<Record<StepReport['state'], string>> = { 'passed': 'held', 'failed': 'did not hold', 'known-difference': 'known difference' };
const ENDS: Readonly<Record<ScenarioProgress['state'], string>> = { running: 'still runs', passed: 'every expectation held', failed: 'an expectation did not hold', stopped: 'was stopped' };

/** The results of a run for a person to paste: every step with what was expected and what came. */
export function progressText({ title, id, state, reports, message, endedEarly }: ScenarioProgress): string {
  return [
    `${title} (${id}): ${endedEarly === undefined ? ENDS[state] : `ended early, as known: ${endedEarly}`}`,
    ...(message === undefined ? [] : [message]),
    ...reports.flatMap(stepLines),
    '',
  ].join('\n');
}

function stepLines({ path, line, title, state, took, documented, expected, observed, why, lists }: StepReport): readonly string[] {
  return [
    '',
    `${path}. ${title}, line ${line}: ${STATES[state]}, ${took.toFixed(1)} ms`,
    ...(documented !== '' && documented !== expected ? [`   documented: ${documented}`] : []),
    ...(expected === '' ? [] : [`   expected:   ${expected}`]),
    ...(observed === '' ? [] : [`   observed:   ${observed}`]),
    ...(why === undefined ? [] : [`   why:        ${why}`]),
    ...lists.flatMap(({ what, rows }) => [
      `   ${what}`,
      ...rows.map((row) => `     ${row.held ? (row.expected === undefined ? ' ' : '=') : row.observed === undefined ? '-' : row.expected === undefined ? '+' : '≠'} ${row.expected ?? ''} | ${row.observed ?? ''}`),
    ]),
  ];
}
