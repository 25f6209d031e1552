import type { ManualPageId } from './manual';

/**
 * The page that tells of a dialog, by its kind. The palette says all there is to say of itself.
 * Kept apart from the dialogs: a dialog that is drawn need not know that there is a manual.
 */
export const DIALOG_PAGES = {
  'new-client': 'by-hand', 'new-server': 'by-hand', respond: 'by-hand', 'answer-rules': 'by-hand', code: 'by-hand', gallery: 'scenarios',
  recent: 'sessions', note: 'sessions', notes: 'sessions', export: 'sessions', comparison: 'compare', 'record-others': 'other-programs', 'service-state': 'other-programs', help: 'keys', palette: 'keys', settings: 'settings', columns: 'settings', about: 'settings', updates: 'settings',
} as const satisfies Readonly<Record<string, ManualPageId>>;

/** The page that tells of a question, by what it asks about. */
export const QUESTION_PAGES = {
  'close': 'close-hangs', 'cancel': 'cancelled-answers', 'close-all': 'leaks', 'remove': 'sessions', 'begin-anew': 'sessions',
} as const satisfies Readonly<Record<string, ManualPageId>>;

/** The page that tells of a part of the window, by the name that the part gives itself in `data-help`. */
const PART_PAGES: ReadonlyMap<string, ManualPageId> = new Map(Object.entries({
  http: 'requests', filter: 'filter', findings: 'findings', open: 'leaks', sweep: 'sweep', scenario: 'scenarios',
} as const));

export function pageOfPart(name: string | undefined): ManualPageId | undefined {
  return name === undefined ? undefined : PART_PAGES.get(name);
}
