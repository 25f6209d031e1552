import type { AnswerRule } from '../../preload/contract/answer-rule';
import type { ArgumentIssue } from '../../preload/contract/errors';
import { err, ok, type Result } from '../../preload/contract/result';
import { readAnswerRules } from '../../preload/contract/schemas';
import { ruleOf, type RuleDraft } from './rule-draft';

/** Rules as they are edited: one by one, or as one text. */
export interface RulesDraft {
  readonly rules: readonly RuleDraft[];
  /** Set while they are edited as a text: it is what counts then. */
  readonly text: string | undefined;
}

export const NO_RULES: RulesDraft = { rules: [], text: undefined };

/** The rules of a text, or what is wrong with it and with which of them. */
export function readRulesText(text: string): Result<readonly AnswerRule[], string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (fault) {
    return err(`are not JSON: ${fault instanceof Error ? fault.message : String(fault)}`);
  }
  const read = readAnswerRules(value);
  if (read.ok) return read;
  const [first] = read.error;
  return err(first === undefined ? 'are no rules' : `${placeWords(first.field)}${first.message}`);
}

export function writtenRules(rules: readonly RuleDraft[]): string {
  return JSON.stringify(rules.map(ruleOf), undefined, 2);
}

/** As the command has them; none of a text that is wrong, of which `rulesProblems` tells. */
export function rulesOfDraft({ rules, text }: RulesDraft): readonly AnswerRule[] {
  if (text === undefined) return rules.map(ruleOf);
  const read = readRulesText(text);
  return read.ok ? read.value : [];
}

export function rulesProblems({ text }: RulesDraft): readonly ArgumentIssue[] {
  const read = text === undefined ? ok([]) : readRulesText(text);
  return read.ok ? [] : [{ field: 'rules', message: read.error }];
}

/** "1.action.status" as a person counts: "of rule 2: action.status ". */
function placeWords(field: string): string {
  const match = /^(\d+)(?:\.(.+))?$/.exec(field);
  return match === null ? '' : `of rule ${Number(match[1]) + 1}: ${match[2] === undefined ? '' : `${match[2]} `}`;
}
