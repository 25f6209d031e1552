import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { EventCache, PAGE, pagesFor } from '../../../renderer/model/event-pages';
import type { EventRow } from '../../../preload/contract/query';
import { seq } from '../../../preload/contract/ids';
import type { GalleryEntry, ScenarioProgress, StepReport } from '../../../preload/contract/update';
import { problemsFromError, problemsFromIssues } from '../../../renderer/model/form-problems';
import { hexLines } from '../../../preload/contract/hex-dump';
import { shortRaw } from '../../../renderer/model/raw-value';
import { beginTour, currentStop, isSummary, nextStop, observeScenario, pageAddress, readNotes, summarize } from '../../../renderer/model/tour';

const entry = (id: string, group: GalleryEntry['group'] = 'tour'): GalleryEntry => ({ id, group, title: id, source: '', notes: '', text: '', targets: [], calls: [] });
const step = (index: number, state: StepReport['state']): StepReport => ({
  index, path: String(index + 1), line: index + 1, title: 'a', state, documented: '', expected: '', observed: '', failures: [], lists: [], why: undefined, events: undefined, took: 0,
});
const ended = (id: string, state: ScenarioProgress['state']): ScenarioProgress => ({
  run: 1, id, title: id, state, step: 2, steps: 2, message: undefined, current: undefined, held: undefined, endedEarly: undefined,
  reports: [step(0, 'passed'), step(1, state === 'passed' ? 'known-difference' : 'failed')],
});

describe('the tour', () => {
  const tour = beginTour([entry('tour/10-last'), entry('tour/2-second'), entry('rules/x', 'rules'), entry('tour/1-first')], false);

  test('takes its own group in the order of its numbers', () => expect(tour.stops.map((stop) => stop.entry.id)).toEqual(['tour/1-first', 'tour/2-second', 'tour/10-last']));

  test('goes on stop by stop, and ends with the summary', () => {
    expect(currentStop(nextStop(tour))?.entry.id).toBe('tour/2-second');
    const end = nextStop(nextStop(nextStop(tour)));
    expect([isSummary(end), currentStop(end), nextStop(end).at]).toEqual([true, undefined, 3]);
  });

  test('takes only the news of its own stops', () => {
    expect(observeScenario(tour, ended('rules/x', 'passed'))).toBe(tour);
    expect(observeScenario(tour, ended('tour/1-first', 'passed')).stops[0]?.outcome?.state).toBe('passed');
  });

  test('counts what was met, what differs and what did not run', () => {
    const done = observeScenario(observeScenario(tour, ended('tour/1-first', 'passed')), ended('tour/2-second', 'failed'));
    expect(summarize(done)).toEqual({ passed: 1, failed: 1, notRun: 1, steps: 4, asDocumented: 2, differences: 1 });
  });
});

describe('notes', () => {
  test('are read as paragraphs by step, with the lines that go on', () => {
    expect(readNotes('First of all.\nthe-send, the-read: means\n  that it goes on.\nthe-close: Ends it.')).toEqual([
      { step: undefined, text: 'First of all.' }, { step: 'the send, the read', text: 'Means that it goes on.' }, { step: 'the close', text: 'Ends it.' },
    ]);
  });

  test('of every scenario of the tour lose no word', () => {
    const folder = new URL('../../../electron/scenario/gallery/tour/', import.meta.url);
    for (const file of readdirSync(folder)) {
      const read: unknown = parse(readFileSync(new URL(file, folder), 'utf8'));
      const notes = typeof read === 'object' && read !== null && 'notes' in read ? String(read.notes) : '';
      const letters = (text: string): string => text.toLowerCase().replace(/[\s:-]/g, '');
      expect(letters(readNotes(notes).map(({ step, text }) => `${step ?? ''}${text}`).join(''))).toBe(letters(notes));
      expect(readNotes(notes).length).toBeGreaterThan(1);
    }
  });

  test('name their page by its address', () => {
    expect(pageAddress('wininet.InternetCloseHandle, remarks')).toBe('learn.microsoft.com/windows/win32/api/wininet/nf-wininet-internetclosehandle');
    expect(pageAddress('http.HttpCancelHttpRequest')).toBe('learn.microsoft.com/windows/win32/api/http/nf-http-httpcancelhttprequest');
    expect(pageAddress('RFC 9110')).toBeUndefined();
  });
});

describe('forms', () => {
  test('put each issue beside its field, and the rest above the form', () => {
    const found = problemsFromIssues([{ field: 'url', message: 'is wrong' }, { field: 'url', message: 'is worse' }, { field: 'command', message: 'is odd' }], ['url']);
    expect(found).toEqual({ fields: { url: 'is wrong' }, whole: 'command is odd' });
  });

  test('show a Win32 error with its number, name and meaning', () => {
    const { whole } = problemsFromError({ kind: 'win32', api: 'HttpAddUrlToUrlGroup', code: 183, name: 'ERROR_ALREADY_EXISTS', meaning: 'The URL is taken.' }, ['urlPrefix']);
    expect(whole).toMatch(/HttpAddUrlToUrlGroup.*183 ERROR_ALREADY_EXISTS.*The URL is taken/);
  });
});

describe('pages of events', () => {
  const rows = (offset: number, count: number): readonly EventRow[] => Array.from({ length: count }, (_, index) => ({
    seq: seq(offset + index), time: 0, handle: undefined, handleLabel: '', kind: 'note' as const, title: '', detail: '', result: '', tone: 'plain' as const, thread: 0,
  }));

  test('cover the rows that are shown', () => {
    expect(pagesFor(0, 10)).toEqual([0]);
    expect(pagesFor(PAGE - 1, PAGE)).toEqual([0, PAGE]);
  });

  test('are held, until a page that was not full could have more', () => {
    const cache = new EventCache();
    cache.put(0, rows(0, 150));
    expect([cache.holds(0, 150), cache.holds(0, 151), cache.row(149)?.seq, cache.row(150)]).toEqual([true, false, 149, undefined]);
  });

  test('that were used longest ago go first', () => {
    const cache = new EventCache(2);
    for (const offset of [0, PAGE, PAGE * 2]) cache.put(offset, rows(offset, PAGE));
    expect([cache.row(0), cache.row(PAGE)?.seq, cache.row(PAGE * 2)?.seq]).toEqual([undefined, PAGE, PAGE * 2]);
  });
});

test('a dump shows bytes beside what can be read of them', () => {
  expect(hexLines('4745540d0a', 4)).toEqual([{ offset: '0000', bytes: '47 45 54 0d', text: 'GET.' }, { offset: '0004', bytes: '0a         ', text: '.' }]);
});

test('a long raw value keeps both its ends', () => expect([shortRaw('0xcc0004'), shortRaw('0xfa00000060000011')]).toEqual(['0xcc0004', '0xfa…0011']));
