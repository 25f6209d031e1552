import { describe, expect, test } from 'vitest';
import { handleId } from '../../../preload/contract/ids';
import { Forest } from '../../../renderer/model/forest';
import { RowIndex } from '../../../renderer/model/row-index';
import type { Row, RowList, RowOptions } from '../../../renderer/model/rows';
import { treeMove, typeAhead } from '../../../renderer/model/tree-keys';
import { node, pending } from './nodes';

const ALL: RowOptions = { collapsed: new Set(), liveOnly: false, filter: '', asOf: undefined };

function grown(): Forest {
  const forest = new Forest();
  forest.apply([
    node(1, { kind: 'session', label: 'Session' }), node(2, { kind: 'connection', label: '127.0.0.1:80', under: 1 }),
    node(3, { under: 2, label: 'GET /slow', pending: pending('HttpSendRequest') }), node(4, { under: 2, label: 'GET /ok', state: 'closed', endedAt: 9 }),
    node(5, { kind: 'server-session', label: 'Server session' }),
  ]);
  return forest;
}

const list = (forest: Forest, options: Partial<RowOptions> = {}): RowList => new RowIndex(forest).update({ ...ALL, ...options });
const shown = (forest: Forest, options: Partial<RowOptions> = {}): readonly Row[] => {
  const rows = list(forest, options);
  return rows.slice(0, rows.length);
};
const labels = (forest: Forest, options: Partial<RowOptions> = {}): readonly string[] => shown(forest, options).map((row) => `${row.depth} ${row.node.label}`);

describe('the forest', () => {
  test('counts what is live, what has ended and what is owed something', () => {
    const forest = grown();
    expect([forest.size, forest.live, forest.ended, forest.busy]).toEqual([5, 4, 1, 1]);
    forest.apply([node(3, { under: 2, state: 'closing', pending: pending('HttpSendRequest') })]);
    expect(forest.busy).toBe(1);
    forest.apply([node(3, { under: 2, state: 'closed', endedAt: 12 })]);
    expect([forest.live, forest.ended, forest.busy]).toEqual([3, 2, 0]);
  });

  test('keeps a handle whose parent it never saw, as a root', () => {
    const forest = new Forest();
    forest.apply([node(7, { under: 6 })]);
    expect(labels(forest)).toEqual(['0 GET /7']);
    expect(forest.rootOf(handleId(7))).toBe(7);
  });

  test('names a subtree parents first', () => {
    expect(grown().subtree(handleId(1)).map(({ id }) => id)).toEqual([1, 2, 3, 4]);
  });
});

describe('the rows', () => {
  test('stand in the order of birth, each below its parent', () => {
    expect(labels(grown())).toEqual(['0 Session', '1 127.0.0.1:80', '2 GET /slow', '2 GET /ok', '0 Server session']);
  });

  test('know their place among their siblings', () => {
    const rows = shown(grown());
    expect(rows.map((row) => [row.position, row.siblings])).toEqual([[1, 2], [1, 1], [1, 2], [2, 2], [2, 2]]);
  });

  test('of a collapsed branch are left out, and the branch says that it can be opened', () => {
    const rows = shown(grown(), { collapsed: new Set([handleId(2)]) });
    expect(rows.map((row) => [row.node.label, row.expandable, row.expanded])).toEqual([['Session', true, true], ['127.0.0.1:80', true, false], ['Server session', false, false]]);
  });

  test('with live only leave out what has ended, but never the parent of something live', () => {
    const forest = grown();
    forest.apply([node(1, { kind: 'session', label: 'Session', state: 'closed' })]);
    expect(labels(forest, { liveOnly: true })).toEqual(['0 Session', '1 127.0.0.1:80', '2 GET /slow', '0 Server session']);
  });

  test.each([
    ['/SLOW', ['0 Session', '1 127.0.0.1:80', '2 GET /slow']],
    ['get closed', ['0 Session', '1 127.0.0.1:80', '2 GET /ok']],
    ['server', ['0 Server session']],
    ['pending', ['0 Session', '1 127.0.0.1:80', '2 GET /slow']],
    ['nothing like it', []],
  ])('filtered by “%s” keep what matches and the way to it', (filter, expected) => {
    expect(labels(grown(), { filter })).toEqual(expected);
  });
});

describe('the keys of the tree', () => {
  const rows = list(grown());
  const collapsed = list(grown(), { collapsed: new Set([handleId(2)]) });

  test.each([
    [rows, 0, 'ArrowDown', { kind: 'select', index: 1 }],
    [rows, 4, 'ArrowDown', { kind: 'select', index: 4 }],
    [rows, -1, 'ArrowDown', { kind: 'select', index: 0 }],
    [rows, 2, 'ArrowUp', { kind: 'select', index: 1 }],
    [rows, 3, 'Home', { kind: 'select', index: 0 }],
    [rows, 0, 'End', { kind: 'select', index: 4 }],
    [rows, 0, 'PageDown', { kind: 'select', index: 3 }],
    [rows, 1, 'ArrowRight', { kind: 'select', index: 2 }],
    [rows, 2, 'ArrowRight', undefined],
    [rows, 1, 'ArrowLeft', { kind: 'collapse', handles: [2] }],
    [rows, 3, 'ArrowLeft', { kind: 'select', index: 1 }],
    [rows, 4, 'ArrowLeft', undefined],
    [collapsed, 1, 'ArrowRight', { kind: 'expand', handles: [2] }],
    [collapsed, 1, 'ArrowLeft', { kind: 'select', index: 0 }],
    [collapsed, 1, '*', { kind: 'expand', handles: [2] }],
    [rows, 1, 'x', undefined],
    [list(new Forest()), -1, 'ArrowDown', undefined],
  ])('from row %# go where ARIA says', (tree, from, key, expected) => {
    expect(treeMove(tree, from, key, 3)).toEqual(expected);
  });

  test('a letter finds the next row that begins with it, and goes round', () => {
    expect(typeAhead(rows, 0, 'g')).toBe(2);
    expect(typeAhead(rows, 2, 'g')).toBe(3);
    expect(typeAhead(rows, 3, 'g')).toBe(2);
    expect(typeAhead(rows, 2, 'get /o')).toBe(3);
    expect(typeAhead(rows, 0, 'z')).toBeUndefined();
  });
});
