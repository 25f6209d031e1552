import { describe, expect, test } from 'vitest';
import { handleId } from '../../../preload/contract/ids';
import { packNodes } from '../../../preload/contract/node-columns';
import { Forest, type ForestChange } from '../../../renderer/model/forest';
import { node, pending } from './nodes';

describe('the forest', () => {
  test('takes out what main has forgotten, tells of it, and counts it no more', () => {
    const forest = new Forest();
    forest.apply([node(1), node(2, { under: 1, state: 'closed' }), node(3, { under: 1 })]);
    const told: ForestChange[] = [];
    const place = forest.placeOf(handleId(2));
    forest.listen((change) => told.push(change));
    forest.remove([handleId(2), handleId(9)]);
    expect(told).toEqual([{ kind: 'nodes', places: [place] }]);
    expect(forest.get(handleId(2))).toBeUndefined();
    expect(forest.childrenOf(handleId(1))).toEqual([3]);
    expect([forest.size, forest.live, forest.ended]).toEqual([2, 2, 0]);
  });

  test('stands a child that outlives its parent at the root, in the order of birth', () => {
    const forest = new Forest();
    forest.apply([node(1, { state: 'closed' }), node(2, { under: 1 }), node(3)]);
    forest.remove([handleId(1)]);
    expect(forest.childrenOf(undefined)).toEqual([2, 3]);
  });

  test('that takes many in columns is the one that takes them one by one', () => {
    const nodes = [
      node(3), node(4, { under: 3, state: 'closing', pending: pending('HttpSendRequestW') }), node(9, { under: 4, pending: pending('HttpSendRequestW') }), node(10, { state: 'closed', createdAt: 2 }),
      node(11, { under: 2 }),
    ];
    const [whole, single] = [new Forest(), new Forest()];
    whole.adopt(packNodes(nodes));
    single.apply(nodes);
    const said = (forest: Forest): unknown => [
      [...forest.all()], forest.size, forest.live, forest.ended, forest.busy, forest.earliest, forest.childrenOf(undefined), forest.childrenOf(handleId(3)), forest.subtree(handleId(3)), forest.rootOf(handleId(9)),
    ];
    expect(said(whole)).toEqual(said(single));
    const later = [node(12, { under: 9 }), node(9, { under: 4, state: 'closed' })];
    for (const forest of [whole, single]) {
      forest.apply(later);
      forest.remove([handleId(10), handleId(8)]);
      // Many more than it has: they are taken in too.
      forest.adopt(packNodes([node(12, { under: 9, label: 'GET /later' }), node(13)]));
    }
    expect(said(whole)).toEqual(said(single));
    expect([whole.get(handleId(10)), whole.get(handleId(5)), whole.get(handleId(12))?.label, whole.earliest]).toEqual([undefined, undefined, 'GET /later', 3]);
  });

  test('gives a handle that nobody has changed as the same object each time', () => {
    const forest = new Forest();
    forest.adopt(packNodes([node(1), node(2, { under: 1 })]));
    expect(forest.get(handleId(2))).toBe(forest.subtree(handleId(1))[1]);
  });

  test('closes up the places of many that are gone, and says from where each came', () => {
    const forest = new Forest();
    forest.adopt(packNodes(Array.from({ length: 3000 }, (_, index) => node(index + 1, index % 5 === 0 ? {} : { under: index - (index % 5) + 1 }))));
    const moved: number[][] = [];
    forest.listen((change) => { if (change.kind === 'moved') moved.push([...change.from]); });
    // The root of the last that go is taken from above its children.
    const gone = [...Array.from({ length: 1990 }, (_, index) => handleId(1990 - index)), handleId(1991)];
    const before = new Map([...forest.all()].map((node) => [node.id, forest.placeOf(node.id)]));
    forest.remove(gone);
    expect(moved).toHaveLength(1);
    expect([...forest.all()].map(({ id }) => id)).toEqual(Array.from({ length: 1009 }, (_, index) => index + 1992));
    for (const { id } of forest.all()) expect(moved[0]?.[forest.placeOf(id)]).toBe(before.get(id));
    expect(forest.childrenOf(undefined).slice(0, 6)).toEqual([1992, 1993, 1994, 1995, 1996, 2001]);
    expect(forest.childrenOf(handleId(2001))).toEqual([2002, 2003, 2004, 2005]);
    forest.apply([node(4000, { under: 2001 })]);
    expect(forest.childrenOf(handleId(2001)).at(-1)).toBe(4000);
  });
});
