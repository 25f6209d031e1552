import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import path from 'node:path';
import { visiblePlace, type Area } from './visible-place';
import { LEAST_SIZE, type WindowState, type WindowStates } from './window-states';

/** The surface colours of DESIGN.md, so that the first frame has the page's own. */
const BACKGROUND = { dark: '#14161b', light: '#fbfbfd' } as const;

const FIRST_SIZE = { width: 1280, height: 800 } as const;

/** How far a window that was never there before lies from the one it comes of, in pixels. */
const STEP = 32;

/** Moving and resizing come in hundreds: the place is written down when they have ended, after so many milliseconds. */
const SETTLED_MS = 500;

/**
 * A window where it was when it was open last, on a display that is there; not shown yet.
 * @param number the window's own, by which its place is remembered
 * @param beside the window that it was asked for in
 */
export function createWindow(preload: string, number: number, states: WindowStates, beside: BrowserWindow | undefined): BrowserWindow {
  const remembered = states.of(number);
  const wanted = remembered?.bounds ?? (beside === undefined ? undefined : stepFrom(beside.getNormalBounds()));
  const window = new BrowserWindow({
    ...(wanted === undefined ? FIRST_SIZE : visiblePlace(wanted, workAreas())),
    minWidth: LEAST_SIZE.width, minHeight: LEAST_SIZE.height, show: false, title: 'Hinspector',
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload: path.resolve(preload), sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false, spellcheck: false, zoomFactor: states.zoom,
    },
  });
  window.once('ready-to-show', () => {
    if (remembered?.maximized === true) window.maximize();
    if (remembered?.fullScreen === true) window.setFullScreen(true);
    window.show();
  });
  keepState(window, (state) => states.keep(number, state));
  return window;
}

function stepFrom({ x, y, width, height }: Area): Area {
  return { x: x + STEP, y: y + STEP, width, height };
}

function workAreas(): readonly Area[] {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  return [primary, ...others].map(({ workArea }) => workArea);
}

function keepState(window: BrowserWindow, keep: (state: WindowState) => void): void {
  let timer: NodeJS.Timeout | undefined;
  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (!window.isDestroyed()) keep({ bounds: window.getNormalBounds(), maximized: window.isMaximized(), fullScreen: window.isFullScreen() });
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(write, SETTLED_MS);
    timer.unref();
  };
  // Not one listener for a list of names: each event has a type of its own.
  window.on('resize', soon);
  window.on('move', soon);
  window.on('maximize', soon);
  window.on('unmaximize', soon);
  window.on('enter-full-screen', soon);
  window.on('leave-full-screen', soon);
  window.on('close', write);
  // Leaving closes no window: it waits for what pends, and then the process ends with its windows.
  app.on('before-quit', write);
  window.on('closed', () => { app.off('before-quit', write); });
}
