import { memo } from 'react';
import type { HandleId } from '../../preload/contract/ids';
import { markWords, spanWords } from '../model/marks';
import { momentHead, momentValue } from '../model/time-mode';
import { formatCount, formatDuration } from '../model/time-scale';
import type { Scene } from '../model/timeline-scene';
import { useApp } from '../store/state';
import { useTelling } from '../store/telling';

interface TimelineTableProps {
  readonly scene: Scene;
}

interface Entry {
  readonly key: string;
  readonly lane: HandleId;
  readonly time: number;
  readonly what: string;
  readonly duration: string;
}

/** As much as a person would listen to. */
const MOST = 200;

/** The timeline as a table for screen readers: the spans and marks of the lanes on the screen, in the order of time. */
export const TimelineTable = memo(function TimelineTable({ scene }: TimelineTableProps) {
  const forest = useApp((state) => state.forest);
  const telling = useTelling();
  const entries = entriesOf(scene);
  const all = scene.spans.length + scene.marks.length - scene.spans.lives;
  return (
    <table>
      <caption>{`Timeline as a table: ${formatCount(entries.length)} of ${formatCount(all)} entries in view`}</caption>
      <thead><tr><th scope="col">Handle</th><th scope="col">{momentHead(telling)}</th><th scope="col">What</th><th scope="col">Duration</th></tr></thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.key}>
            <th scope="row">{forest.get(entry.lane)?.label ?? ''}</th>
            <td>{momentValue(entry.time, telling)}</td>
            <td>{entry.what}</td>
            <td>{entry.duration}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
});

/** Row after row, each in the order of time, as many as are told. */
function entriesOf({ spans, marks }: Scene): readonly Entry[] {
  const rows = [...new Set([...spans.rows, ...marks.rows])].sort((a, b) => a - b);
  const entries: Entry[] = [];
  for (const row of rows) {
    if (entries.length >= MOST) break;
    entries.push(...[...spanEntries(spans, row), ...markEntries(marks, row)].sort((a, b) => a.time - b.time));
  }
  return entries.slice(0, MOST);
}

function spanEntries(spans: Scene['spans'], row: number): readonly Entry[] {
  const { first, last } = spans.rangeOf(row);
  return Array.from({ length: Math.min(MOST, last - first) }, (_, place) => spans.at(first + place)).filter((span) => span.kind !== 'life').map((span) => ({
    key: `s${span.lane}-${span.seq}-${span.kind}`, lane: span.lane, time: span.start, what: words(spanWords(span.kind), span.label, span.bad, span.count),
    duration: span.end === undefined ? 'not ended' : formatDuration(span.end - span.start),
  }));
}

function markEntries(marks: Scene['marks'], row: number): readonly Entry[] {
  const { first, last } = marks.rangeOf(row);
  return Array.from({ length: Math.min(MOST, last - first) }, (_, place) => marks.at(first + place)).map((mark) => ({
    key: `m${mark.lane}-${mark.seq}-${mark.kind}`, lane: mark.lane, time: mark.time, what: words(markWords(mark.kind), mark.label, false, mark.count), duration: '',
  }));
}

function words(kind: string, label: string, bad: boolean, count: number): string {
  return `${kind}${label === '' ? '' : `: ${label}`}${bad ? ', ended badly' : ''}${count > 1 ? `, and ${count - 1} more` : ''}`;
}
