import { app, dialog, powerMonitor, type BrowserWindow } from 'electron';
import type { Inspector } from '../inspector/inspector';

/** A page that ends oftener than this within a minute is not started again without being asked for. */
const MOST_RELOADS = 3;
const MINUTE_MS = 60_000;

/**
 * Keeps the recording through what ends under it: Chromium's GPU process, the machine's sleep. Each becomes a note in the
 * trace, since what handles do next may come of it.
 */
export function outliveFaults(inspector: Inspector): void {
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    // The end of an engine is told by its handles.
    if (type !== 'GPU' || reason === 'clean-exit') return;
    inspector.note('warning', `Chromium’s GPU process ended (${reason}, exit code ${exitCode}). It is started again by itself; nothing recorded is lost.`);
  });
  noteSleep(inspector);
}

/** A page that has ended is loaded anew and told everything as it stands: it holds nothing that main does not. */
export function reviveWindow(window: BrowserWindow, inspector: Inspector): void {
  let ends: readonly number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    const now = performance.now();
    ends = [...ends.filter((end) => now - end < MINUTE_MS), now];
    inspector.note('error', `The window’s page ended (${reason}, exit code ${exitCode}) and is loaded again. The recording went on.`);
    if (ends.length <= MOST_RELOADS) {
      window.webContents.reload();
      return;
    }
    const options = {
      type: 'error' as const, message: 'The window’s page ends again and again', buttons: ['Load it again', 'Quit'], defaultId: 0, cancelId: 0,
      detail: 'The recording goes on, and its journal is offered at the next start.',
    };
    void dialog.showMessageBox(options).then(({ response }) => {
      ends = [];
      if (response === 0) window.webContents.reload();
      else app.quit();
    });
  });
}

/** The clock of the trace may stand still meanwhile; the one on the wall says how long it was. */
function noteSleep(inspector: Inspector): void {
  let asleep: number | undefined;
  powerMonitor.on('suspend', () => {
    asleep = Date.now();
    inspector.note('info', 'The machine goes to sleep: timers stand still, and peers may close their connections meanwhile.');
  });
  powerMonitor.on('resume', () => {
    const seconds = asleep === undefined ? undefined : Math.max(0, Math.round((Date.now() - asleep) / 1000));
    asleep = undefined;
    inspector.note('info', `The machine woke${seconds === undefined ? '' : `, after ${seconds.toLocaleString('en')} s by the clock on the wall`}.`);
  });
}
