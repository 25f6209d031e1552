import type { HandleId } from '../../preload/contract/ids';
import type { Hit } from '../model/hit-test';
import { markWords, spanWords } from '../model/marks';
import { momentText, type TimeTelling } from '../model/time-mode';
import { formatCount, formatDuration } from '../model/time-scale';
import { useApp } from '../store/state';
import { useTelling } from '../store/telling';
import css from './timeline.module.css';

interface HoverCardProps {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly hit: Hit;
  readonly lane: HandleId | undefined;
}

const CARD_WIDTH = 280;
const CARD_HEIGHT = 76;
const AWAY = 14;

/** What lies under the pointer. It keeps off the pointer and inside the pane. */
export function HoverCard({ x, y, width, height, hit, lane }: HoverCardProps) {
  const label = useApp((state) => (lane === undefined ? undefined : state.forest.get(lane)?.label));
  const left = x + AWAY + CARD_WIDTH > width ? Math.max(0, x - AWAY - CARD_WIDTH) : x + AWAY;
  const top = y + AWAY + CARD_HEIGHT > height ? Math.max(0, y - AWAY - CARD_HEIGHT) : y + AWAY;
  const { title, kind, when } = describe(hit, useTelling());
  return (
    <div className={css.card} style={{ transform: `translate(${Math.round(left)}px, ${Math.round(top)}px)` }} aria-hidden="true">
      <strong className={css.cardTitle}>{title}</strong>
      <span className={css.cardLine}>{`${kind} · ${label ?? ''}`}</span>
      <span className={css.cardTime}>{when}</span>
    </div>
  );
}

/** Where many are denser than pixels, the worst of them stands for all. */
function others(count: number): string {
  return count > 1 ? ` and ${formatCount(count - 1)} more: zoom in` : '';
}

function describe(hit: Hit, telling: TimeTelling): { readonly title: string; readonly kind: string; readonly when: string } {
  if (hit.kind === 'finding') {
    const { finding, count } = hit.point;
    return { title: finding.message, kind: `${finding.severity}${others(count)}`, when: `${momentText(finding.time, telling, 3)} · ${finding.fix}` };
  }
  if (hit.kind === 'mark') {
    const kind = markWords(hit.mark.kind) + others(hit.mark.count);
    return { title: hit.mark.label === '' ? kind : hit.mark.label, kind, when: momentText(hit.mark.time, telling, 3) };
  }
  const { span } = hit;
  const kind = spanWords(span.kind) + others(span.count);
  const lasts = span.end === undefined ? 'not ended' : formatDuration(span.end - span.start);
  return { title: span.label === '' ? kind : span.label, kind, when: `${momentText(span.start, telling, 3)} · ${lasts}${span.bad ? ' · ended badly' : ''}` };
}
