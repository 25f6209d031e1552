import type { CopyAboutRequest } from '../../preload/contract/about';
import type { AppUpdateStep } from '../../preload/contract/app-update';
import { errorMessage } from '../../preload/contract/errors';
import { askAppUpdate, askCopyAbout } from './questions';
import { appState } from './state';
import { report, showDialog } from './view-actions';

/** @param what in words, to say what was copied */
export async function copyAbout(request: CopyAboutRequest, what: string): Promise<void> {
  const copied = await askCopyAbout(request);
  if (copied.ok) report('info', `${what} on the clipboard.`);
  else report('error', errorMessage(copied.error));
}

/** Shows where the application stands with newer versions, and asks the feed where nothing is under way already. */
export function checkForUpdates(): void {
  showDialog({ kind: 'updates' });
  const { kind } = appState().appUpdate;
  if (kind !== 'checking' && kind !== 'downloading' && kind !== 'ready') void takeUpdateStep('check');
}

/** What comes of it, and why it failed, main tells in its updates. */
export async function takeUpdateStep(step: AppUpdateStep): Promise<void> {
  await askAppUpdate(step);
}
