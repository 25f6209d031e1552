import { describe, expect, test } from 'vitest';
import { contextMenuTemplate, menuTemplate } from '../../../electron/shell/menu-template';
import { COMMAND_CATALOG } from '../../../preload/contract/command-catalog';
import type { KeyChanges } from '../../../preload/contract/command-keys';

interface Shown {
  readonly id?: string;
  readonly accelerator?: unknown;
  readonly registerAccelerator?: boolean;
  readonly click?: unknown;
}

function items(changes: KeyChanges, chosen: string[] = []): readonly Shown[] {
  return menuTemplate(changes, (id) => { chosen.push(id); }).flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
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

describe('a context menu', () => {
  const REQUEST = {
    x: 1, y: 2,
    groups: [[{ id: 'close-handle', off: undefined }, { id: 'cancel-request', off: 'HttpCancelHttpRequest takes a server request & nothing else.' }], [], [{ id: 'new-client', off: 'x'.repeat(300) }]],
  } as const;

  test('has the words and keys of the catalogue, and a line between its groups', () => {
    const chosen: string[] = [];
    const template = contextMenuTemplate(REQUEST, { 'close-handle': 'CmdOrCtrl+J' }, (id) => { chosen.push(id); });
    expect(template.map(({ id, type }) => id ?? type)).toEqual(['close-handle', 'cancel-request', 'separator', 'new-client']);
    expect(template[0]).toMatchObject({ label: 'Close handle', accelerator: 'CmdOrCtrl+J', registerAccelerator: false });
    const [first] = items({}).filter(({ id }) => id === 'close-handle');
    expect(first).toMatchObject({ label: 'Close handle' });
    const click: unknown = template[0]?.click;
    if (typeof click === 'function') click();
    expect(chosen).toEqual(['close-handle']);
  });

  test('says in its own line why a command is off, no wider than can be read', () => {
    const [, cancel, , client] = contextMenuTemplate(REQUEST, {}, () => undefined);
    expect(cancel).toMatchObject({ label: 'Cancel request (HttpCancelHttpRequest takes a server request && nothing else.)', enabled: false });
    expect(client?.label?.length).toBeLessThan(120);
    expect(cancel?.click).toBeUndefined();
  });
});
