import { useEffect, useId, useRef, useState, type RefObject } from 'react';
import type { HandleId } from '../../preload/contract/ids';
import { timelineKey } from '../model/timeline-keys';
import type { RowList } from '../model/rows';
import { EMPTY_SCENE, type Scene } from '../model/timeline-scene';
import type { Hit } from '../model/hit-test';
import { timeAt } from '../model/time-scale';
import { appState, useApp } from '../store/state';
import { clearMarked, fitHandle, followLive, markRange, panViewport, showStart, zoomView } from '../store/view-actions';
import { VisuallyHidden } from '../ui/visually-hidden';
import { CanvasRenderer } from './canvas-renderer';
import { choose, openMenuAt, openMenuOfSelection } from './choose';
import { HoverCard } from './hover-card';
import { Legend } from './legend';
import { RangeCard } from './range-card';
import { TimelineStage } from './stage';
import { TimelineTable } from './timeline-table';
import { useGestures } from './use-gestures';
import { useRuler } from './use-ruler';
import css from './timeline.module.css';

/** Below the lanes must be so much room, in CSS pixels, before it is used to explain them. */
const LEGEND_ROOM = 96;
const LEGEND_WIDTH = 480;

interface TimelinePaneProps {
  readonly rows: RowList;
  readonly rowHeight: number;
  readonly width: number;
  readonly height: number;
  readonly scrollTop: number;
  /** Stands in the header of the workbench, above the lanes. */
  readonly ruler: RefObject<HTMLCanvasElement | null>;
  readonly scrollBy: (pixels: number) => void;
  readonly onMoveRow: (by: 1 | -1) => void;
}

/** What is said in words, a little behind what is drawn. */
interface Told {
  readonly scene: Scene;
  readonly problem: string | undefined;
}

interface Hover {
  readonly x: number;
  readonly y: number;
  readonly hit: Hit;
  readonly lane: HandleId | undefined;
}

/** Whether two looks have found the same thing. */
function placeOf(hit: Hit): string {
  switch (hit.kind) {
    case 'finding': return `finding ${hit.point.x} ${hit.point.count}`;
    case 'mark': return `mark ${hit.mark.seq} ${hit.mark.count}`;
    case 'span': return `span ${hit.span.seq} ${hit.span.kind} ${hit.span.count} ${hit.span.end ?? ''}`;
  }
}

/** The lanes: one canvas for what was recorded and one above it for what the pointer and the selection show. */
export function TimelinePane({ rows, rowHeight, width, height, scrollTop, ruler, scrollBy, onMoveRow }: TimelinePaneProps) {
  const host = useRef<HTMLDivElement>(null);
  const lanes = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const stage = useRef<TimelineStage | undefined>(undefined);
  const [hover, setHover] = useState<Hover | undefined>(undefined);
  const pointer = useRef<{ readonly x: number; readonly y: number } | undefined>(undefined);
  const lookAgain = useRef((): void => {});
  const [told, setTold] = useState<Told>({ scene: EMPTY_SCENE, problem: undefined });
  const following = useApp((state) => state.follow !== undefined);
  const range = useApp((state) => state.range);
  const keysId = useId();

  useEffect(() => {
    const contexts = [lanes, overlay, ruler].map((canvas) => canvas.current?.getContext('2d') ?? undefined);
    const [base, above, head] = contexts;
    if (base === undefined || above === undefined || head === undefined) return undefined;
    // What is drawn moves under a pointer that rests: a card must not speak of what is there no more.
    const look = (): void => {
      const at = pointer.current;
      const found = at === undefined ? undefined : made.hit(at.x, at.y);
      setHover((before) => {
        if (at === undefined || found?.hit === undefined) return undefined;
        const same = before?.x === at.x && before.y === at.y && before.lane === found.lane && placeOf(before.hit) === placeOf(found.hit);
        return same ? before : { ...at, hit: found.hit, lane: found.lane };
      });
    };
    // The table twin changes at most four times a second: a screen reader could not follow more.
    let due: ReturnType<typeof setTimeout> | undefined;
    const made = new TimelineStage(new CanvasRenderer(base, above, head), document.documentElement, () => {
      if (pointer.current !== undefined) look();
      due ??= setTimeout(() => {
        due = undefined;
        setTold({ scene: made.scene, problem: made.problem });
      }, 250);
    });
    stage.current = made;
    lookAgain.current = look;
    return () => {
      clearTimeout(due);
      made.dispose();
      stage.current = undefined;
    };
  }, [ruler]);

  useEffect(() => {
    stage.current?.setLayout({ width, height, scrollTop, rowHeight, rows });
  }, [rows, rowHeight, width, height, scrollTop]);

  const gestures = useRef({
    onPoint: (x: number | undefined, y: number): void => {
      stage.current?.setCursor(x);
      pointer.current = x === undefined ? undefined : { x, y };
      lookAgain.current();
    },
    onClick: (x: number, y: number): void => {
      const found = stage.current?.hit(x, y);
      if (found !== undefined) choose(found);
    },
    onDouble: (x: number, y: number): void => {
      const lane = stage.current?.hit(x, y).lane;
      if (lane !== undefined) fitHandle(lane);
    },
    scrollBy,
    onMark: (from: number, to: number): void => {
      const { viewport } = appState();
      const across = host.current?.clientWidth ?? 1;
      markRange(timeAt(viewport, across, from), timeAt(viewport, across, to));
    },
  });
  useEffect(() => { gestures.current.scrollBy = scrollBy; }, [scrollBy]);
  useGestures(host, gestures);
  useRuler(ruler);

  return (
    // Every key goes to it: it pans and zooms, and the table inside is what a screen reader reads.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application takes its own input
    <div
      data-pane="timeline"
      ref={host}
      className={css.pane}
      role="application"
      aria-roledescription="timeline"
      aria-label={following ? 'Timeline, following live time' : 'Timeline'}
      aria-describedby={keysId}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- an application takes its own input
      tabIndex={0}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && clearMarked()) event.preventDefault();
        if (event.target !== event.currentTarget) return;
        const key = timelineKey(event);
        if (key === undefined) return;
        event.preventDefault();
        switch (key.kind) {
          case 'zoom': zoomView(key.factor); break;
          case 'pan': panViewport(key.part); break;
          case 'row': onMoveRow(key.by); break;
          case 'start': showStart(); break;
          case 'follow': followLive(); break;
        }
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        const box = event.currentTarget.getBoundingClientRect();
        const found = event.button === 2 ? stage.current?.hit(event.clientX - box.left, event.clientY - box.top) : undefined;
        if (event.button !== 2) openMenuOfSelection(box, rows, rowHeight, scrollTop);
        else if (found !== undefined) openMenuAt(found, { x: event.clientX, y: event.clientY });
      }}
    >
      <canvas ref={lanes} className={css.canvas} aria-hidden="true" />
      <canvas ref={overlay} className={css.canvas} aria-hidden="true" />
      {height - rows.length * rowHeight >= LEGEND_ROOM && width >= LEGEND_WIDTH && range === undefined && <Legend />}
      {hover !== undefined && <HoverCard x={hover.x} y={hover.y} width={width} height={height} hit={hover.hit} lane={hover.lane} />}
      {range !== undefined && <RangeCard range={range} rows={rows} />}
      {told.problem !== undefined && <p className={css.problem} role="alert">{told.problem}</p>}
      <VisuallyHidden>
        <p id={keysId}>W and S zoom, A and D or the left and right arrows pan, up and down choose a lane, Home goes to the start, End follows live time. A shifted drag, or one on the ruler, marks a stretch of time; a click on the ruler shows the handles as they were then; Escape takes both back.</p>
        <TimelineTable scene={told.scene} />
      </VisuallyHidden>
    </div>
  );
}
