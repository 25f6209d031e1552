import { open, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { InspectorError } from '../../preload/contract/errors';
import { err, ok, type Result } from '../../preload/contract/result';
import { LONGEST_SCENARIO, type OpenedScenario, type SavedScenario, type ScenarioCheck, type ScenarioCompletions, type ScenarioHelp } from '../../preload/contract/scenario';
import { RESULTS_FORMAT_SCHEMA, SAVE_SCENARIO_SCHEMA, SCENARIO_QUESTION_SCHEMA, SCENARIO_TEXT_SCHEMA } from '../../preload/contract/schemas';
import type { ScenarioProgress } from '../../preload/contract/update';
import { checkScenarioText } from '../scenario/assist/check-text';
import { completeScenario } from '../scenario/assist/complete';
import { explainScenario } from '../scenario/assist/explain';
import { progressText } from '../scenario/report/progress-text';
import { parse } from './parse';

/** Where scenario files come from and go to: asked of the person, by main. Undefined when the person thought better of it. */
export interface ScenarioFileChoice {
  readonly open: () => Promise<string | undefined>;
  readonly save: (name: string) => Promise<string | undefined>;
}

/** What answers the part of the bridge that a scenario is written with. */
export interface ScenarioHandlers {
  checkScenario(text: unknown): Result<ScenarioCheck, InspectorError>;
  completeScenario(question: unknown): Result<ScenarioCompletions, InspectorError>;
  explainScenario(question: unknown): Result<ScenarioHelp | undefined, InspectorError>;
  openScenario(): Promise<OpenedScenario>;
  saveScenario(request: unknown): Promise<Result<SavedScenario, InspectorError>>;
  copyResults(format: unknown): Result<undefined, InspectorError>;
}

export interface ScenarioParts {
  readonly choose: ScenarioFileChoice;
  /** How the latest run is; undefined before the first. */
  readonly latest: () => ScenarioProgress | undefined;
  readonly copyText: (text: string) => void;
}

export function createScenarioHandlers({ choose, latest, copyText }: ScenarioParts): ScenarioHandlers {
  return {
    checkScenario: (input) => {
      const text = parse(SCENARIO_TEXT_SCHEMA, input);
      return text.ok ? ok(checkScenarioText(text.value)) : text;
    },
    completeScenario: (input) => {
      const question = parse(SCENARIO_QUESTION_SCHEMA, input);
      return question.ok ? ok(completeScenario(question.value)) : question;
    },
    explainScenario: (input) => {
      const question = parse(SCENARIO_QUESTION_SCHEMA, input);
      return question.ok ? ok(explainScenario(question.value)) : question;
    },
    copyResults: (input) => {
      const format = parse(RESULTS_FORMAT_SCHEMA, input);
      if (!format.ok) return format;
      const progress = latest();
      if (progress === undefined) return err({ kind: 'invalid-argument', issues: [{ field: 'format', message: 'No scenario has run yet, so there are no results.' }] });
      copyText(format.value === 'json' ? JSON.stringify(progress, undefined, 2) : progressText(progress));
      return ok(undefined);
    },
    openScenario: async () => {
      const file = await choose.open();
      return file === undefined ? { kind: 'cancelled' } : readScenario(file);
    },
    saveScenario: async (input) => {
      const request = parse(SAVE_SCENARIO_SCHEMA, input);
      if (!request.ok) return request;
      const file = await choose.save(`${request.value.name}.yaml`);
      if (file === undefined) return ok({ kind: 'cancelled' });
      try {
        await writeFile(file, request.value.text);
        return ok({ kind: 'written', name: path.basename(file) });
      } catch (failure) {
        return ok({ kind: 'failed', message: `${path.basename(file)} could not be written: ${reasonOf(failure)}` });
      }
    },
  };
}

/** Reads no more than a scenario may have, whatever the file is. */
async function readScenario(file: string): Promise<OpenedScenario> {
  const name = path.basename(file);
  try {
    const handle = await open(file, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(LONGEST_SCENARIO + 1), 0, LONGEST_SCENARIO + 1, 0);
      const text = buffer.toString('utf8', 0, bytesRead).replace(/^\u{feff}/u, '').replaceAll('\r\n', '\n');
      if (bytesRead > LONGEST_SCENARIO) return { kind: 'failed', message: `${name} is longer than ${LONGEST_SCENARIO / 1024} KB, which no scenario is.` };
      if (text.includes('\0')) return { kind: 'failed', message: `${name} is no text; a scenario is a YAML or JSON file.` };
      return { kind: 'opened', name, text };
    } finally {
      await handle.close();
    }
  } catch (failure) {
    return { kind: 'failed', message: `${name} could not be read: ${reasonOf(failure)}` };
  }
}

function reasonOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}
