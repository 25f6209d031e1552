import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMMAND_CATALOG, type CommandEntry, type CommandId } from '../../../preload/contract/command-catalog';
import { commandBindings, isKeys, keyChangesFrom, type KeyChanges } from '../../../preload/contract/command-keys';
import { helpCommands } from '../../../renderer/commands/help-commands';
import { chooseKeys, claim, keyRefusal, swapKeys, withKeys } from '../../../renderer/model/key-choice';
import { keyLabel, matchesKeys, pressedKeys, type Press } from '../../../renderer/model/keys';

const press = (key: string, change: Partial<Press> = {}): Press => ({ key, code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...change });
const ctrl = (key: string, change: Partial<Press> = {}): Press => press(key, { ctrlKey: true, ...change });

function entry(id: CommandId): CommandEntry {
  const found = COMMAND_CATALOG.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no command ${id}`);
  return found;
}

const reason = (made: Press, id: CommandId = 'new-client'): string => {
  const choice = chooseKeys(made, entry(id), {});
  return choice.kind === 'refused' ? choice.reason : '';
};

describe('what a person presses for a command', () => {
  test('waits while it is only a modifier', () => {
    for (const key of ['Control', 'Shift', 'Alt', 'AltGraph', 'Meta']) expect(chooseKeys(press(key), entry('fit'), {})).toEqual({ kind: 'waiting' });
  });

  test('is free where no command has it', () => expect(chooseKeys(ctrl('u'), entry('new-client'), {})).toEqual({ kind: 'free', keys: 'CmdOrCtrl+U' }));

  test('is written as it stands on the keyboard, whatever Shift or another script makes of it', () => {
    expect(pressedKeys(ctrl('>', { shiftKey: true, code: 'Period' }))).toBe('CmdOrCtrl+Shift+.');
    expect(pressedKeys(ctrl('!', { shiftKey: true, code: 'Digit1' }))).toBe('CmdOrCtrl+Shift+1');
    expect(pressedKeys(ctrl('ф', { code: 'KeyA' }))).toBe('CmdOrCtrl+A');
    expect(pressedKeys(press('ArrowUp', { altKey: true }))).toBe('Alt+Up');
    expect(pressedKeys(press('Dead', { code: 'IntlBackslash' }))).toBeUndefined();
  });

  test('names the command that has it, and what that one would have instead', () => {
    expect(chooseKeys(ctrl('n'), entry('fit'), {})).toEqual({ kind: 'taken', keys: 'CmdOrCtrl+N', by: 'new-client', instead: undefined });
    expect(chooseKeys(ctrl('n'), entry('open-file'), {})).toEqual({ kind: 'taken', keys: 'CmdOrCtrl+N', by: 'new-client', instead: 'CmdOrCtrl+O' });
  });

  test('is refused with its reason where the window, a pane, a field or the system needs it', () => {
    expect(reason(press('a'))).toMatch(/writes into fields/);
    expect(reason(press('?', { shiftKey: true, code: 'Slash' }))).toMatch(/writes into fields/);
    for (const key of ['w', 'a', 's', 'd']) expect(reason(press(key, { code: `Key${key.toUpperCase()}` }))).toMatch(/moves the timeline/);
    for (const key of ['Home', 'End', 'ArrowLeft', '+']) expect(reason(press(key))).not.toBe('');
    for (const key of ['PageDown', 'Enter', ' ']) expect(reason(press(key))).toMatch(/moves through the tree/);
    for (const key of ['Tab', 'Escape']) expect(reason(press(key))).toMatch(/out of dialogs/);
    for (const key of ['c', 'v', 'x', 'a', 'y']) expect(reason(ctrl(key))).toMatch(/edits the text/);
    expect(reason(ctrl('ArrowLeft'))).toMatch(/edits the text/);
    expect(reason(ctrl('q'))).toMatch(/leaves Hinspector/);
    expect(reason(press('F4', { altKey: true }))).toMatch(/closes the window/);
    expect(reason(press('F10', { shiftKey: true }))).toMatch(/context menu/);
    expect(reason(ctrl('e', { altKey: true }))).toMatch(/AltGr/);
    expect(reason(press('r', { metaKey: true }))).toMatch(/Windows key/);
    expect(reason(ctrl('ß', { code: 'IntlYen' }))).toMatch(/no key for a command/);
  });

  test('may be what the command has at first, even where no other may have it', () => {
    expect(chooseKeys(press('f', { code: 'KeyF' }), entry('fit'), { 'fit': 'CmdOrCtrl+U' })).toEqual({ kind: 'free', keys: 'F' });
    expect(reason(press('f', { code: 'KeyF' }), 'help')).toMatch(/writes into fields/);
    for (const one of COMMAND_CATALOG) if (one.keys !== undefined) expect(keyRefusal(one.keys, one)).toBeUndefined();
  });
});

describe('keys that were changed', () => {
  test('are those of the command, and the old ones are free', () => {
    const changes = withKeys({}, 'new-client', 'CmdOrCtrl+U');
    expect(commandBindings(changes).get('new-client')).toBe('CmdOrCtrl+U');
    expect(claim('CmdOrCtrl+N', entry('fit'), changes)).toEqual({ kind: 'free', keys: 'CmdOrCtrl+N' });
  });

  test('can be swapped with those of another command, which gets none that it may not have', () => {
    const swapped = commandBindings(swapKeys({}, 'open-file', 'CmdOrCtrl+N'));
    expect([swapped.get('open-file'), swapped.get('new-client')]).toEqual(['CmdOrCtrl+N', 'CmdOrCtrl+O']);
    const taken = commandBindings(swapKeys({}, 'fit', 'CmdOrCtrl+N'));
    expect([taken.get('fit'), taken.get('new-client')]).toEqual(['CmdOrCtrl+N', undefined]);
  });

  test('can be taken away, and given back as at first without a trace', () => {
    const without = withKeys({}, 'help', undefined);
    expect(commandBindings(without).has('help')).toBe(false);
    expect(withKeys(without, 'help', 'Shift+/')).toEqual({});
  });

  test('win over keys that a later version gives to another command', () => {
    const later: readonly CommandEntry[] = [{ id: 'fit', title: 'Fit', keys: 'CmdOrCtrl+U', menu: 'View' }, { id: 'help', title: 'Keys', keys: 'F2', menu: 'Help' }];
    expect([...commandBindings({ 'help': 'CmdOrCtrl+U' }, later)]).toEqual([['help', 'CmdOrCtrl+U']]);
  });

  test('that were remembered count as far as they are commands and keys', () => {
    expect(keyChangesFrom({ 'help': 'F1', 'fit': '', 'format-disk': 'F2', 'tour': 'F1+F2', 'theme': 7, '__proto__': 'F3' })).toEqual({ 'help': 'F1', 'fit': '' });
    for (const nothing of [undefined, null, 'F1', 3, []]) expect(keyChangesFrom(nothing)).toEqual({});
  });

  test('never give two commands the same, whatever is chosen and swapped, and each is heard', () => {
    const ids = fc.constantFrom(...COMMAND_CATALOG.map(({ id }) => id));
    const keys = fc.constantFrom(...COMMAND_CATALOG.flatMap((one) => one.keys ?? []), 'CmdOrCtrl+U', 'Alt+1', 'F8', undefined);
    fc.assert(fc.property(fc.array(fc.tuple(ids, keys, fc.boolean()), { maxLength: 30 }), (steps) => {
      let changes: KeyChanges = {};
      for (const [id, wanted, swaps] of steps) changes = swaps && wanted !== undefined ? swapKeys(changes, id, wanted) : withKeys(changes, id, wanted);
      const bound = [...commandBindings(changes).values()];
      expect(new Set(bound).size).toBe(bound.length);
      expect(bound.every(isKeys)).toBe(true);
      // Kept as text and read again they are the same.
      expect(commandBindings(keyChangesFrom(JSON.parse(JSON.stringify(changes))))).toEqual(commandBindings(changes));
    }), { numRuns: 500 });
  });

  test('are heard by the press that they were chosen with', () => {
    const presses = [ctrl('u'), ctrl('>', { shiftKey: true, code: 'Period' }), ctrl('!', { shiftKey: true, code: 'Digit1' }), press('F8', { shiftKey: true }), press('Delete', { altKey: true }), press('ArrowUp', { altKey: true }), ctrl('ж', { code: 'Semicolon' })];
    for (const made of presses) {
      const choice = chooseKeys(made, entry('new-client'), {});
      expect(choice.kind).toBe('free');
      if (choice.kind === 'free') expect(matchesKeys(made, choice.keys)).toBe(true);
    }
  });

  test('are written as on a keyboard', () => expect(['Alt+Up', 'CmdOrCtrl+PageDown', 'Shift+F8'].map(keyLabel)).toEqual(['Alt+↑', 'Ctrl+PgDn', 'Shift+F8']));
});

describe('the help', () => {
  const ids = (wanted: string, changes: KeyChanges = {}): readonly CommandId[] => helpCommands(wanted, changes).flatMap(({ commands }) => commands.map(({ id }) => id));

  test('finds a command by name, menu and the keys that it has now', () => {
    expect(ids('').length).toBe(COMMAND_CATALOG.length);
    expect(ids('cancel HANDLE')).toEqual(['cancel-request']);
    expect(ids('ctrl+shift+p')).toEqual(['palette']);
    expect(ids('ctrl+u', { 'fit': 'CmdOrCtrl+U' })).toEqual(['fit']);
    expect(ids('no such thing')).toEqual([]);
  });
});
