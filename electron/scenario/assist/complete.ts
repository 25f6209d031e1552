import { HANDLE_STATES } from '../../../preload/contract/handle';
import type { ScenarioCompletions, ScenarioOption, ScenarioQuestion } from '../../../preload/contract/scenario';
import { CONSTANT_GROUPS } from '../../../preload/contract/win32/constant-table';
import { FUNCTION_NAMES, parseFunctionName, signatureOf, type FunctionName } from '../../../preload/contract/win32/functions';
import type { Param } from '../../../preload/contract/win32/signature';
import { RULES } from '../../rules/rules';
import { INVARIANT_NAMES } from '../language/invariant-names';
import { findParameter, OVERLAPPED_KEY } from '../language/parameters';
import { placeAt, type TextPlace } from './place-at';
import * as words from './vocabulary';

/** What a person can look through; the word that is being written narrows it. */
const MOST_OPTIONS = 200;

type Words = Readonly<Record<string, string>>;

/** What can stand at a place of a text, those first that begin with what is written. */
export function completeScenario({ text, offset }: ScenarioQuestion): ScenarioCompletions {
  const place = placeAt(text, offset);
  const all = place.word.startsWith('$') ? boundNames(text) : place.key ? keysAt(place, text.slice(0, offset)) : valuesAt(place, text.slice(0, offset), text);
  const wanted = place.word.toLowerCase();
  const begins = all.filter(({ label }) => label.toLowerCase().startsWith(wanted));
  const holds = all.filter(({ label }) => !label.toLowerCase().startsWith(wanted) && label.toLowerCase().includes(wanted));
  return { from: place.from, options: [...begins, ...holds].slice(0, MOST_OPTIONS) };
}

function keysAt({ path }: TextPlace, before: string): readonly ScenarioOption[] {
  const last = path.at(-1);
  if (last === undefined) return keys(words.TOP_KEYS);
  const verb = verbOf(path);
  // A step itself: its verb, and what stands beside it.
  if (last === '[]' && (path.at(-2) === 'steps' || path.at(-2) === 'do')) return [...keys(words.VERBS), ...keys(words.STEP_KEYS)];
  const item = last === '[]' ? path.at(-2) : undefined;
  switch (item ?? last) {
    case 'with': return parametersOf(before);
    case 'out': return outParametersOf(before);
    case 'either': return keys(words.CALL_EXPECT);
    case 'wait': return keys({ ...words.WAIT, ...words.MATCHERS });
    case 'on': return keys(words.ON);
    case 'callbacks': return keys(words.CALLBACKS);
    case 'ordered': case 'exactly': case 'each': case 'forbidden': case 'last': return [...keys(words.CALLBACK_ITEM), ...constantsOf(['INTERNET_STATUS'])];
    case 'expectTrace': return invariants();
    case 'that': return keys(words.THAT);
    case 'counts': return constantsOf(['INTERNET_STATUS']);
    case 'findings': return findingNames();
    case 'server': return keys(path.length === 1 ? words.SERVER : words.PEER);
    case 'ftp': return keys(words.PEER);
    case 'client': return keys(words.CLIENT);
    case 'readAll': return keys(words.READ_ALL);
    case 'expect': return keys(verb === 'call' ? words.CALL_EXPECT : verb === undefined ? { ...words.EXPECT_BODY, ...words.CALL_EXPECT } : words.MATCHERS);
    default: return path.at(-2) === 'routes' || path.at(-3) === 'routes' ? keys(words.ANSWER) : keys(words.MATCHERS);
  }

  /** Of the step that stands nearest before: what its `expect` is of. */
  function verbOf(keysBefore: readonly string[]): string | undefined {
    if (keysBefore.at(-1) !== 'expect') return undefined;
    return /(?:^|[\s{,-])(call|wait|readAll|client|server|ftp):(?![\s\S]*\n\s*- )/.exec(before)?.[1];
  }
}

function valuesAt({ path }: TextPlace, before: string, text: string): readonly ScenarioOption[] {
  const last = path.at(-1) === '[]' ? path.at(-2) : path.at(-1);
  const above = path.at(-1) === '[]' ? path.at(-3) : path.at(-2);
  if (above === 'with') return [...ofParameter(last ?? '', before), ...boundNames(text)];
  switch (last) {
    case 'call': return FUNCTION_NAMES.map((label) => ({ label, kind: 'function', detail: signatureOf(label).page.split('/')[0] ?? '' }));
    case 'callback': case 'status': case 'last': case 'ordered': case 'exactly': case 'each': case 'forbidden': return constantsOf(['INTERNET_STATUS']);
    case 'lastError': case 'dwError': case 'result': return constantsOf(['WIN32_ERRORS', 'WININET_ERRORS']);
    case 'returns': return [...values(['true', 'false', 'handle', 'null']), ...constantsOf(['WIN32_ERRORS'])];
    case 'expectTrace': return invariants();
    case 'thread': return values(['same', 'other']);
    case 'then': return values(['keep', 'close', 'reset']);
    case 'close': case 'how': case 'closed': return values(['fin', 'reset', 'any']);
    case 'until': return values(['response', 'close']);
    case 'tls': return values(['self-signed']);
    case 'fresh': case 'leave': case 'optional': case 'repeats': case 'unchanged': return values(['true', 'false']);
    case 'as': case 'mark': case 'id': case 'scenario': case 'title': return [];
    default: return above === 'tree' ? values(HANDLE_STATES) : boundNames(text);
  }
}

function keys(of: Words): readonly ScenarioOption[] {
  return Object.entries(of).map(([label, detail]) => ({ label, kind: 'key', detail }));
}

function values(of: readonly string[]): readonly ScenarioOption[] {
  return of.map((label) => ({ label, kind: 'value', detail: '' }));
}

export function constantsOf(groups: readonly string[]): readonly ScenarioOption[] {
  return groups.flatMap((group) => Object.entries(CONSTANT_GROUPS[group] ?? {})).map(([label, value]) => ({ label, kind: 'constant', detail: numberWords(value) }));
}

export function numberWords(value: number): string {
  return value > 0xffff ? `0x${(value >>> 0).toString(16).toUpperCase()}` : String(value);
}

function invariants(): readonly ScenarioOption[] {
  return INVARIANT_NAMES.map((label) => ({ label, kind: 'value', detail: 'invariant' }));
}

function findingNames(): readonly ScenarioOption[] {
  return RULES.map(({ id, says }) => ({ label: id, kind: 'value', detail: says }));
}

/** The function of the call that stands nearest before. */
function functionBefore(before: string): FunctionName | undefined {
  const calls = [...before.matchAll(/\bcall:\s*(\w+)/g)];
  return parseFunctionName(calls.at(-1)?.[1] ?? '')?.name;
}

function parametersOf(before: string): readonly ScenarioOption[] {
  const name = functionBefore(before);
  if (name === undefined) return [];
  const { params } = signatureOf(name);
  const own = Object.entries(params).map(([label, param]): ScenarioOption => ({ label, kind: 'parameter', detail: paramWords(param) }));
  return Object.values(params).some(({ kind }) => kind === 'overlapped') ? [...own, { label: OVERLAPPED_KEY, kind: 'parameter', detail: 'true: an OVERLAPPED of its own' }] : own;
}

function outParametersOf(before: string): readonly ScenarioOption[] {
  return parametersOf(before).filter(({ detail }) => detail.startsWith('OUT'));
}

function ofParameter(parameter: string, before: string): readonly ScenarioOption[] {
  const name = functionBefore(before);
  const found = name === undefined ? undefined : findParameter(name, parameter)?.param;
  switch (found?.kind) {
    case 'int': return constantsOf([...(found.constants === undefined ? [] : [found.constants]), ...(found.flags ?? [])]);
    case 'version': return constantsOf(['HTTPAPI_VERSIONS']);
    case 'overlapped': return values(['true', 'null']);
    case 'callback': return values(['default', 'null']);
    default: return [];
  }
}

/** What a parameter is, in a few words. */
export function paramWords(param: Param): string {
  switch (param.kind) {
    case 'handle': return param.of;
    case 'id': return `id of a ${param.of}`;
    case 'int': return [param.bits === 16 ? 'WORD' : 'DWORD', ...(param.constants === undefined ? [] : [param.constants]), ...(param.flags ?? [])].join(' · ');
    case 'dword_ptr': return 'DWORD_PTR';
    case 'version': return 'HTTPAPI_VERSION';
    case 'callback': return 'a recorder by name, or null';
    case 'string': return 'text';
    case 'bytes': return 'bytes: a text, {hex} or {fill, bytes}';
    case 'in-struct': return param.inout === true ? `IN/OUT ${param.struct}` : param.struct;
    case 'in-array': return `list of ${param.struct}`;
    case 'in-property': return `what ${param.property} chooses`;
    case 'out': return `OUT ${param.of}`;
    case 'out-buffer': case 'out-struct': return `OUT ${param.struct ?? 'memory'}`;
    case 'out-text': return 'OUT text';
    case 'overlapped': return 'OVERLAPPED';
    case 'reserved': return 'reserved';
  }
}

/** Names that the text binds, wherever it does: a step may refer to what a callback binds later in the text. */
function boundNames(text: string): readonly ScenarioOption[] {
  const names = new Map<string, string>([['desktop', 'the desktop window']]);
  if (/^server:/m.test(text)) for (const [name, detail] of [['server', 'the scripted server'], ['server.host', '127.0.0.1'], ['server.port', 'its port'], ['server.requests', 'how many came']] as const) names.set(name, detail);
  if (/^ftp:/m.test(text)) for (const [name, detail] of [['ftp', 'the scripted server'], ['ftp.host', '127.0.0.1'], ['ftp.port', 'its port']] as const) names.set(name, detail);
  for (const name of /^ports:\s*\[([^\]]*)\]/m.exec(text)?.[1]?.split(',') ?? []) if (name.trim() !== '') names.set(name.trim(), 'a free port');
  for (const match of text.matchAll(/\b(as|mark|accept):\s*([A-Za-z_]\w*)/g)) names.set(match[2] ?? '', match[1] === 'mark' ? 'a moment' : match[1] === 'accept' ? 'a connection' : 'what a step binds');
  return [...names].map(([name, detail]) => ({ label: `$${name}`, kind: 'name', detail }));
}
