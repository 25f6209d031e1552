import * as v from 'valibot';
import { IGNORED_ERRORS, REQUEST_FLAGS } from '../client-options';
import { checkBody, messageBody } from './message-body';
import { headerLines, plainLine, token } from './fields';

function urlProblem(text: string): string | undefined {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return 'is not an absolute URL; write it like http://127.0.0.1:8080/path';
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return `has the scheme ${url.protocol.slice(0, -1)}; only http and https can be sent`;
  if (url.username !== '' || url.password !== '') return 'carries a user name or password; write them under Authentication';
  return undefined;
}

const timeout = v.pipe(
  v.number('is a whole number of milliseconds'), v.integer('is a whole number of milliseconds'), v.minValue(1, 'is at least 1 ms; leave it empty for WinINet’s own'),
  v.maxValue(86_400_000, 'is longer than a day'),
);

const clientOptions = {
  flags: v.optional(v.pipe(v.array(v.picklist(REQUEST_FLAGS.map(({ name }) => name), 'is no flag of HttpOpenRequest')), v.maxLength(REQUEST_FLAGS.length))),
  userAgent: v.optional(plainLine),
  connectTimeout: v.optional(timeout), sendTimeout: v.optional(timeout), receiveTimeout: v.optional(timeout),
  proxy: v.optional(v.picklist(['direct', 'preconfig', 'named'], 'is direct, preconfig or named')),
  proxyServer: v.optional(plainLine), proxyBypass: v.optional(plainLine), user: v.optional(plainLine), password: v.optional(plainLine),
  showPassword: v.optional(v.boolean()), readHeaders: v.optional(v.boolean()),
  ignore: v.optional(v.pipe(v.array(v.picklist(IGNORED_ERRORS.map(({ name }) => name), 'is no SECURITY_FLAG_IGNORE_*')), v.maxLength(IGNORED_ERRORS.length))),
};

const openClientFields = v.strictObject({
  ...clientOptions,
  ...messageBody,
  kind: v.literal('open-client'),
  url: v.pipe(v.string('is text'), v.trim(), v.maxLength(8192, 'is longer than 8,192 characters'),
    v.check((text) => urlProblem(text) === undefined, (issue) => urlProblem(issue.input) ?? '')),
  method: token('method'),
  headers: headerLines,
  mode: v.picklist(['async', 'sync'], 'is async or sync'),
  context: v.picklist(['own', 'null'], 'is own or null'),
});

export const openClient = v.pipe(
  openClientFields,
  checkBody<v.InferOutput<typeof openClientFields>>(),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const { value } = dataset;
    if (value.proxy !== 'named' || (value.proxyServer ?? '') !== '') return;
    addIssue({ message: 'is empty; name the proxy as host:port', path: [{ type: 'object', origin: 'value', input: value, key: 'proxyServer', value: value.proxyServer }] });
  }),
);
