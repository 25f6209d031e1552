import type { ScenarioHelp, ScenarioQuestion } from '../../../preload/contract/scenario';
import { CONSTANT_GROUPS } from '../../../preload/contract/win32/constant-table';
import { parseFunctionName, signatureOf } from '../../../preload/contract/win32/functions';
import { RULES } from '../../rules/rules';
import { findParameter } from '../language/parameters';
import { completeScenario, numberWords, paramWords } from './complete';

const PAGES = 'https://learn.microsoft.com/windows/win32/api/';

/** What the word at a place means: a function with its parameters, a parameter, a constant, a word of the language. */
export function explainScenario({ text, offset }: ScenarioQuestion): ScenarioHelp | undefined {
  const head = /[\w-]*$/.exec(text.slice(0, offset))?.[0] ?? '';
  const tail = /^[\w-]*/.exec(text.slice(offset))?.[0] ?? '';
  const word = head + tail;
  const from = offset - head.length;
  const at = { from, to: offset + tail.length };
  if (word === '') return undefined;
  const target = parseFunctionName(word);
  if (target !== undefined) {
    const { params, returns, page } = signatureOf(target.name);
    const list = Object.entries(params).map(([name, param]) => `${name}: ${paramWords(param)}`);
    return { ...at, title: word, text: [`returns ${returns === 'ERROR' ? 'its error code' : returns}`, ...list].join('\n'), page: `${PAGES}${page}` };
  }
  const call = parseFunctionName([...text.slice(0, offset).matchAll(/\bcall:\s*(\w+)/g)].at(-1)?.[1] ?? '');
  const parameter = call === undefined ? undefined : findParameter(call.name, word);
  if (call !== undefined && parameter !== undefined && /^\s*:/.test(text.slice(at.to))) {
    return { ...at, title: `${parameter.name} of ${call.name}`, text: paramWords(parameter.param), page: `${PAGES}${signatureOf(call.name).page}` };
  }
  for (const [group, members] of Object.entries(CONSTANT_GROUPS)) {
    const value = members[word];
    if (value !== undefined) return { ...at, title: word, text: `${numberWords(value)}, of ${group.replace(/_?\*$/, '')}`, page: undefined };
  }
  const rule = RULES.find(({ id }) => id === word);
  if (rule !== undefined) return { ...at, title: word, text: rule.says, page: rule.page };
  // A word of the language, where it can stand.
  const option = completeScenario({ text, offset: from }).options.find(({ label, kind }) => label === word && kind === 'key');
  return option === undefined ? undefined : { ...at, title: word, text: option.detail, page: undefined };
}
