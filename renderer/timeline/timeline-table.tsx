import { memo } from 'react';
import type { HandleId } from '../../preload/contract/ids';
import { markWords, spanWords } from '../model/marks';
import { formatDuration, formatTime } from '../model/time-scale';
import type { Scene } from '../model/timeline-scene';
import { useApp } from '../store/state';

interface TimelineTableProps {
  readonly scene: Scene;
}

interface Entry {
  readonly key: string;
  readonly row: number;
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
  const entries = entriesOf(scene);
  return (
    <table>
      <caption>{`Timeline as a table: ${Math.min(entries.length, MOST)} of ${entries.length} entries in view`}</caption>
      <thead><tr><th scope="col">Handle</th><th scope="col">Time, ms</th><th scope="col">What</th><th scope="col">Duration</th></tr></thead>
      <tbody>
        {entries.slice(0, MOST).map((entry) => (
          <tr key={entry.key}>
            <th scope="row">{forest.get(entry.lane)?.label ?? ''}</th>
            <td>{formatTime(entry.time)}</td>
            <td>{entry.what}</td>
            <td>{entry.duration}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
});

function entriesOf(scene: Scene): readonly Entry[] {
  const spans = scene.spans.filter((span) => span.kind !== 'life').map((span): Entry => ({
    key: `s${span.lane}-${span.seq}-${span.kind}`, row: span.row, lane: span.lane, time: span.start, what: words(spanWords(span.kind), span.label, span.bad, span.count),
    duration: span.end === undefined ? 'not ended' : formatDuration(span.end - span.start),
  }));
  const marks = scene.marks.map((mark): Entry => ({
    key: `m${mark.lane}-${mark.seq}-${mark.kind}`, row: mark.row, lane: mark.lane, time: mark.time, what: words(markWords(mark.kind), mark.label, false, mark.count), duration: '',
  }));
  return [...spans, ...marks].sort((a, b) => a.row - b.row || a.time - b.time);
}

function words(kind: string, label: string, bad: boolean, count: number): string {
  return `${kind}${label === '' ? '' : `: ${label}`}${bad ? ', ended badly' : ''}${count > 1 ? `, and ${count - 1} more` : ''}`;
}
