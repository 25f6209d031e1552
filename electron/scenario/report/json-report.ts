import type { FileReport, Totals } from './report';

/** The same as the text report, as data. */
export function jsonReport(engine: string, reports: readonly FileReport[], totals: Totals): string {
  return JSON.stringify({ engine, totals, scenarios: reports.map(fileData) }, undefined, 2);
}

function fileData(report: FileReport): unknown {
  if (report.kind === 'invalid') return { file: report.file, verdict: 'invalid', passed: false, problems: report.problems };
  const { file, result } = report;
  return {
    file,
    scenario: result.name,
    title: result.title,
    verdict: result.stopped ? 'stopped' : result.passed ? 'passed' : 'failed',
    passed: result.passed,
    problems: result.problems,
    endedEarly: result.endedEarly,
    steps: result.steps.map(({ step, title, state, documented, observed, failures, why }) => ({
      step: step.path, id: step.id, line: step.at.line, title, state, expected: documented, observed, failures, why,
    })),
    failures: result.steps.flatMap(({ step, title, failures }) =>
      failures.map(({ what, expected, observed }) => ({ step: step.path, id: step.id, line: step.at.line, title, what, expected, observed }))),
    knownDifferences: result.steps.filter(({ state }) => state === 'known-difference')
      .map(({ step, observed, why }) => ({ step: step.path, id: step.id, observed, why })),
  };
}
