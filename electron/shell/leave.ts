import { app } from 'electron';
import type { Inspector } from '../inspector/inspector';
import type { CoreProgress } from '../ipc/core-progress';

/** Ends of pending operations are waited for no longer than this, in milliseconds: leaving never hangs. */
const LONGEST_MS = 5000;

/** What is left: all of the application that a person sees. */
export interface Leaving {
  /** Asks what is to become of what no file holds; the app stays when the person thinks better of it. */
  mayLeave(): Promise<boolean>;
  dispose(): void;
}

/**
 * Leaves in order: handles are closed and their ends waited for, and the windows stay until then and say so.
 * @param first done before handles are closed: what would act on them meanwhile ends
 * @param last done when everything else has ended: what is begun there goes on without this process
 */
export function leaveInOrder(windows: Leaving, inspector: Inspector, progress: CoreProgress, { first, last }: { readonly first: () => void; readonly last: () => Promise<void> }): void {
  let begun = false;
  const leave = async (): Promise<void> => {
    first();
    const pending = pendingOperations(inspector);
    if (pending > 0) {
      progress.tell({ leaving: `Closing every handle. ${pending} pending operation${pending === 1 ? '' : 's'} must end first: ${LONGEST_MS / 1000} s at most.` });
    }
    const bound = new Promise<void>((resolve) => { setTimeout(resolve, LONGEST_MS); });
    // A fault while leaving must not keep the windows: what was recorded is in the journal.
    await Promise.race([inspector.engine.dispose().catch(() => undefined), bound]);
    windows.dispose();
    await last().catch(() => undefined);
    app.exit(0);
  };
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (begun) return;
    begun = true;
    void windows.mayLeave().then((may) => {
      begun = may;
      return may ? leave() : undefined;
    });
  });
}

function pendingOperations(inspector: Inspector): number {
  let pending = 0;
  for (const node of inspector.trace.tree.all()) pending += node.pending.length;
  return pending;
}
