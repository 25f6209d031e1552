import { describe, expect, test } from 'vitest';
import { settingsFrom } from '../../../renderer/store/settings';

describe('settings', () => {
  const first = settingsFrom({});

  test('are asked for nothing to be whole: what is not remembered is as at first', () => {
    expect(first).toMatchObject({ theme: 'system', ending: 'ask', recentCommands: [], savedFilters: [] });
    for (const nothing of [undefined, null, 1, 'x', []]) expect(settingsFrom(nothing)).toEqual(first);
  });

  test('are remembered one by one: one that cannot be costs no other', () => {
    const found = settingsFrom({ theme: 'purple', ending: 'at-once', savedFilters: ['a', 1, 'b'], recentFilters: 'x', recentCommands: ['help', 'format-disk', 'fit'] });
    expect(found).toEqual({ ...first, ending: 'at-once', savedFilters: ['a', 'b'], recentCommands: ['help', 'fit'] });
  });

  test('of another version are read as far as they are known', () => {
    expect(settingsFrom({ theme: 'dark', fromTheFuture: { deep: [1] } })).toEqual({ ...first, theme: 'dark' });
  });

  test('come back from the text they are kept as', () => {
    const kept = { ...first, theme: 'light' as const, recentFilters: ['GET'] };
    expect(settingsFrom(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
  });
});
