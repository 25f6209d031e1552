import { describe, expect, test } from 'vitest';
import { COMMAND_CATALOG } from '../../../preload/contract/command-catalog';
import { paletteCommands } from '../../../renderer/commands/palette-commands';
import { fuzzyMatch } from '../../../renderer/model/fuzzy';

const titles = (wanted: string, recent: Parameters<typeof paletteCommands>[1] = []) => paletteCommands(wanted, recent).map(({ entry }) => entry.title);

describe('the palette', () => {
  test('finds a command by the first letters of its words, before one that has them within', () => {
    expect(titles('nc')[0]).toBe('New client…');
    expect(titles('clha')[0]).toBe('Close handle');
    expect(titles('zoom')[0]).toBe('Zoom in');
    expect(titles('fit all')[0]).toBe('Fit all');
  });

  test('finds letters in their order only', () => {
    expect(titles('tneilc')).toEqual([]);
    expect(fuzzyMatch('mb', 'Bookmark')).toBeUndefined();
    expect(fuzzyMatch('mark', 'Bookmark')?.places).toEqual([4, 5, 6, 7]);
  });

  test('has every command but itself, those given lately first', () => {
    expect(titles('')).toHaveLength(COMMAND_CATALOG.length - 1);
    expect(titles('', ['help', 'fit']).slice(0, 2)).toEqual(['Keys', 'Fit all']);
  });

  test('no two commands share their keys', () => {
    const keys = COMMAND_CATALOG.flatMap((entry) => entry.keys ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
