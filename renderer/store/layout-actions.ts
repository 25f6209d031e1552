import type { ColumnPlace } from '../model/columns';
import type { TableName } from '../model/tables';
import { FIRST_LAYOUT, saveLayout, type Layout } from './layout';
import { appState, useApp, type BottomTab } from './state';

export function changeLayout(change: Partial<Layout>): void {
  const layout = { ...appState().layout, ...change };
  useApp.setState({ layout });
  saveLayout(appState().info?.window ?? 0, layout);
}

/** The panes about the timeline, which alone cannot be hidden. */
export type PaneName = 'tree' | 'side' | 'bottom';

const SHOWN = { tree: 'treeShown', side: 'sideShown', bottom: 'bottomShown' } as const satisfies Readonly<Record<PaneName, keyof Layout>>;
const WORDS: Readonly<Record<PaneName, string>> = { tree: 'The handle tree', side: 'The details', bottom: 'The bottom pane' };

export function isPaneShown(layout: Layout, pane: PaneName): boolean {
  return layout[SHOWN[pane]];
}

export function togglePane(pane: PaneName): void {
  const shown = !isPaneShown(appState().layout, pane);
  changeLayout({ [SHOWN[pane]]: shown });
  useApp.setState({ announcement: `${WORDS[pane]} ${pane === 'side' ? 'are' : 'is'} ${shown ? 'shown' : 'hidden'}.` });
}

/** Shows a tab of the bottom pane, and the pane with it. */
export function showBottomTab(bottomTab: BottomTab): void {
  useApp.setState({ bottomTab });
  changeLayout({ bottomShown: true, ...(bottomTab === 'sweep' ? {} : { bottomTab }) });
}

export function showSideTab(sideTab: Layout['sideTab']): void {
  useApp.setState({ sideTab });
  changeLayout({ sideShown: true, sideTab });
}

export function placeColumns(table: TableName, places: readonly ColumnPlace[]): void {
  // The places of a table are made of those that it had: its own columns, and each once.
  changeLayout({ [table]: places } as Partial<Layout>);
}

export function resetColumns(table: TableName): void {
  changeLayout({ [table]: FIRST_LAYOUT[table] });
}

/** Panes, sizes, columns, tabs and the telling of time as they are at first. */
export function resetLayout(): void {
  changeLayout(FIRST_LAYOUT);
  useApp.setState({ bottomTab: FIRST_LAYOUT.bottomTab, sideTab: FIRST_LAYOUT.sideTab, announcement: 'The layout is as at first.' });
}
