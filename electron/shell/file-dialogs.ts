import { app, BrowserWindow, dialog } from 'electron';
import path from 'node:path';
import { IMPORT_EXTENSIONS, RECORDING_EXTENSIONS } from '../../preload/contract/session';
import type { DeskWorld } from '../session/desk/desk';
import { SESSION_EXTENSION } from '../session/format';

/** The window that a dialog stands over; before there is one it stands by itself. */
function window(): BrowserWindow | undefined {
  return BrowserWindow.getAllWindows()[0];
}

/** The system's own dialogs for files. */
export function fileDialogs(): Pick<DeskWorld, 'chooseOpen' | 'chooseSave' | 'askUnsaved'> {
  return {
    chooseOpen: async () => {
      const options = {
        title: 'Open a recording', properties: ['openFile' as const],
        filters: [{ name: 'Recordings', extensions: [...RECORDING_EXTENSIONS, ...IMPORT_EXTENSIONS] }, { name: 'Recorded sessions', extensions: [...RECORDING_EXTENSIONS] }, { name: 'All files', extensions: ['*'] }],
      };
      const over = window();
      const { filePaths } = await (over === undefined ? dialog.showOpenDialog(options) : dialog.showOpenDialog(over, options));
      return filePaths[0];
    },
    chooseSave: async (suggested) => {
      const options = {
        title: 'Save the recording', defaultPath: path.isAbsolute(suggested) ? suggested : path.join(app.getPath('documents'), suggested),
        filters: [{ name: 'Recorded session', extensions: [SESSION_EXTENSION.slice(1)] }],
      };
      const over = window();
      const { canceled, filePath } = await (over === undefined ? dialog.showSaveDialog(options) : dialog.showSaveDialog(over, options));
      // Older versions answer an empty path, newer ones none.
      return canceled || filePath === undefined || filePath === '' ? undefined : filePath;
    },
    askUnsaved: async (name) => {
      const options = {
        type: 'question' as const, message: `Save the notes on ${name}?`, detail: 'They are in no file yet.', buttons: ['Save…', 'Don’t save', 'Cancel'], defaultId: 0, cancelId: 2,
      };
      const over = window();
      const { response } = await (over === undefined ? dialog.showMessageBox(options) : dialog.showMessageBox(over, options));
      return response === 0 ? 'save' : response === 1 ? 'discard' : 'cancel';
    },
  };
}
