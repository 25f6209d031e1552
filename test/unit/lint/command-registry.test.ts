import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { menuTemplate } from '../../../electron/shell/menu-template';
import { COMMAND_CATALOG, type CommandId } from '../../../preload/contract/command-catalog';
import { helpCommands } from '../../../renderer/commands/help-commands';
import { paletteCommands } from '../../../renderer/commands/palette-commands';
import { buttonsIn, showsDialog } from './buttons';

const project = new URL('../../../', import.meta.url);
const source = (file: string): string => readFileSync(new URL(file, project), 'utf8');

/** What gives a command of the catalogue. */
const GIVES: ReadonlySet<string> = new Set(['giveNamedCommand', 'giveToNote']);

/** Rooms whose every file is drawn inside a dialog, or is a control that knows no command. */
const OF_DIALOGS = ['ui/', 'compose/', 'exchange/', 'settings/', 'about/', 'manual/', 'commands/', 'editor/'];

/** To choose a row or follow a link is local wherever it stands: it goes to what it names. */
const GOES: ReadonlySet<string> = new Set(['selectEvent', 'selectHandle', 'reveal', 'showTime', 'openPage', 'askOpenPage']);

/**
 * What buttons outside dialogs call that is no command, each with the reason: they choose a row, follow a link, answer a
 * question that stands there, or move through what the pane itself shows. Everything else a person can do is a command.
 */
const LOCAL: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'app.tsx': { reload: 'main cannot be reached: there is nothing to give a command to' },
  'banners.tsx': { giveOthersCommand: 'dismisses the message that it stands beside' },
  'held-back.tsx': { undoHeld: 'the command undo, for the one that it stands beside' },
  'lately.tsx': { giveSessionCommand: 'chooses a row of the recent recordings' },
  'details/explained.tsx': { appState: 'beside a link to an event' },
  'details/http/body-view.tsx': { onCopy: 'copies the part that it stands in' },
  'details/http/byte-views.tsx': { setMost: 'shows more of the part that it stands in' },
  'details/http/json-view.tsx': { setMost: 'shows more of the part that it stands in' },
  'details/http/message-view.tsx': { copyHttp: 'copies the part that it stands in', onCopy: 'copies the part that it stands in' },
  'details/raw-bytes.tsx': { onCopy: 'copies the part that it stands in', setMost: 'shows more of the part that it stands in' },
  'events/events-pane.tsx': { goOn: 'the progress of the list', stop: 'the progress of the list', setFollows: 'where the list is scrolled to' },
  'findings/findings-pane.tsx': { setState: 'leaves the finding that is read for the list of mutes' },
  'findings/mute-finding.tsx': { onDone: 'leaves the form' },
  'findings/mutes.tsx': { giveDestructive: 'removes the mute that it stands in, and asks as every removal does' },
  'findings/open-handles-pane.tsx': {
    closeTheRest: 'answers the question whether to go on', leaveTheRest: 'answers the question whether to go on',
    some: 'asks whether it is chosen', appState: 'asks whether it is chosen',
  },
  // Drawn inside the gallery's dialog, or beside the scenario that is edited.
  'scenarios/about-tab.tsx': { sweepIt: 'of the scenario that is read', showBottomTab: 'of the scenario that is read', wishSweep: 'of the scenario that is read' },
  'scenarios/break-menu.tsx': { getBoundingClientRect: 'opens the choice that it stands in', max: 'opens the choice that it stands in' },
  'scenarios/gallery-list.tsx': { runBatch: 'of the rows that it stands above', onChoose: 'chooses a row' },
  'scenarios/results-tab.tsx': { copyResults: 'copies the table that it stands above' },
  'scenarios/step-reports.tsx': { showStepEvents: 'a link to events' },
  'scenarios/text-tab.tsx': { setGoTo: 'a link to a line', removeOwn: 'of the text that is edited', revertScenario: 'of the text that is edited', saveScenarioAs: 'of the text that is edited' },
  'scenarios/scenario-run.tsx': { stopScenario: 'the progress of the run' },
  'scenarios/tour-pane.tsx': { showStop: 'chooses a stop of the tour' },
  'sweep/sweep-form.tsx': { runSweep: 'submits the form' },
  'sweep/sweep-matrix.tsx': { openSweepTrace: 'chooses a row' },
};

const files = readdirSync(new URL('renderer/', project), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.tsx')).map((file) => file.replaceAll('\\', '/'));

/** The commands that one of the places which show them all does not have. */
function lacking(shown: Iterable<string | undefined>): readonly CommandId[] {
  const has = new Set(shown);
  return COMMAND_CATALOG.map(({ id }) => id).filter((id) => !has.has(id));
}

function menuIds(): readonly (string | undefined)[] {
  return menuTemplate({}, () => undefined).flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu.map(({ id }) => id) : []));
}

describe('every command of the catalogue', () => {
  test('stands in the application menu, once', () => {
    expect(lacking(menuIds())).toEqual([]);
    const ids = menuIds().filter((id) => id !== undefined);
    expect(ids.length).toBe(COMMAND_CATALOG.length);
  });

  test('stands in the palette, but for the palette itself', () => {
    expect(lacking(paletteCommands('', []).map(({ entry }) => entry.id))).toEqual(['palette']);
  });

  test('stands in the help', () => {
    expect(lacking(helpCommands('', {}).flatMap(({ commands }) => commands.map(({ id }) => id)))).toEqual([]);
  });

  test('that a place lacks is named', () => {
    expect(lacking(menuIds().filter((id) => id !== 'copy-raw' && id !== 'new-engine'))).toEqual(['new-engine', 'copy-raw']);
  });
});

describe('the application menu', () => {
  test('has beside the commands only what Electron itself does', () => {
    for (const { submenu } of menuTemplate({}, () => undefined)) {
      for (const { id, role, type, click } of Array.isArray(submenu) ? submenu : []) {
        expect(id !== undefined || role !== undefined || type === 'separator').toBe(true);
        if (id === undefined) expect(click).toBeUndefined();
      }
    }
  });

  test('and the context menus are made in one place', () => {
    const shell = readdirSync(new URL('electron/', project), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    expect(shell.filter((file) => source(`electron/${file}`).includes('buildFromTemplate')).map((file) => file.replaceAll('\\', '/'))).toEqual(['shell/menu.ts']);
  });
});

describe('a button outside a dialog', () => {
  test('gives a command of the catalogue, or is known to be local', () => {
    const own = files.flatMap((file) => {
      const text = source(`renderer/${file}`);
      if (OF_DIALOGS.some((room) => file.startsWith(room)) || showsDialog(text)) return [];
      const local = LOCAL[file] ?? {};
      // One without a handler of its own submits its form, or is heard by the row that it stands in.
      return buttonsIn(file, text).flatMap(({ words, calls }) => calls
        .filter((call) => !GIVES.has(call) && !GOES.has(call) && local[call] === undefined)
        .map((call) => `renderer/${file}: “${words}” calls ${call}: make it a command of preload/contract/command-catalog.ts, or say in this test why it is local`));
    });
    expect(own).toEqual([]);
  });

  test('with a behaviour of its own is found, however it is written', () => {
    const wrong = `
      export function Wrong() {
        const close = () => { void closeEverything(); };
        return <><Button onPress={close}>Close it</Button><button type="button" aria-label="Burn" onClick={() => burn()} /><Button onPress={() => giveNamedCommand('fit')}>Fit</Button></>;
      }`;
    expect(buttonsIn('wrong.tsx', wrong)).toEqual([{ words: 'Close it', calls: ['closeEverything'] }, { words: 'Burn', calls: ['burn'] }, { words: 'Fit', calls: ['giveNamedCommand'] }]);
  });

  test('names no keys of a command in its words, for a person may have changed them', () => {
    const written = readdirSync(new URL('renderer/', project), { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
    const named = written.flatMap((file) => source(`renderer/${file}`).split('\n').filter((line) => !/^\s*(?:\/\/|\/?\*)/.test(line) && /\((?:(?:Ctrl|Shift|Alt)\+[^)]+|F\d{1,2}|[A-Z])\)[.:]?['"`]/.test(line)).map((line) => `renderer/${file}: ${line.trim()}: ask withCommandKeys`));
    expect(named).toEqual([]);
  });

  test('of the toolbar is always a command', () => {
    expect(buttonsIn('toolbar.tsx', source('renderer/toolbar.tsx'))).toEqual([]);
  });
});
