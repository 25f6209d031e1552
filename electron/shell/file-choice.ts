import { dialog, type BrowserWindow } from 'electron';
import type { ScenarioFileChoice } from '../ipc/scenario-handlers';
import type { FileChoice } from '../ipc/exchange-handlers';
import { IMPORT_EXTENSIONS, RECORDING_EXTENSIONS } from '../../preload/contract/session';

/** Where the person wants a file, by the system's own dialogs: the window's page never names a path. */
export function fileChoice(window: BrowserWindow): FileChoice {
  return {
    save: async (title, name, extensions) => {
      const { canceled, filePath } = await dialog.showSaveDialog(window, { title, defaultPath: name, filters: [{ name: title, extensions: [...extensions] }] });
      // Older versions answer an empty path, newer ones none.
      return canceled || filePath === undefined || filePath === '' ? undefined : filePath;
    },
    open: async (title) => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, {
        title, properties: ['openFile'], filters: [{ name: 'Recordings', extensions: [...RECORDING_EXTENSIONS, ...IMPORT_EXTENSIONS] }, { name: 'All files', extensions: ['*'] }],
      });
      return canceled ? undefined : filePaths[0];
    },
    any: async (title) => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, { title, properties: ['openFile'] });
      return canceled ? undefined : filePaths[0];
    },
  };
}

const SCENARIO_EXTENSIONS = ['yaml', 'yml', 'json'];

/** The same for scenarios. */
export function scenarioFileChoice(window: BrowserWindow): ScenarioFileChoice {
  const filters = [{ name: 'Scenarios', extensions: SCENARIO_EXTENSIONS }];
  return {
    open: async () => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, { title: 'Open a scenario', properties: ['openFile'], filters: [...filters, { name: 'All files', extensions: ['*'] }] });
      return canceled ? undefined : filePaths[0];
    },
    save: async (name) => {
      const { canceled, filePath } = await dialog.showSaveDialog(window, { title: 'Save the scenario', defaultPath: name, filters });
      return canceled || filePath === undefined || filePath === '' ? undefined : filePath;
    },
  };
}
