import { describe, expect, test } from 'vitest';
import { menuTemplate } from '../../../electron/shell/menu-template';
import { COMMAND_CATALOG } from '../../../preload/contract/command-catalog';
import type { KeyChanges } from '../../../preload/contract/command-keys';

interface Shown {
  readonly id?: string;
  readonly accelerator?: unknown;
  readonly registerAccelerator?: boolean;
  readonly click?: unknown;
}

function items(changes: KeyChanges, chosen: string[] = []): readonly Shown[] {
  return menuTemplate(changes, { choose: (id) => { chosen.push(id); }, newEngine: undefined }).flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
}

describe('the application menu', () => {
  test('has every command of the catalogue once, and hands on the one that is chosen', () => {
    const chosen: string[] = [];
    const commands = items({}, chosen).flatMap((item) => (item.id === undefined ? [] : [item]));
    expect(commands.map(({ id }) => id).sort()).toEqual(COMMAND_CATALOG.map(({ id }) => id).sort());
    for (const { click } of commands) if (typeof click === 'function') click();
    expect(chosen).toEqual(commands.map(({ id }) => id));
  });

  test('shows the keys that a person has given, and none where they were taken away', () => {
    const shown = new Map(items({ 'new-client': 'CmdOrCtrl+J', 'help': '' }).map(({ id, accelerator }) => [id, accelerator]));
    expect([shown.get('new-client'), shown.get('help'), shown.get('new-server')]).toEqual(['CmdOrCtrl+J', undefined, 'CmdOrCtrl+Shift+N']);
  });

  test('takes no key from a text field: those the page hears itself', () => {
    const left = items({}).filter(({ registerAccelerator }) => registerAccelerator === false).map(({ id }) => id);
    expect(left).toEqual(expect.arrayContaining(['close-handle', 'fit', 'fit-handle', 'follow', 'help']));
    expect(items({ 'fit': 'CmdOrCtrl+J' }).find(({ id }) => id === 'fit')?.registerAccelerator).toBe(true);
  });
});
