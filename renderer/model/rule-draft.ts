import type { AnswerAction, AnswerRule } from '../../preload/contract/answer-rule';
import { actionWords } from '../../preload/contract/answer-rule';
import type { BodyFile } from '../../preload/contract/body-file';
import { bodyOfDraft, draftOfBody, type BodyDraft } from './body-draft';
import { wholeNumber } from './whole-number';

/** A rule as it is typed. What belongs to another action than the chosen one is kept, so that choosing it again shows it. */
export interface RuleDraft extends BodyDraft {
  /** Tells drafts apart while they move; never sent. */
  readonly key: number;
  readonly method: string;
  readonly matching: AnswerRule['matching'];
  readonly path: string;
  readonly header: string;
  readonly times: string;
  readonly does: AnswerAction['kind'];
  readonly delay: string;
  readonly status: string;
  readonly reason: string;
  readonly headers: string;
}

const AT_FIRST: Omit<RuleDraft, 'key'> = {
  method: '', matching: 'prefix', path: '', header: '', times: '', does: 'answer', delay: '', status: '200', reason: 'OK', headers: '', body: '', bodyKind: 'text', bodyFile: undefined,
};

let nextKey = 1;

export function newRuleDraft(like: Omit<RuleDraft, 'key'> = AT_FIRST): RuleDraft {
  nextKey += 1;
  return { ...like, key: nextKey };
}

/** The rule of a draft as the command has it; what is no number becomes NaN, which the schema refuses. */
export function ruleOf(draft: RuleDraft): AnswerRule {
  const { method, matching, path, header, times } = draft;
  return { method, matching, path, header, times: wholeNumber(times), action: actionOf(draft) };
}

function actionOf(draft: RuleDraft): AnswerAction {
  const delay = wholeNumber(draft.delay) ?? 0;
  switch (draft.does) {
    case 'answer': return { kind: 'answer', delay, status: wholeNumber(draft.status) ?? Number.NaN, reason: draft.reason, headers: draft.headers, ...bodyOfDraft(draft) };
    case 'cancel': return { kind: 'cancel', delay };
    case 'leave': return { kind: 'leave' };
  }
}

/** @param files what is known of the files that bodies come from */
export function draftOf({ action, times, ...rule }: AnswerRule, files: readonly BodyFile[]): RuleDraft {
  const draft = newRuleDraft({ ...AT_FIRST, ...rule, times: times === undefined ? '' : String(times), does: action.kind });
  if (action.kind === 'leave') return draft;
  const delay = action.delay === 0 ? '' : String(action.delay);
  if (action.kind === 'cancel') return { ...draft, delay };
  return { ...draft, delay, status: String(action.status), reason: action.reason, headers: action.headers, ...draftOfBody(action, files) };
}

/** Which requests a rule takes, in a line: “GET /orders/* with Accept, twice”. */
export function conditionWords({ method, matching, path, header, times }: RuleDraft): string {
  const where = path === '' ? 'any path' : matching === 'prefix' ? `${path}…` : path;
  const often = times.trim() === '' ? '' : `, ${times.trim() === '1' ? 'once' : `${times.trim()} times`}`;
  const which = method === '' && path === '' ? 'Any request' : `${method === '' ? 'Any method' : method} ${where}`;
  return `${which}${header === '' ? '' : ` with ${header}`}${often}`;
}

/** What it does with them, as far as that can be said of what is typed so far. */
export function draftWords(draft: RuleDraft): string {
  return actionWords(actionOf(draft)).replaceAll('NaN', '?');
}

/** A list with one of it moved a place up (-1) or down (1); unchanged at its ends. */
export function moved<T>(list: readonly T[], place: number, by: -1 | 1): readonly T[] {
  const other = place + by;
  const [one, two] = [list[place], list[other]];
  if (one === undefined || two === undefined) return list;
  return list.map((item, at) => (at === place ? two : at === other ? one : item));
}
