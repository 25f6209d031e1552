import type { BodyFile, MessageBody } from './body-file';

/** What a server of the window does with a request by itself: the first rule that matches takes it, and none is by hand. */
export interface AnswerRule {
  /** Method of RFC 9110, its case counts; empty for every one. */
  readonly method: string;
  readonly matching: PathMatching;
  /** Empty for every path. */
  readonly path: string;
  /** "Name" asks that the request has the header, "Name: text" that its value contains the text; empty for no condition. */
  readonly header: string;
  /** Requests that it takes, after which it rests; left out: every one. */
  readonly times?: number | undefined;
  readonly action: AnswerAction;
}

/** prefix: the path begins so. wildcard: the whole path is so, with * for anything. The query counts only where the text has a “?”. */
export type PathMatching = 'prefix' | 'wildcard';

/** Milliseconds from the receipt of the request. */
interface Delayed {
  readonly delay: number;
}

export interface AnswerWith extends Delayed, MessageBody {
  readonly kind: 'answer';
  readonly status: number;
  readonly reason: string;
  /** Header lines, "Name: value". */
  readonly headers: string;
}

/** HttpCancelHttpRequest without an answer: the transport connection is closed. Windows has no call that drops one request alone. */
export interface AnswerByCancelling extends Delayed {
  readonly kind: 'cancel';
}

/** No call at all: the request stays open until a person, its client or a timer of the server ends it. */
export interface LeaveUnanswered {
  readonly kind: 'leave';
}

export type AnswerAction = AnswerWith | AnswerByCancelling | LeaveUnanswered;

export const ANSWER_RULE_LIMITS = {
  rules: 100,
  /** Milliseconds: an hour. */
  delay: 3_600_000,
  times: 1_000_000,
  /** Characters of a path and of a header condition. */
  text: 2048,
  /** Characters of all bodies together. */
  bodies: 4 * 1024 * 1024,
} as const;

/** The rules of an open queue, and how many requests each has taken since they were given. */
export interface AnswerRules {
  readonly rules: readonly AnswerRule[];
  readonly taken: readonly number[];
}

/** The same as the window is told it: with the files that their bodies come from, as far as they are still known. */
export interface AnswerRulesTold extends AnswerRules {
  readonly files: readonly BodyFile[];
}

/** Who made a call that a rule made, as the trace says it. */
export function ruleOrigin(number: number): string {
  return `Answering rule ${number}`;
}

/** “answering rule 2” of such an origin; undefined of any other. */
export function ruleOfOrigin(origin: string): string | undefined {
  return /^Answering rule \d+$/.test(origin) ? origin.replace('Answering', 'answering') : undefined;
}

/** What a rule does, in a few words: “200 OK after 500 ms”. */
export function actionWords(action: AnswerAction): string {
  switch (action.kind) {
    case 'answer': return `${action.status} ${action.reason}`.trim() + afterWords(action.delay);
    case 'cancel': return `HttpCancelHttpRequest${action.delay === 0 ? ' at once' : afterWords(action.delay)}`;
    case 'leave': return 'left unanswered';
  }
}

function afterWords(delay: number): string {
  return delay === 0 ? '' : ` after ${delay.toLocaleString('en')} ms`;
}
