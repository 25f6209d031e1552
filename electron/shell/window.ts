import { BrowserWindow, nativeTheme } from 'electron';
import path from 'node:path';

/** The surface colours of DESIGN.md, so that the first frame has the page's own. */
const BACKGROUND = { dark: '#14161b', light: '#fbfbfd' } as const;

export function createWindow(preload: string): BrowserWindow {
  return new BrowserWindow({
    width: 1280, height: 800, minWidth: 640, minHeight: 400, show: false, title: 'Hinspector',
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: { preload: path.resolve(preload), sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, spellcheck: false },
  });
}
