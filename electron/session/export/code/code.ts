import type { CodeRequest } from '../../../../preload/contract/code';
import type { InspectorError } from '../../../../preload/contract/errors';
import { assertUnreachable, err, ok, type Result } from '../../../../preload/contract/result';
import { resultWords } from '../../../trace/event-words';
import type { ExportSource } from '../export-source';
import { isTooLongForSteps, scenarioStepAlone, scenarioSteps } from '../scenario/scenario';
import { chosenCalls, type RecordedCall } from './chosen-calls';
import { cppProgram } from './cpp';
import { csharpProgram } from './csharp';
import { planCalls } from './plan';

/** The calls that are meant, as code that makes them again. */
export function codeOf(source: ExportSource, { language, scope }: CodeRequest): Result<string, InspectorError> {
  const chosen = chosenCalls(source.trace, scope);
  if (!chosen.ok) return err({ kind: 'invalid-argument', issues: [{ field: 'scope', message: chosen.error }] });
  const { calls, left } = chosen.value;
  const head = [`What was recorded by Hinspector ${source.application}: ${calls.length} ${calls.length === 1 ? 'call' : 'calls'}, in order.`, ...(left === 0 ? [] : [`${left} more followed. Export the recording for all of them.`])];
  switch (language) {
    case 'cpp': return ok(cppProgram(planCalls(calls, recordedWords), head));
    case 'csharp': return ok(csharpProgram(planCalls(calls, recordedWords), head));
    case 'scenario': return stepsOf(source, calls);
    default: return assertUnreachable(language);
  }
}

function stepsOf(source: ExportSource, calls: readonly RecordedCall[]): Result<string, InspectorError> {
  if (!isTooLongForSteps(source)) return ok(scenarioSteps(source, new Set(calls.map(({ call }) => call.seq))));
  const [first] = calls;
  if (calls.length === 1 && first !== undefined) return ok(scenarioStepAlone(source, first.call));
  return err({ kind: 'invalid-argument', issues: [{ field: 'scope', message: 'The recording is too long for its steps to be copied. Choose one call of it, or write all of it with File, Export, as a scenario.' }] });
}

function recordedWords({ returned }: RecordedCall): string {
  return returned === undefined ? 'it had not returned.' : resultWords(returned);
}
