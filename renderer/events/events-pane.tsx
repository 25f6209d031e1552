import { useEffect, useRef, useState, useSyncExternalStore, type KeyboardEvent } from 'react';
import type { EventRow } from '../../preload/contract/query';
import { formatCount, formatDelta } from '../model/time-scale';
import { useApp } from '../store/state';
import { setFilter } from '../store/filter';
import { reveal, selectEvent, showTime } from '../store/view-actions';
import { Button } from '../ui/button';
import { classNames } from '../ui/class-names';
import { useVirtualRows } from '../ui/use-virtual-rows';
import { EventFeed, type EventsShown } from './event-feed';
import { EventLine, eventElementId } from './event-line';
import css from './events.module.css';

const ROW = 24;

const COLUMNS = ['Time, ms', 'Δ', 'Handle', 'Event', 'Detail', 'Result', 'Thread'] as const;

/** Every event that the filter lets through: virtual rows that follow the newest until the person scrolls. */
export function EventsPane() {
  const scroller = useRef<HTMLDivElement>(null);
  const [feed] = useState(() => new EventFeed());
  const shown = useSyncExternalStore(feed.subscribe, feed.snapshot);
  const text = useApp((state) => state.filter);
  const revision = useApp((state) => state.revision);
  const selected = useApp((state) => state.selection.event);
  const [follows, setFollows] = useState(true);
  const [index, setIndex] = useState(-1);

  // While a search goes on its end runs away: what it has found first is read meanwhile.
  const { height, offset, first, last, barHeight, reveal } = useVirtualRows(scroller, {
    count: shown.total, rowHeight: ROW, head: ROW, atEnd: follows && shown.complete, onMoved: setFollows,
  });
  const places = Array.from({ length: last - first }, (_, place) => first + place);

  useEffect(() => feed.want({ text, handle: undefined, first, last: last - 1, revision }), [feed, text, first, last, revision]);
  const go = (to: number): void => {
    const at = Math.min(shown.total - 1, Math.max(0, to));
    const row = shown.row(at);
    setIndex(at);
    reveal(at);
    if (row !== undefined) choose(row);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const at = selected !== undefined && shown.row(index)?.seq === selected ? index : findSelected(places, shown.row, selected);
    const page = Math.max(1, Math.floor(height / ROW) - 2);
    switch (event.key) {
      case 'ArrowDown': go(at + 1); break;
      case 'ArrowUp': go(at < 0 ? shown.total - 1 : at - 1); break;
      case 'PageDown': go(at + page); break;
      case 'PageUp': go(at - page); break;
      case 'Home': go(0); break;
      case 'End': go(shown.total - 1); break;
      default: return;
    }
    event.preventDefault();
  };

  const active = places.some((place) => shown.row(place)?.seq === selected) ? selected : undefined;
  return (
    <div className={css.pane}>
      {shown.problem !== undefined && <p className={css.problem} role="alert">{shown.problem}</p>}
      {shown.total === 0 && shown.problem === undefined && <Nothing text={text} complete={shown.complete} />}
      <div
        ref={scroller}
        className={css.scroller}
        role="listbox"
        aria-label={`Events, ${formatCount(shown.total)}`}
        aria-activedescendant={active === undefined ? undefined : eventElementId(active)}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div className={css.bar} style={{ height: barHeight }}>
          <div className={css.view} style={{ height }}>
            <div className={css.head} aria-hidden="true">{COLUMNS.map((column) => <span key={column} className={css.cell}>{column}</span>)}</div>
            <div className={css.lines}>
              {places.map((place) => {
                const row = shown.row(place);
                const before = shown.row(place - 1);
                return (
                  <EventLine
                    key={place}
                    row={row}
                    place={place}
                    total={shown.total}
                    delta={row === undefined || before === undefined ? '' : formatDelta(row.time - before.time)}
                    top={place * ROW - offset}
                    selected={row !== undefined && row.seq === selected}
                    onChoose={() => {
                      if (row === undefined) return;
                      setIndex(place);
                      choose(row);
                    }}
                  />
                );
              })}
            </div>
          </div>
        </div>
      </div>
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
      <Button look="quiet" onPress={() => setFilter('')}>Clear the filter</Button>
    </p>
  );
}
