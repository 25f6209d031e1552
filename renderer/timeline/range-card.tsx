import { useEffect, useState } from 'react';
import { countRange, type RangeCounts } from '../model/range';
import type { RowList } from '../model/rows';
import { formatCount, formatDuration, formatTime, spanOf, type Viewport } from '../model/time-scale';
import { askTimeline } from '../store/questions';
import { clearMarked, zoomToRange } from '../store/view-actions';
import { Button } from '../ui/button';
import css from './timeline.module.css';

/** The finest that a question may be: what is nearer together than this part of the stretch is counted as one kind. */
const PIXELS = 32_768;
/** A question names at most so many lanes. */
const MOST_LANES = 2000;
/** The pointer rests so long, in milliseconds, before what it has marked is counted. */
const REST = 80;

/** How long the marked stretch is and what happened in it on the lanes of the tree. */
export function RangeCard({ range, rows }: { readonly range: Viewport; readonly rows: RowList }) {
  const [counted, setCounted] = useState<{ readonly range: Viewport; readonly counts: RangeCounts } | undefined>(undefined);
  useEffect(() => {
    let over = false;
    const count = async (): Promise<void> => {
      const result = await askTimeline({ ...range, pixels: PIXELS, lanes: rows.slice(0, MOST_LANES).map(({ node }) => node.id) });
      if (!over && result.ok) setCounted({ range, counts: countRange(result.value, range) });
    };
    const timer = setTimeout(() => void count(), REST);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [range, rows]);
  return (
    <div className={css.range} role="group" aria-label="Marked time">
      <strong>{formatDuration(spanOf(range))}</strong>
      <span className={css.cardLine}>{`${formatTime(range.from)}–${formatTime(range.to)} ms`}</span>
      <span className={css.counted} role="status">{counted?.range === range ? countWords(counted.counts) : 'counting…'}</span>
      <Button onPress={zoomToRange}>Zoom to it</Button>
      <Button look="quiet" hint="Clear (Escape)" onPress={clearMarked}>Clear</Button>
    </div>
  );
}

function countWords({ calls, callbacks, failures, marks, exact }: RangeCounts): string {
  if (marks === 0) return 'nothing happened';
  const of = (count: number, word: string): string => `${formatCount(count)} ${word}${count === 1 ? '' : 's'}`;
  return `${exact ? '' : 'about '}${of(calls, 'call')}, ${of(callbacks, 'callback')}, ${failures} failed`;
}
