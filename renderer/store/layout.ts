import { TABLES } from '../model/tables';
import { TIME_MODES } from '../model/time-mode';
import { flag, oneOf, pixels, places, readKinds, type ValuesOf } from './setting-kinds';

/** What each window remembers for itself: its panes, its columns, and how it tells the time. */
const KINDS = {
  treeWidth: pixels(336),
  sideWidth: pixels(376),
  /** Of the side pane while it shows a scenario: its text wants more room. */
  scenarioWidth: pixels(560),
  bottomHeight: pixels(228),
  treeShown: flag(true),
  sideShown: flag(true),
  bottomShown: flag(true),
  /** The tabs that a person chose last; a sweep is not begun with. */
  bottomTab: oneOf(['events', 'findings', 'open', 'output']),
  sideTab: oneOf(['details', 'http', 'scenario']),
  timeMode: oneOf(TIME_MODES),
  events: places(TABLES.events.columns),
  findings: places(TABLES.findings.columns),
  tree: places(TABLES.tree.columns),
} as const;

export type Layout = ValuesOf<typeof KINDS>;

export const FIRST_LAYOUT: Layout = readKinds(KINDS, {});

/** A layout as it was remembered: whatever of it cannot be is as at first. */
export function layoutFrom(found: unknown): Layout {
  return readKinds(KINDS, found);
}

const keyOf = (window: number): string => `hinspector.layout.${window}`;

/** @param window the window's number: one that was never there before is laid out as the first one is */
export function loadLayout(window: number): Layout {
  try {
    return layoutFrom(JSON.parse(localStorage.getItem(keyOf(window)) ?? localStorage.getItem(keyOf(0)) ?? '{}'));
  } catch {
    return FIRST_LAYOUT;
  }
}

export function saveLayout(window: number, layout: Layout): void {
  try {
    localStorage.setItem(keyOf(window), JSON.stringify(layout));
  } catch {
    // A full or forbidden store costs the memory of the layout, not the layout.
  }
}
