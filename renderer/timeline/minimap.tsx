import { useEffect, useMemo, useRef, useState, type PointerEvent } from 'react';
import { OVERVIEW_LEVELS } from '../../preload/contract/query';
import { centredAt, densityColumns, drawn, extentOf, frameOf, gripAt, minimapKey, type Grip } from '../model/minimap';
import { stretchText, toldTicks, type TimeTelling } from '../model/time-mode';
import { formatDuration, spanOf, timeAt, xOf, type Viewport } from '../model/time-scale';
import { appState, useApp } from '../store/state';
import { useTelling } from '../store/telling';
import { fitAll, moveViewport } from '../store/view-actions';
import { useSize } from '../ui/use-size';
import type { Palette } from './palette';
import { usePalette } from './use-palette';
import css from './minimap.module.css';

const HEIGHT = 36;
/** Above the columns stand the times. */
const LABELS = 13;
const LEAST_COLUMN = 2;
const TICK_GAP = 140;
const CURSORS: Readonly<Record<Grip, string>> = { start: 'ew-resize', end: 'ew-resize', frame: 'grab', strip: 'pointer' };

/** The whole trace in one strip, and on it a frame about what the lanes show: drawn along, resized at its edges, or moved by keys. */
export function Minimap() {
  const host = useRef<HTMLDivElement>(null);
  const slider = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width } = useSize(host);
  const view = useApp((state) => state.viewport);
  const overview = useApp((state) => state.overview);
  const live = useApp(({ clock, follow, viewport }) => (clock.running && follow !== undefined ? Math.max(clock.now, viewport.to) : clock.now));
  const findings = useApp((state) => state.findings?.findings);
  const range = useApp((state) => state.range);
  const asOf = useApp((state) => state.asOf);
  const palette = usePalette();
  const telling = useTelling();
  const { from, to } = extentOf(overview, live);
  const extent = useMemo((): Viewport => ({ from, to }), [from, to]);
  const frame = frameOf(view, extent, width);
  const [over, setOver] = useState<Grip>('strip');
  const drag = useRef<{ readonly grip: Grip; readonly x: number; readonly view: Viewport } | undefined>(undefined);

  useEffect(() => {
    const context = canvas.current?.getContext('2d') ?? undefined;
    if (context === undefined || width === 0) return;
    const columns = overview === undefined ? [] : densityColumns(overview, extent, width);
    const signs = (findings ?? []).filter(({ severity }) => severity !== 'note').map(({ time, severity }) => ({ x: xOf(extent, width, time), bad: severity === 'error' }));
    drawStrip(context, palette, { width, extent, columns, signs, telling });
  }, [overview, extent, width, findings, palette, telling]);

  const follow = (event: PointerEvent<HTMLDivElement>): void => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const held = drag.current;
    if (held === undefined) setOver(gripAt(frame, x));
    else moveViewport(drawn(held.view, held.grip, ((x - held.x) / Math.max(1, width)) * spanOf(extent)));
  };

  return (
    <div
      ref={host}
      className={css.strip}
      style={{ height: HEIGHT, cursor: CURSORS[over] }}
      title="Drag to move, drag an edge to resize, double-click to show all"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
        const grip = gripAt(frame, x);
        const from = appState().viewport;
        const start = grip === 'strip' ? centredAt(from, timeAt(extent, width, x)) : from;
        if (grip === 'strip') moveViewport(start);
        drag.current = { grip, x, view: start };
        event.currentTarget.setPointerCapture(event.pointerId);
        // What was drawn along is what the keys move next.
        event.preventDefault();
        slider.current?.focus();
      }}
      onPointerMove={follow}
      onPointerUp={() => { drag.current = undefined; }}
      onPointerCancel={() => { drag.current = undefined; }}
      onDoubleClick={fitAll}
    >
      <canvas ref={canvas} className={css.canvas} aria-hidden="true" />
      <i className={css.veil} style={{ left: 0, width: frame.left, top: LABELS }} aria-hidden="true" />
      <i className={css.veil} style={{ left: frame.left + frame.width, right: 0, top: LABELS }} aria-hidden="true" />
      {range !== undefined && <i className={css.range} style={{ left: xOf(extent, width, range.from), width: Math.max(1, (spanOf(range) / spanOf(extent)) * width) }} aria-hidden="true" />}
      {asOf !== undefined && <i className={css.past} style={{ left: xOf(extent, width, asOf) }} aria-hidden="true" />}
      <div
        ref={slider}
        role="slider"
        tabIndex={0}
        aria-label="View in the whole trace"
        aria-orientation="horizontal"
        aria-valuemin={Math.round(extent.from)}
        aria-valuemax={Math.round(extent.to)}
        aria-valuenow={Math.round(Math.min(extent.to, Math.max(extent.from, view.from)))}
        aria-valuetext={`${stretchText(view, telling)} of ${formatDuration(spanOf(extent))}`}
        aria-description="The arrows move it, Page Up and Page Down by its length, Home and End to the ends of the trace; plus and minus zoom."
        className={css.frame}
        style={{ left: frame.left, width: frame.width }}
        onKeyDown={(event) => {
          if (event.ctrlKey || event.metaKey || event.altKey) return;
          const moved = minimapKey(appState().viewport, extent, event);
          if (moved === undefined) return;
          event.preventDefault();
          moveViewport(moved);
        }}
      />
    </div>
  );
}

interface Strip {
  readonly width: number;
  readonly extent: Viewport;
  readonly telling: TimeTelling;
  readonly columns: ReturnType<typeof densityColumns>;
  /** Findings that ask for a look. */
  readonly signs: readonly { readonly x: number; readonly bad: boolean }[];
}

function drawStrip(context: CanvasRenderingContext2D, { colours, font }: Palette, { width, extent, columns, signs, telling }: Strip): void {
  const { canvas } = context;
  const ratio = globalThis.devicePixelRatio;
  canvas.width = Math.max(1, Math.round(width * ratio));
  canvas.height = Math.round(HEIGHT * ratio);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = colours['surface-1'];
  context.fillRect(0, 0, width, HEIGHT);
  context.font = `10px ${font}`;
  for (const { time, label } of toldTicks(extent, width, TICK_GAP, telling)) {
    const x = Math.round(xOf(extent, width, time));
    context.fillStyle = colours.line;
    context.fillRect(x, 0, 1, HEIGHT);
    context.fillStyle = colours['text-3'];
    if (x + 4 + context.measureText(label).width <= width) context.fillText(label, x + 4, 10);
  }
  const room = HEIGHT - LABELS - 1;
  context.fillStyle = colours.call;
  for (const { x, height } of columns) {
    const tall = Math.max(LEAST_COLUMN, Math.round(height * room));
    context.fillRect(x, HEIGHT - tall, 1, tall);
  }
  // How bad it was stands along the foot, so that one failure does not colour a thousand calls; the worse, the taller.
  const feet = { plain: undefined, closing: { ink: colours.closing, tall: 3 }, bad: { ink: colours.bad, tall: 6 } };
  for (const [level, name] of OVERVIEW_LEVELS.entries()) {
    const foot = feet[name];
    if (foot === undefined) continue;
    context.fillStyle = foot.ink;
    for (const column of columns) if (column.level === level) context.fillRect(column.x, HEIGHT - foot.tall, 1, foot.tall);
  }
  for (const { x, bad } of signs) {
    context.fillStyle = bad ? colours.bad : colours.closing;
    context.fillRect(Math.round(x) - 2, LABELS - 1, 4, 4);
  }
}
