import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import type { HandleId } from '../preload/contract/ids';
import { HandleMenu } from './commands/handle-menu';
import { formatCount, formatTime } from './model/time-scale';
import { visibleRows, type Row } from './model/rows';
import { useApp } from './store/state';
import { changeSettings, selectHandle, setFilter, toggleLiveOnly, travelTo } from './store/view-actions';
import { TimelinePane } from './timeline/timeline-pane';
import { TreePane } from './tree/tree-pane';
import { Button } from './ui/button';
import { Separator } from './ui/separator';
import { LiveStatus } from './live-status';
import css from './workbench.module.css';

const ROW_HEIGHT = 28;

interface MenuPlace {
  readonly handle: HandleId;
  readonly x: number;
  readonly y: number;
}

/** The tree and its lanes: one row is one lane, and both have one scroll. */
export function Workbench() {
  const rows = useRows();
  const scroller = useRef<HTMLDivElement>(null);
  const ruler = useRef<HTMLCanvasElement>(null);
  const treeWidth = useApp((state) => state.settings.treeWidth);
  const selected = useApp((state) => state.selection.handle);
  const { width, height } = useSize(scroller);
  const [menu, setMenu] = useState<MenuPlace | undefined>(undefined);
  // oxlint-disable-next-line react/incompatible-library -- its rows are read on every scroll, which a memo would hide
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => ROW_HEIGHT, overscan: 8 });
  const most = Math.max(200, width - 240);
  const shownTree = Math.min(treeWidth, most);
  const lanesWidth = Math.max(0, width - shownTree - 1);
  const rowsHeight = Math.max(height, virtual.getTotalSize());
  const openMenu = useCallback((handle: HandleId, x: number, y: number): void => {
    selectHandle(handle);
    setMenu({ handle, x, y });
  }, []);
  const scrollBy = useCallback((pixels: number): void => { scroller.current?.scrollBy({ top: pixels }); }, []);

  // Whatever selects a handle, a row of the event list or a command, brings its row into view.
  const index = rows.findIndex((row) => row.node.id === selected);
  // Once: rows that come and go above it later do not take the person back to it.
  const brought = useRef<HandleId | undefined>(undefined);
  useEffect(() => {
    if (index < 0 || brought.current === selected) return;
    brought.current = selected;
    virtual.scrollToIndex(index);
  }, [selected, index, virtual]);

  return (
    <section className={css.workbench} aria-label="Handles and timeline">
      <div className={css.head}>
        <div className={css.treeHead} style={{ width: shownTree }}><Heads /></div>
        <div className={css.headLine} aria-hidden="true" />
        <canvas ref={ruler} className={css.ruler} aria-hidden="true" />
      </div>
      <div className={css.lanes}>
        <div ref={scroller} className={css.scroller}>
          <div className={css.rows} style={{ width: shownTree }}>
            <TreePane rows={rows} drawn={virtual.getVirtualItems()} height={rowsHeight} page={Math.max(1, Math.floor(height / ROW_HEIGHT) - 1)} onReveal={(at) => virtual.scrollToIndex(at)} onMenu={openMenu} />
            {rows.length === 0 && <NoRows />}
          </div>
          <div className={css.line} style={{ height: rowsHeight }}>
            <div className={css.sticky} style={{ height }}>
              <Separator name="Width of the tree" direction="vertical" value={shownTree} least={200} most={most} grows={1} onChange={(value) => changeSettings({ treeWidth: value })} />
            </div>
          </div>
          <div className={css.canvas} style={{ height, width: lanesWidth }}>
            <TimelinePane
              rows={rows} rowHeight={ROW_HEIGHT} width={lanesWidth} height={height} scrollTop={virtual.scrollOffset ?? 0} ruler={ruler}
              scrollBy={scrollBy} onMenu={openMenu}
              onMoveRow={(by) => selectHandle(rows[Math.min(rows.length - 1, Math.max(0, index + by))]?.node.id)}
            />
          </div>
        </div>
      </div>
      {menu !== undefined && <HandleMenu handle={menu.handle} x={menu.x} y={menu.y} onClose={() => setMenu(undefined)} />}
    </section>
  );
}

function useRows(): readonly Row[] {
  const forest = useApp((state) => state.forest);
  const revision = useApp((state) => state.revision);
  const collapsed = useApp((state) => state.collapsed);
  const liveOnly = useApp((state) => state.liveOnly);
  const filter = useApp((state) => state.filter);
  const asOf = useApp((state) => state.asOf);
  // The forest changes in place: its revision says when.
  return useMemo(() => (revision < 0 ? [] : visibleRows(forest, { collapsed, liveOnly, filter, asOf })), [forest, revision, collapsed, liveOnly, filter, asOf]);
}

function Heads(): ReactNode {
  const forest = useApp((state) => state.forest);
  const asOf = useApp((state) => state.asOf);
  useApp((state) => state.revision);
  return (
    <>
      <h2 className={css.heading}>Handles</h2>
      {asOf === undefined ? <span className={css.counts}>{`${formatCount(forest.live)} live · ${formatCount(forest.ended)} ended`}</span> : <Past time={asOf} />}
      {asOf === undefined && <LiveStatus />}
    </>
  );
}

/** The tree stands at a past time: said where the counts of now would be, with the way back. */
function Past({ time }: { readonly time: number }) {
  return (
    <>
      <span className={css.past} role="status" title="The states of the handles at this time">{`as of ${formatTime(time)} ms`}</span>
      <button type="button" className={css.follow} title="Show the handles as they are now (Escape)" onClick={() => travelTo(undefined)}>Back to now</button>
    </>
  );
}

function NoRows() {
  const asOf = useApp((state) => state.asOf);
  const filter = useApp((state) => state.filter);
  const liveOnly = useApp((state) => state.liveOnly);
  return (
    <div className={css.noRows}>
      <p>{asOf !== undefined && filter === '' ? 'No handle was there yet.' : filter === '' ? 'No handle is live.' : `No ${liveOnly ? 'live ' : ''}handle matches “${filter}”.`}</p>
      {filter !== '' && <Button onPress={() => setFilter('')}>Clear the filter</Button>}
      {liveOnly && <Button onPress={toggleLiveOnly}>Show ended handles</Button>}
    </div>
  );
}

function useSize(target: React.RefObject<HTMLElement | null>): { readonly width: number; readonly height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = target.current;
    if (element === null) return undefined;
    const measure = (): void => setSize({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [target]);
  return size;
}
