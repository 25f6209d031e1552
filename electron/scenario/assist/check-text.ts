import type { ScenarioCheck } from '../../../preload/contract/scenario';
import { everyStep } from '../language/parse-scenario';
import { loadScenario } from '../load-scenario';
import { stepTitle } from '../runner/step-words';

/** Nobody mends more at once, and a text of mistakes must not cost more than it is worth. */
const MOST_PROBLEMS = 100;
const LONGEST_MESSAGE = 600;

/** What the language says of a text: its mistakes, or its steps. */
export function checkScenarioText(text: string): ScenarioCheck {
  const scenario = loadScenario(text);
  if (!scenario.ok) {
    const problems = scenario.error.slice(0, MOST_PROBLEMS).map(({ line, column, message }) => ({ line, column, message: message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message }));
    return { problems, more: scenario.error.length - problems.length, title: '', steps: [] };
  }
  const { title, steps } = scenario.value;
  return { problems: [], more: 0, title, steps: everyStep(steps).map((step) => ({ path: step.path, line: step.at.line, title: stepTitle(step) })) };
}
