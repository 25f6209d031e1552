import { app, dialog, type BrowserWindow } from 'electron';
import path from 'node:path';
import { IMPORT_EXTENSIONS, RECORDING_EXTENSIONS } from '../../preload/contract/session';
import type { DeskWorld } from '../session/desk/desk';
import { SESSION_EXTENSION } from '../session/format';

/** The system's own dialogs for files, over the window that asks. */
export function fileDialogs(over: BrowserWindow): Pick<DeskWorld, 'chooseOpen' | 'chooseSave' | 'askUnsaved'> {
  return {
    chooseOpen: async () => {
      const options = {
        title: 'Open a recording', properties: ['openFile' as const],
        filters: [{ name: 'Recordings', extensions: [...RECORDING_EXTENSIONS, ...IMPORT_EXTENSIONS] }, { name: 'Recorded sessions', extensions: [...RECORDING_EXTENSIONS] }, { name: 'All files', extensions: ['*'] }],
      };
      const { filePaths } = await dialog.showOpenDialog(over, options);
      return filePaths[0];
    },
    chooseSave: async (suggested) => {
      const options = {
        title: 'Save the recording', defaultPath: path.isAbsolute(suggested) ? suggested : path.join(app.getPath('documents'), suggested),
        filters: [{ name: 'Recorded session', extensions: [SESSION_EXTENSION.slice(1)] }],
      };
      const { canceled, filePath } = await dialog.showSaveDialog(over, options);
      // Older versions answer an empty path, newer ones none.
      return canceled || filePath === undefined || filePath === '' ? undefined : filePath;
    },
    askUnsaved: async (name) => {
      const options = {
        type: 'question' as const, message: `Save the notes on ${name}?`, detail: 'They are in no file yet.', buttons: ['Save…', 'Don’t save', 'Cancel'], defaultId: 0, cancelId: 2,
      };
      const { response } = await dialog.showMessageBox(over, options);
      return response === 0 ? 'save' : response === 1 ? 'discard' : 'cancel';
    },
  };
}
