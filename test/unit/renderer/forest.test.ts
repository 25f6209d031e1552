import { describe, expect, test } from 'vitest';
import { handleId } from '../../../preload/contract/ids';
import { Forest } from '../../../renderer/model/forest';
import { node } from './nodes';

describe('the forest', () => {
  test('takes out what main has forgotten, tells of it, and counts it no more', () => {
    const forest = new Forest();
    forest.apply([node(1), node(2, { under: 1, state: 'closed' }), node(3, { under: 1 })]);
    const told: number[] = [];
    forest.listen((ids) => told.push(...ids));
    forest.remove([handleId(2), handleId(9)]);
    expect(told).toEqual([2]);
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
});
