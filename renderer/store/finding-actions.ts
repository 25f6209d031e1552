import type { HandleId } from '../../preload/contract/ids';
import { appState, useApp, type AppState } from './state';
import { showBottomTab } from './layout-actions';

/** The open handles that were opened by the same call as the selected one. */
export function groupOf({ findings, selection: { handle } }: AppState): readonly HandleId[] {
  return findings?.leaks.find(({ handles }) => handles.some(({ id }) => id === handle))?.handles.map(({ id }) => id) ?? [];
}

/** Asks why the chosen finding is not to be told any more. */
export function askToMute(): void {
  showBottomTab('findings');
  useApp.setState({ muting: appState().finding });
}

export function stopMuting(): void {
  useApp.setState({ muting: undefined });
}

export function toggleShowMuted(): void {
  useApp.setState((state) => ({ showMuted: !state.showMuted }));
}
