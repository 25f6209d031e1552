import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ScenarioProgress, StepReport } from '../../../preload/contract/update';
import { loadScenario } from '../../../electron/scenario/load-scenario';
import { markHits, search } from '../../../renderer/model/gallery-search';
import { NEW_SCENARIO } from '../../../renderer/model/new-scenario';
import { RULE_PAGES, ruleOf } from '../../../renderer/model/page-rules';
import { nextOwnId, plainName, readKept, toKeep, type ScenarioDocument } from '../../../renderer/model/scenario-documents';
import { stepMarks } from '../../../renderer/model/scenario-marks';
import { missingHere, outcomeOf, outcomesInWords } from '../../../renderer/model/scenario-outcome';

const step = (path_: string, line: number, state: StepReport['state'], why?: string): StepReport => ({
  index: 0, path: path_, line, title: 'a step', state, documented: '', expected: '', observed: '', failures: [], lists: [], why, events: undefined, took: 1,
});
const progress = (more: Partial<ScenarioProgress>): ScenarioProgress => ({
  run: 1, id: 'x', title: 'x', state: 'running', step: 0, steps: 2, reports: [], current: undefined, held: undefined, endedEarly: undefined, message: undefined, ...more,
});

describe('the gallery', () => {
  test('has every scenario of its rules under the rule that it is about', () => {
    const files = readdirSync(path.resolve(import.meta.dirname, '../../../electron/scenario/gallery/rules'));
    const known = new Set(RULE_PAGES.flatMap(({ rules }) => rules.map(({ key }) => key)));
    for (const file of files) expect(known.has(ruleOf({ id: `rules/${file}` }) ?? ''), file).toBe(true);
    // A rule without a scenario says why.
    for (const { rules } of RULE_PAGES) for (const { key, without } of rules) expect(without === undefined, key).toBe(files.some((file) => file.startsWith(`${key}-`)));
  });

  test('finds what holds all of the words, and shows the line where the title does not say them', () => {
    const one = { id: 'a', title: 'A close', source: '', notes: '', text: 'steps:\n  - call: HttpSendRequest' };
    expect(search(one, ['close'])).toEqual({ line: undefined });
    expect(search(one, ['close', 'httpsend'])).toEqual({ line: { number: 2, text: '- call: HttpSendRequest' } });
    expect(search(one, ['close', 'nothing'])).toBeUndefined();
    // Of a long line the part with the hit, which else would be where nobody sees it.
    expect(search({ ...one, text: `- { status: INTERNET_STATUS_REQUEST_COMPLETE, dwError: ERROR_INTERNET_OPERATION_CANCELLED }` }, ['cancelled'])?.line?.text)
      .toBe('…dwError: ERROR_INTERNET_OPERATION_CANCELLED }');
  });

  test('marks every hit, whatever signs are searched for', () => {
    expect(markHits('a (b) A', ['(b', 'a'])).toEqual([{ text: 'a', hit: true }, { text: ' ', hit: false }, { text: '(b', hit: true }, { text: ') ', hit: false }, { text: 'A', hit: true }]);
    expect(markHits('text', [])).toEqual([{ text: 'text', hit: false }]);
  });
});

test('what became of a run is told in a few words, with its reason', () => {
  expect(outcomeOf(progress({}))).toBeUndefined();
  expect(outcomeOf(progress({ state: 'passed' }))).toMatchObject({ kind: 'held' });
  expect(outcomeOf(progress({ state: 'passed', reports: [step('1', 1, 'known-difference', 'Wine differs')] }))).toMatchObject({ kind: 'differs', words: 'held, 1 known difference', why: 'Wine differs' });
  expect(outcomeOf(progress({ state: 'passed', endedEarly: 'a stub' }))).toEqual({ kind: 'not here', words: 'not on this engine', why: 'a stub' });
  expect(outcomesInWords([{ kind: 'held', words: '', why: undefined }, { kind: 'failed', words: '', why: undefined }])).toBe('2 ran: 1 held, 1 did not hold');
});

test('what calls a function that this engine has not is told of before it runs', () => {
  const unavailable = { HttpCancelHttpRequest: 'a stub in this httpapi.dll.', HttpShutdownRequestQueue: 'no DLL.' };
  expect(missingHere(['InternetOpen', 'HttpCancelHttpRequest', 'HttpShutdownRequestQueue'], unavailable)).toBe('HttpCancelHttpRequest is not available here: a stub in this httpapi.dll.');
  expect(missingHere(['InternetOpen'], unavailable)).toBeUndefined();
  // Of a text that was changed nobody knows what it calls, nor of an engine that has not answered what it lacks.
  expect(missingHere(undefined, unavailable)).toBeUndefined();
  expect(missingHere(['HttpCancelHttpRequest'], undefined)).toBeUndefined();
});

test('the worst of the steps of a line is marked, and the step that stands is the one it is held before', () => {
  const marks = stepMarks(progress({
    reports: [step('1', 3, 'passed'), step('2.1', 5, 'failed'), step('2.1', 5, 'passed')], current: { path: '2', line: 4, title: '' },
    held: { at: 'step', why: 'step', step: { path: '3', line: 9, title: '' } },
  }));
  expect([marks.current, marks.held, marks.results.get(3)?.tone, marks.results.get(5)?.tone]).toEqual([9, true, 'good', 'bad']);
});

describe('the texts of the person', () => {
  const own: ScenarioDocument = { id: 'own/2', name: 'mine', saved: 'a', text: 'a' };

  test('are kept when they are their own or changed, and read back; what cannot be read is left out', () => {
    const documents = new Map([own, { id: 'tour/x', name: 'x', saved: 'a', text: 'b' }, { id: 'tour/y', name: 'y', saved: 'a', text: 'a' }].map((one) => [one.id, one]));
    const kept = readKept(JSON.stringify(toKeep(documents)));
    expect([...kept.keys()]).toEqual(['own/2', 'tour/x']);
    expect(readKept('{').size + readKept('3').size + readKept('[null, {"id": 1}]').size + readKept(undefined).size).toBe(0);
    expect(nextOwnId(kept)).toBe('own/3');
  });

  test('have names that are files on every system', () => {
    expect([plainName('mine.yaml'), plainName('../a:b?.yml'), plainName('日本')]).toEqual(['mine', '-a-b-', '-']);
  });

  test('begin with a scenario that the language takes', () => {
    expect(loadScenario(NEW_SCENARIO)).toMatchObject({ ok: true });
  });
});
