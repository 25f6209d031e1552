import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstPlaces, gridOf, leastWidth, placesFrom, shownColumns, withMoved, withPutAt, withShown, withWidth, type ColumnInfo } from '../../../renderer/model/columns';
import { TABLES } from '../../../renderer/model/tables';
import { FIRST_LAYOUT, layoutFrom } from '../../../renderer/store/layout';

const COLUMNS: readonly ColumnInfo<'time' | 'name' | 'more'>[] = [
  { id: 'time', title: 'Time', least: 80, part: 0, number: true }, { id: 'name', title: 'Name', least: 100, part: 1, always: true }, { id: 'more', title: 'More', least: 60, part: 2, later: true },
];
const first = firstPlaces(COLUMNS);
const ids = (places: readonly { readonly id: string }[]): readonly string[] => places.map(({ id }) => id);

describe('the columns of a table', () => {
  test('are those that are not for later, and share the room that there is', () => {
    const shown = shownColumns(COLUMNS, first);
    expect(ids(shown)).toEqual(['time', 'name']);
    expect(gridOf(shown)).toBe('80px minmax(100px, 1fr)');
    expect(leastWidth(shown)).toBe(80 + 100 + 12 + 28);
  });

  test('stand where they are put, as wide as they are made, and no narrower than they can be read', () => {
    const wide = withWidth(COLUMNS, withWidth(COLUMNS, withPutAt(first, 'name', 'time'), 'name', 300.4), 'time', 3);
    const shown = shownColumns(COLUMNS, wide);
    expect(ids(shown)).toEqual(['name', 'time']);
    // The last takes what is left, so that the rows reach the edge.
    expect(gridOf(shown)).toBe('300px minmax(80px, 1fr)');
    expect(shownColumns(COLUMNS, withWidth(COLUMNS, wide, 'name', undefined))[0]?.width).toBeUndefined();
  });

  test('can be left out, but not the one without which a row says nothing', () => {
    expect(ids(shownColumns(COLUMNS, withShown(COLUMNS, withShown(COLUMNS, first, 'time', false), 'name', false)))).toEqual(['name']);
  });

  test('stay within their table when they are moved', () => {
    expect(ids(withMoved(first, 'time', -5))).toEqual(['time', 'name', 'more']);
    expect(ids(withMoved(first, 'time', 9))).toEqual(['name', 'more', 'time']);
  });

  test('that a newer version brings stand where they are at first; those that it lost are left out', () => {
    const found = placesFrom(COLUMNS, [{ id: 'more', shown: true, width: 90 }, { id: 'gone', shown: true }, { id: 'name', shown: false }]);
    expect(found).toEqual([{ id: 'time', shown: true, width: undefined }, { id: 'more', shown: true, width: 90 }, { id: 'name', shown: true, width: undefined }]);
  });

  test('are each there once, whatever was remembered', () => {
    fc.assert(fc.property(fc.anything(), fc.array(fc.oneof(fc.record({ id: fc.constantFrom('time', 'name', 'more', 'x'), shown: fc.anything(), width: fc.anything() }), fc.anything())), (anything, entries) => {
      for (const found of [placesFrom(COLUMNS, anything), placesFrom(COLUMNS, entries)]) {
        if (found === undefined) continue;
        expect([...ids(found)].sort()).toEqual(['more', 'name', 'time']);
        for (const { width } of found) expect(width ?? 100).toBeGreaterThanOrEqual(60);
      }
    }));
  });
});

describe('the layout', () => {
  test('is as at first where nothing, or nonsense, was remembered', () => {
    for (const nothing of [undefined, null, 1, 'x', [], { treeWidth: 1e9, sideShown: 'no', bottomTab: 'sweep', timeMode: 'sundial', events: 7 }]) expect(layoutFrom(nothing)).toEqual(FIRST_LAYOUT);
  });

  test('comes back from the text that it is kept as', () => {
    const kept = {
      ...FIRST_LAYOUT, treeWidth: 280, sideShown: false, bottomTab: 'findings' as const, timeMode: 'clock' as const,
      events: withWidth(TABLES.events.columns, withPutAt(FIRST_LAYOUT.events, 'thread', 'time'), 'handle', 210),
    };
    expect(layoutFrom(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
  });
});
