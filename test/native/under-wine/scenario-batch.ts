// Runs scenarios on the native engine in one process of Node for Windows and writes a line for each, as it ends, so
// that a fault of one costs only that one. Arguments: FILE with a scenario file a line, FILE to append results to.
import { appendFileSync, readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { createEngine } from '../../../electron/engine/create-engine';
import { Inspector } from '../../../electron/inspector/inspector';
import { loadScenario } from '../../../electron/scenario/load-scenario';
import { fileLines } from '../../../electron/scenario/report/text-report';
import { runScenario } from '../../../electron/scenario/runner/scenario-run';
import type { StepResult } from '../../../electron/scenario/runner/step-result';

/** One step that failed, for build/record-wine.mjs. */
export interface FailedStep {
  readonly path: string;
  readonly verb: string;
  readonly id: string | undefined;
  readonly line: number;
  readonly title: string;
  readonly observed: string;
  readonly failures: readonly { readonly what: string; readonly expected: string; readonly observed: string }[];
}

/** One line of the results. A line with a `step` alone tells that this step has ended, should a fault follow. */
export interface BatchLine {
  readonly file: string;
  readonly passed: boolean;
  /** What the report says of it. */
  readonly report: string;
  readonly failed: readonly FailedStep[];
}

const [, , list = '', results = ''] = process.argv;

/** A scenario that takes longer than this hangs, in milliseconds: its process is ended, and another takes up behind it. */
const LONGEST = 60_000;

/** A thread of its own: it still runs when a call of the main thread never returns. */
const WATCHDOG = `
const { parentPort } = require('node:worker_threads');
let timer;
parentPort.on('message', () => {
  clearTimeout(timer);
  timer = setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${LONGEST});
});`;

function failedStep({ step, title, observed, failures }: StepResult): FailedStep {
  return { path: step.path, verb: step.verb, id: step.id, line: step.at.line, title, observed, failures };
}

async function runOne(file: string): Promise<BatchLine> {
  const scenario = loadScenario(readFileSync(file, 'utf8'));
  if (!scenario.ok) return { file, passed: false, report: fileLines({ kind: 'invalid', file, problems: scenario.error }).join('\n'), failed: [] };
  const engine = createEngine('native');
  if (!engine.ok) return { file, passed: false, report: engine.error, failed: [] };
  try {
    const name = engine.value.description.includes('Wine ') ? 'wine' : 'native';
    const result = await runScenario(scenario.value, new Inspector(engine.value), {
      engine: name,
      onStep: ({ step }) => appendFileSync(`${results}.steps`, `${file} ${step.path}\n`),
    });
    const failed = result.steps.filter(({ state }) => state === 'failed').map(failedStep);
    return { file, passed: result.passed, report: fileLines({ kind: 'ran', file, result }).join('\n'), failed };
  } finally {
    await engine.value.dispose();
  }
}

async function main(): Promise<void> {
  const watchdog = new Worker(WATCHDOG, { eval: true });
  for (const file of readFileSync(list, 'utf8').split('\n').filter(Boolean)) {
    watchdog.postMessage('alive');
    const line = await runOne(file);
    appendFileSync(results, `${JSON.stringify(line)}\n`);
  }
}

// Leaves at once: a handle whose HANDLE_CLOSING never comes must not hold the batch.
void main().then(() => process.exit(0), (fault: unknown) => {
  appendFileSync(`${results}.fault`, fault instanceof Error ? (fault.stack ?? fault.message) : String(fault));
  process.exit(70);
});
