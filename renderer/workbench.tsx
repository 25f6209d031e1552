import { Suspense, useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import type { HandleId } from '../preload/contract/ids';
import { CommandButton } from './commands/command-button';
import { openContextMenu } from './commands/context-menus';
import { giveNamedCommand } from './commands/registry';
import { ColumnsMenu } from './commands/table-heads';
import { momentText } from './model/time-mode';
import { formatCount } from './model/time-scale';
import { useRows } from './store/rows';
import { useApp } from './store/state';
import { FIRST_LAYOUT } from './store/layout';
import { changeLayout } from './store/layout-actions';
import { useTelling } from './store/telling';
import { selectHandle } from './store/view-actions';
import { Minimap } from './timeline/minimap';
import { TimelinePane } from './timeline/timeline-pane';
import { TreePane } from './tree/tree-pane';
import { Separator } from './ui/separator';
import { useVirtualRows } from './ui/use-virtual-rows';
import { LiveStatus } from './live-status';
import css from './workbench.module.css';

const ROW_HEIGHT = 28;

/** The tree and its lanes: one row is one lane, and both have one scroll. */
export function Workbench() {
  const rows = useRows();
  const scroller = useRef<HTMLDivElement>(null);
  const ruler = useRef<HTMLCanvasElement>(null);
  const treeWidth = useApp((state) => state.layout.treeWidth);
  const treeShown = useApp((state) => state.layout.treeShown);
  const selected = useApp((state) => state.selection.handle);
  const [headMenu, setHeadMenu] = useState<{ readonly x: number; readonly y: number } | undefined>(undefined);
  const { width, height, offset, first, last, barHeight, scrollBy, reveal } = useVirtualRows(scroller, { count: rows.length, rowHeight: ROW_HEIGHT, head: 0 });
  const most = Math.max(200, width - 240);
  const shownTree = treeShown ? Math.min(treeWidth, most) : 0;
  const lanesWidth = Math.max(0, width - (treeShown ? shownTree + 1 : 0));
  const openMenu = useCallback((handle: HandleId, x: number, y: number): void => {
    selectHandle(handle);
    void openContextMenu('handle', { x, y });
  }, []);

  // Whatever selects a handle, a row of the event list or a command, brings its row into view.
  const index = selected === undefined ? -1 : rows.indexOf(selected);
  // Once: rows that come and go above it later do not take the person back to it.
  const brought = useRef<HandleId | undefined>(undefined);
  useEffect(() => {
    if (index < 0 || brought.current === selected) return;
    brought.current = selected;
    reveal(index);
  }, [selected, index, reveal]);

  return (
    <section className={css.workbench} aria-label="Handles and timeline">
      <Minimap />
      <div className={css.head}>
        {treeShown && <><div className={css.treeHead} style={{ width: shownTree }} onContextMenu={(event) => { event.preventDefault(); setHeadMenu({ x: event.clientX, y: event.clientY }); }}><Heads /></div><div className={css.headLine} aria-hidden="true" /></>}
        <canvas ref={ruler} className={css.ruler} aria-hidden="true" />
      </div>
      <div className={css.lanes}>
        <div ref={scroller} className={css.scroller}>
          <div className={css.bar} style={{ height: barHeight }}>
            <div className={css.view} style={{ height }}>
              {treeShown && <><div className={css.rows} data-pane="tree" style={{ width: shownTree }}>
                <TreePane
                  rows={rows} rowHeight={ROW_HEIGHT} first={first} last={last} offset={offset} page={Math.max(1, Math.floor(height / ROW_HEIGHT) - 1)}
                  onReveal={reveal} onMenu={openMenu}
                />
                {rows.length === 0 && <NoRows />}
              </div>
              <Separator name="Width of the tree" direction="vertical" value={shownTree} least={200} most={most} grows={1} first={FIRST_LAYOUT.treeWidth} onChange={(value) => changeLayout({ treeWidth: value })} /></>}
              <div className={css.canvas} style={{ width: lanesWidth }}>
                <TimelinePane
                  rows={rows} rowHeight={ROW_HEIGHT} width={lanesWidth} height={height} scrollTop={offset} ruler={ruler} scrollBy={scrollBy}
                  onMoveRow={(by) => selectHandle(rows.at(Math.min(rows.length - 1, Math.max(0, index + by)))?.node.id)}
                />
              </div>
            </div>
          </div>
        </div>
      </div>
      {headMenu !== undefined && <Suspense><ColumnsMenu table="tree" x={headMenu.x} y={headMenu.y} onClose={() => setHeadMenu(undefined)} /></Suspense>}
    </section>
  );
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
  const telling = useTelling();
  return (
    <>
      <span className={css.past} role="status" title="The states of the handles at this time">{`as of ${momentText(time, telling)}`}</span>
      <button type="button" className={css.follow} title="Show the handles as they are now (Escape)" onClick={() => giveNamedCommand('back-to-now')}>Back to now</button>
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
      {filter !== '' && <CommandButton command="clear-filter" />}
      {liveOnly && <CommandButton command="live-only" label="Show ended handles" />}
    </div>
  );
}
