import { err, ok, type Result } from '../../preload/contract/result';
import { checkNames } from './language/check-names';
import { parseScenario } from './language/parse-scenario';
import { Problems, type Problem } from './language/problem';
import type { Scenario } from './language/scenario';

/** Reads a scenario and checks every name in it. The problems come in the order of the file. */
export function loadScenario(text: string): Result<Scenario, readonly Problem[]> {
  const parsed = parseScenario(text);
  if (!parsed.ok) return parsed;
  const problems = new Problems();
  checkNames(parsed.value, problems);
  return problems.count === 0 ? ok(parsed.value) : err(problems.list());
}
