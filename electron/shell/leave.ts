import { app, type BrowserWindow } from 'electron';
import type { Inspector } from '../inspector/inspector';
import type { UpdateStream } from '../ipc/update-stream';

/** Ends of pending operations are waited for no longer than this, in milliseconds: leaving never hangs. */
const LONGEST_MS = 5000;

/**
 * Leaves in order: handles are closed and their ends waited for, and the window stays until then and says so. Closing the
 * window and quitting are the same.
 * @param mayLeave asks what is to become of what no file holds; the app stays when the person thinks better of it
 */
export function leaveInOrder(window: BrowserWindow, inspector: Inspector, updates: UpdateStream, mayLeave: () => Promise<boolean>): void {
  let begun = false;
  const leave = async (): Promise<void> => {
    const pending = pendingOperations(inspector);
    if (pending > 0) {
      updates.leaving(`Closing every handle. ${pending} pending operation${pending === 1 ? '' : 's'} must end first: ${LONGEST_MS / 1000} s at most.`);
    }
    const bound = new Promise<void>((resolve) => { setTimeout(resolve, LONGEST_MS); });
    // A fault while leaving must not keep the window: what was recorded is in the journal.
    await Promise.race([inspector.engine.dispose().catch(() => undefined), bound]);
    updates.dispose();
    app.exit(0);
  };
  const hold = (event: Electron.Event): void => {
    event.preventDefault();
    if (begun) return;
    begun = true;
    void mayLeave().then((may) => {
      begun = may;
      return may ? leave() : undefined;
    });
  };
  window.on('close', hold);
  app.on('before-quit', hold);
}

function pendingOperations(inspector: Inspector): number {
  let pending = 0;
  for (const node of inspector.trace.tree.all()) pending += node.pending.length;
  return pending;
}
