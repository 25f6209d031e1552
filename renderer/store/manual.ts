import type { ManualPageId, ManualPlace } from '../model/manual';
import { appState, useApp } from './state';

/** Where the reading goes on when the manual is opened for no page in particular. */
let lastRead: ManualPlace = { page: 'first-steps' satisfies ManualPageId, section: undefined };

/** Opens the manual over whatever is shown: at a page, or where the reading ended. */
export function openManual(page?: ManualPageId): void {
  readOn(page === undefined ? lastRead : { page, section: undefined });
}

export function readOn(place: ManualPlace): void {
  lastRead = place;
  useApp.setState({ manual: place });
}

export function closeManual(): void {
  if (appState().manual !== undefined) useApp.setState({ manual: undefined });
}
