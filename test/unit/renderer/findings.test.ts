import { describe, expect, test } from 'vitest';
import type { Finding, Severity } from '../../../preload/contract/finding';
import { handleId, seq } from '../../../preload/contract/ids';
import { badgesOf, countsInWords, findingPoints } from '../../../renderer/model/findings';
import { hitFinding } from '../../../renderer/model/hit-test';

function finding(handle: number | undefined, severity: Severity, time = 0): Finding {
  const handles = handle === undefined ? [] : [handleId(handle)];
  return { rule: 'a-rule', severity, message: 'm', fix: 'f', page: 'p', handle: handles[0], handles, events: [seq(1)], time, provoked: false, standing: false, muted: undefined };
}

describe('badges', () => {
  test('count what is wrong with a handle and show the worst of it; notes and handles without fault have none', () => {
    const badges = badgesOf([finding(1, 'warning'), finding(1, 'error'), finding(1, 'warning'), finding(2, 'note'), finding(undefined, 'error')]);
    expect([...badges]).toEqual([[1, { severity: 'error', count: 3 }]]);
  });
});

test('counts are words, the worst first', () => {
  expect(countsInWords({ note: 2, warning: 0, error: 1 })).toBe('1 error, 2 notes');
  expect(countsInWords({ note: 0, warning: 0, error: 0 })).toBe('no findings');
  // Alone, notes could be taken for those that a person wrote.
  expect(countsInWords({ note: 10, warning: 0, error: 0 })).toBe('10 findings of severity note');
});

describe('the signs on the lanes', () => {
  const view = { from: 0, to: 1000 };
  const rows = new Map([[1, 0], [2, 1]]);

  test('stand at their time in the row of their handle; what is elsewhere is left out', () => {
    const points = findingPoints([finding(1, 'error', 250), finding(2, 'note', 500), finding(2, 'error', 2000), finding(9, 'error', 5), finding(undefined, 'error', 5)], view, 100, rows);
    expect(points.map(({ row, x }) => [row, x])).toEqual([[0, 25], [1, 50]]);
  });

  test('that would lie on each other are one, which is the worst of them', () => {
    const points = findingPoints([finding(1, 'note', 100), finding(1, 'error', 110), finding(1, 'warning', 120), finding(1, 'note', 600)], view, 100, rows);
    expect(points.map(({ finding: { severity }, count }) => [severity, count])).toEqual([['error', 3], ['note', 1]]);
  });

  test('are hit at the top of their lane, and leave what is below to the spans', () => {
    const points = findingPoints([finding(1, 'error', 500)], view, 1000, rows);
    expect(hitFinding(points, 0, 503, 4)).toMatchObject({ kind: 'finding' });
    expect(hitFinding(points, 0, 503, 20)).toBeUndefined();
    expect(hitFinding(points, 1, 503, 4)).toBeUndefined();
    expect(hitFinding(points, 0, 530, 4)).toBeUndefined();
  });
});
