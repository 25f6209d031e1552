import type { ScenarioCompletions, ScenarioHelp, ScenarioQuestion } from '../../preload/contract/scenario';
import { askCompleteScenario, askExplainScenario, askOpenPage } from './questions';

/** What the editor of scenarios asks while a person types: what cannot be answered is no news. */
export const assistant = {
  complete: async (question: ScenarioQuestion): Promise<ScenarioCompletions | undefined> => {
    const answer = await askCompleteScenario(question);
    return answer.ok ? answer.value : undefined;
  },
  explain: async (question: ScenarioQuestion): Promise<ScenarioHelp | undefined> => {
    const answer = await askExplainScenario(question);
    return answer.ok ? answer.value : undefined;
  },
  openPage: (address: string): void => { void askOpenPage(address); },
};
