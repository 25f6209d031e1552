import type { ScenarioResult, StepResult } from '../runner/step-result';
import type { FileReport, Totals } from './report';

/** A file as lines for a person: its verdict, then each failed expectation and each known difference. */
export function fileLines(report: FileReport): readonly string[] {
  if (report.kind === 'invalid') {
    return [
      `INVALID ${report.file}`,
      ...report.problems.map(({ line, column, message }) => `  ${report.file}:${line}:${column}: ${message}`),
    ];
  }
  const { result, file } = report;
  return [`${verdict(result)} ${file}  ${result.title}`, ...result.steps.flatMap((step) => stepLines(step)), ...endLines(result)];
}

function verdict({ passed, stopped }: ScenarioResult): string {
  if (stopped) return 'STOPPED';
  return passed ? 'ok     ' : 'FAILED ';
}

function stepLines({ step, title, state, failures, observed, why }: StepResult): readonly string[] {
  const name = `step ${step.path}${step.id === undefined ? '' : ` (${step.id})`}: ${title}, line ${step.at.line}`;
  if (state === 'known-difference') return [`  known difference at ${name}: ${observed}${why === undefined ? '' : ` (${why})`}`];
  if (state === 'passed') return [];
  return failures.flatMap(({ what, expected, observed: seen }) => [
    `  ${name}`, `    ${what}`, `      expected ${expected}`, `      observed ${seen}`,
  ]);
}

function endLines({ problems, endedEarly }: ScenarioResult): readonly string[] {
  return [
    ...problems.map((problem) => `  ${problem}`),
    ...(endedEarly === undefined ? [] : [`  ended here, as known: ${endedEarly}`]),
  ];
}

export function totalLine({ files, passed, failed, invalid, knownDifferences }: Totals): string {
  const parts = [`${passed} passed`, `${failed} failed`];
  if (invalid > 0) parts.push(`${invalid} not scenarios`);
  if (knownDifferences > 0) parts.push(`${knownDifferences} known difference${knownDifferences === 1 ? '' : 's'}`);
  return `${files} scenario${files === 1 ? '' : 's'}: ${parts.join(', ')}`;
}
