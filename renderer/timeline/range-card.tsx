import { useEffect, useState } from 'react';
import { CommandButton } from '../commands/command-button';
import { addCounts, countRange, NOTHING, type RangeCounts } from '../model/range';
import type { RowList } from '../model/rows';
import { stretchText } from '../model/time-mode';
import { formatCount, formatDuration, spanOf, type Viewport } from '../model/time-scale';
import { askTimeline } from '../store/questions';
import { useTelling } from '../store/telling';
import css from './timeline.module.css';

/** The finest that a question may be: what is nearer together than this part of the stretch is counted as one kind. */
const FINEST = 32_768;
/** Shapes that an answer may hold: the more lanes, the coarser the question. */
const MOST_SHAPES = 400_000;
/** A question names at most so many lanes. */
const MOST_LANES = 2000;
/** The pointer rests so long, in milliseconds, before what it has marked is counted. */
const REST = 80;

/** How long the marked stretch is and what happened in it on the lanes of the tree. */
export function RangeCard({ range, rows }: { readonly range: Viewport; readonly rows: RowList }) {
  const telling = useTelling();
  const [counted, setCounted] = useState<{ readonly range: Viewport; readonly counts: RangeCounts } | undefined>(undefined);
  useEffect(() => {
    let over = false;
    const count = async (): Promise<void> => {
      const pixels = Math.max(1, Math.min(FINEST, Math.floor(MOST_SHAPES / Math.max(1, Math.min(MOST_LANES, rows.length)))));
      let counts = NOTHING;
      for (let first = 0; first < rows.length && !over; first += MOST_LANES) {
        const lanes = rows.slice(first, first + MOST_LANES).map(({ node }) => node.id);
        // One question after another: all at once would hold up what the lanes ask.
        const result = await askTimeline({ ...range, pixels, lanes });
        if (!result.ok) return;
        counts = addCounts(counts, countRange(result.value, range));
      }
      if (!over) setCounted({ range, counts });
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
      <span className={css.cardLine}>{stretchText(range, telling)}</span>
      <span className={css.counted} role="status">{counted?.range === range ? countWords(counted.counts) : 'counting…'}</span>
      <CommandButton command="zoom-to-range" label="Zoom to it" />
      <CommandButton command="clear-range" label="Clear" look="quiet" />
    </div>
  );
}

function countWords({ calls, callbacks, failures, marks, exact }: RangeCounts): string {
  if (marks === 0) return 'nothing happened';
  const of = (count: number, word: string): string => `${formatCount(count)} ${word}${count === 1 ? '' : 's'}`;
  return `${exact ? '' : 'about '}${of(calls, 'call')}, ${of(callbacks, 'callback')}, ${failures} failed`;
}
