import * as v from 'valibot';
import { ANSWER_RULE_LIMITS } from '../answer-rule';
import { SERVER_LIMITS } from '../server-options';
import { checkBody, messageBody } from './message-body';
import { handle, headerLines, token, within } from './fields';

function urlPrefixProblem(text: string): string | undefined {
  const match = /^(https?):\/\/([^/:]+|\[[0-9A-Fa-f:]+\]):(\d+)(\/.*)$/.exec(text);
  if (match === null) return 'is not a UrlPrefix; write scheme://host:port/path/ with the port, like http://localhost:8080/';
  if (match[1] !== 'http') return 'has the scheme https; only http can be served so far';
  const port = Number(match[3]);
  if (port < 1 || port > 65535) return `has the port ${match[3] ?? ''}; a port is 1 to 65535`;
  if (!text.endsWith('/')) return 'does not end with “/”; a UrlPrefix must';
  return undefined;
}

/** Why lines of prefixes cannot be taken, naming the line. */
function prefixLinesProblem(text: string): string | undefined {
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const problem = line.trim() === '' ? undefined : urlPrefixProblem(line.trim());
    if (problem !== undefined) return `line ${index + 1}: ${problem}`;
  }
  return undefined;
}

const responseFields = {
  ...messageBody,
  status: v.pipe(v.number('is a number'), v.integer('is a whole number'), v.minValue(100, 'is 100 to 999'), v.maxValue(999, 'is 100 to 999')),
  reason: v.pipe(v.string('is text'), v.maxLength(256, 'is longer than 256 characters'), v.regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'contains a line break or control character; a reason phrase is one line')),
  headers: headerLines,
};

const respondFields = v.strictObject({ ...responseFields, kind: v.literal('respond'), request: handle });
export const respond = v.pipe(respondFields, checkBody<v.InferOutput<typeof respondFields>>());
export const cancel = v.strictObject({ kind: v.literal('cancel'), request: handle });

const delay = within({ least: 0, most: ANSWER_RULE_LIMITS.delay }, 'ms');
const answerFields = v.strictObject({ ...responseFields, kind: v.literal('answer'), delay });

const short = v.pipe(v.string('is text'), v.trim(), v.maxLength(ANSWER_RULE_LIMITS.text, `is longer than ${ANSWER_RULE_LIMITS.text.toLocaleString('en')} characters`), v.regex(/^[^\r\n\0]*$/, 'contains a line break; it is one line'));

const answerRule = v.strictObject({
  method: v.union([v.literal(''), token('method')], 'is not a method: letters, digits and - only, like GET; leave it empty for every one'),
  matching: v.picklist(['prefix', 'wildcard'], 'is prefix or wildcard'),
  path: v.pipe(short, v.check((text) => text === '' || /^[/*]/.test(text), 'does not begin with “/”, as every path does, nor with “*”; leave it empty for every path')),
  header: v.pipe(short, v.regex(/^$|^[!#$%&'*+\-.^_`|~0-9A-Za-z]+(:.*)?$/, 'is not a condition on a header; write “Name”, or “Name: text” for a value that contains the text')),
  times: v.optional(within({ least: 1, most: ANSWER_RULE_LIMITS.times }, 'requests, or empty for every one')),
  action: v.variant('kind', [
    v.pipe(answerFields, checkBody<v.InferOutput<typeof answerFields>>()),
    v.strictObject({ kind: v.literal('cancel'), delay }),
    v.strictObject({ kind: v.literal('leave') }),
  ], 'is answer, cancel or leave'),
});

/** Rules as they stand in a form or a text. */
export const answerRules = v.pipe(
  // Counted before they are looked at.
  v.array(v.unknown(), 'are a list'), v.maxLength(ANSWER_RULE_LIMITS.rules, `are more than ${ANSWER_RULE_LIMITS.rules}`), v.array(answerRule),
  v.check((rules) => rules.reduce((sum, { action }) => sum + (action.kind === 'answer' ? action.body.length : 0), 0) <= ANSWER_RULE_LIMITS.bodies, 'have bodies of more than 4 MB together; put them into files'),
);

export const setAnswerRules = v.strictObject({ kind: v.literal('set-answer-rules'), queue: handle, rules: answerRules });

const enabled = v.picklist(['active', 'inactive'], 'is active or inactive');

export const openServer = v.strictObject({
  kind: v.literal('open-server'),
  urlPrefix: v.pipe(v.string('is text'), v.trim(), v.maxLength(2048, 'is longer than 2,048 characters'),
    v.check((text) => urlPrefixProblem(text) === undefined, (issue) => urlPrefixProblem(issue.input) ?? '')),
  queueName: v.pipe(v.string('is text'), v.trim(), v.maxLength(255, 'is longer than 255 characters'),
    v.regex(/^[^\\]*$/, 'contains a backslash; a queue name may not')),
  morePrefixes: v.optional(v.pipe(v.string('is text'), v.maxLength(65536, 'is longer than 64 KB'),
    v.check((text) => prefixLinesProblem(text) === undefined, (issue) => prefixLinesProblem(issue.input) ?? ''))),
  queueLength: v.optional(within(SERVER_LIMITS.queueLength, 'requests')),
  queueState: v.optional(enabled), groupState: v.optional(enabled),
  verbosity: v.optional(v.picklist(['basic', 'limited', 'full'], 'is basic, limited or full')),
  entityBodyTimeout: v.optional(within(SERVER_LIMITS.timeout, 'seconds')), drainTimeout: v.optional(within(SERVER_LIMITS.timeout, 'seconds')),
  queueTimeout: v.optional(within(SERVER_LIMITS.timeout, 'seconds')), idleTimeout: v.optional(within(SERVER_LIMITS.timeout, 'seconds')),
  headerTimeout: v.optional(within(SERVER_LIMITS.timeout, 'seconds')),
  minSendRate: v.optional(within(SERVER_LIMITS.rate, 'bytes a second')),
  bandwidth: v.optional(within(SERVER_LIMITS.bandwidth, 'bytes a second')),
  connections: v.optional(within(SERVER_LIMITS.connections, 'connections')),
  rules: v.optional(answerRules),
});
