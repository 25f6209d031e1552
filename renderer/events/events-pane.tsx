import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { EventRow } from '../../preload/contract/query';
import { TableHeads } from '../commands/table-heads';
import { formatCount } from '../model/time-scale';
import { useColumns } from '../store/columns';
import { useTelling } from '../store/telling';
import { useApp } from '../store/state';
import { CommandButton } from '../commands/command-button';
import { openContextMenu } from '../commands/context-menus';
import { reveal, selectEvent, showTime } from '../store/view-actions';
import { Button } from '../ui/button';
import { classNames } from '../ui/class-names';
import { useVirtualRows } from '../ui/use-virtual-rows';
import { VirtualList } from '../ui/virtual-list';
import { EventFeed, type EventsShown } from './event-feed';
import { EventLine, eventElementId } from './event-line';
import css from './events.module.css';

const ROW = 24;

/** Every event that the filter lets through: virtual rows that follow the newest until the person scrolls. */
export function EventsPane() {
  const scroller = useRef<HTMLDivElement>(null);
  const [feed] = useState(() => new EventFeed());
  const shown = useSyncExternalStore(feed.subscribe, feed.snapshot);
  const text = useApp((state) => state.filter);
  const revision = useApp((state) => state.revision);
  const selected = useApp((state) => state.selection.event);
  const { columns, grid, least } = useColumns('events');
  const telling = useTelling();
  const [follows, setFollows] = useState(true);
  const [index, setIndex] = useState(-1);

  // While a search goes on its end runs away: what it has found first is read meanwhile.
  const rows = useVirtualRows(scroller, { count: shown.total, rowHeight: ROW, head: ROW, atEnd: follows && shown.complete, onMoved: setFollows });
  const { first, last, reveal: revealRow } = rows;
  const places = Array.from({ length: last - first }, (_, place) => first + place);

  useEffect(() => feed.want({ text, handle: undefined, first, last: last - 1, revision }), [feed, text, first, last, revision]);
  // An event that was chosen elsewhere is brought here, once. Unfiltered, the list is the trace: one row tells the place of every other.
  const brought = useRef<number | undefined>(undefined);
  useEffect(() => {
    if (selected === undefined || brought.current === selected || text !== '') return;
    const known = places.find((place) => shown.row(place) !== undefined);
    const row = known === undefined ? undefined : shown.row(known);
    if (known === undefined || row === undefined) return;
    brought.current = selected;
    const at = known + selected - row.seq;
    if (at >= 0 && at < shown.total) revealRow(at);
  });
  const go = (at: number): void => {
    const row = shown.row(at);
    setIndex(at);
    revealRow(at);
    if (row !== undefined) choose(row);
  };
  const chosen = selected !== undefined && shown.row(index)?.seq === selected ? index : findSelected(places, shown.row, selected);
  const active = places.some((place) => shown.row(place)?.seq === selected) ? selected : undefined;
  return (
    <div className={css.pane}>
      {shown.problem !== undefined && <p className={css.problem} role="alert">{shown.problem}</p>}
      {shown.total === 0 && shown.problem === undefined && <Nothing text={text} complete={shown.complete} />}
      <VirtualList
        label={`Events, ${formatCount(shown.total)}`} count={shown.total} rowHeight={ROW} rows={rows} scroller={scroller}
        index={chosen} active={active === undefined ? undefined : eventElementId(active)} onGo={go}
        onMenu={(at, place) => {
          go(at);
          void openContextMenu('event', place);
        }}
        head={<TableHeads table="events" />} leastWidth={least}
        renderLine={(place, top) => {
          const row = shown.row(place);
          const before = shown.row(place - 1);
          return (
            <EventLine
              key={place}
              row={row}
              place={place}
              total={shown.total}
              before={before?.time}
              columns={columns}
              grid={grid}
              telling={telling}
              top={top}
              selected={row !== undefined && row.seq === selected}
              onChoose={() => {
                if (row === undefined) return;
                setIndex(place);
                choose(row);
              }}
            />
          );
        }}
      />
      {text !== '' && (
        <div className={css.found}>
          <span role="status">{foundWords(shown)}</span>
          {!shown.complete && <Button look="quiet" onPress={() => { if (shown.stopped) feed.goOn(); else feed.stop(); }}>{shown.stopped ? 'Go on' : 'Stop'}</Button>}
        </div>
      )}
      {!follows && shown.total > 0 && (
        <div className={css.tail}>
          <Button onPress={() => setFollows(true)}>Follow the newest</Button>
        </div>
      )}
    </div>
  );
}

function choose({ seq, handle, time }: EventRow): void {
  selectEvent(seq, handle);
  if (handle !== undefined) reveal(handle);
  showTime(time);
}

/** What a filter has found, and that more may come while main still looks. */
function foundWords({ total, looked, complete, stopped }: EventsShown): string {
  if (complete) return `${formatCount(total)} found`;
  return `${formatCount(total)} found in ${formatCount(looked)} events, ${stopped ? 'then stopped' : 'still looking…'}`;
}

function findSelected(places: readonly number[], row: (index: number) => { readonly seq: number } | undefined, selected: number | undefined): number {
  return selected === undefined ? -1 : places.find((place) => row(place)?.seq === selected) ?? -1;
}

function Nothing({ text, complete }: { readonly text: string; readonly complete: boolean }) {
  if (!complete) return undefined;
  if (text === '') return <p className={classNames(css.nothing, css.belowHead)}>Every call, return and callback is listed here as it happens, each with its result.</p>;
  return (
    <p className={classNames(css.nothing, css.belowHead)}>
      {`No event meets the filter “${text}”. `}
      <CommandButton command="clear-filter" look="quiet" />
    </p>
  );
}
