/** The half of draw.bench.ts that runs in the browser: real lanes on a real canvas. */
import type { TimelineAnswer } from '../../preload/contract/query';
import { hitTest } from '../../renderer/model/hit-test';
import { buildScene, type Scene } from '../../renderer/model/timeline-scene';
import { CanvasRenderer } from '../../renderer/timeline/canvas-renderer';
import { readPalette, type Palette } from '../../renderer/timeline/palette';
import type { Viewport } from '../../renderer/model/time-scale';

const ROW = 28;
const LOOKS = 200;

export interface Picture {
  readonly answer: TimelineAnswer;
  readonly viewport: Viewport;
  readonly lanes: readonly number[];
  readonly width: number;
}

export interface Times {
  /** Milliseconds: what JavaScript takes for a frame, and until its pixels are there. */
  readonly script: number;
  readonly pixels: number;
  /** Until the pixels are there of the same shapes as one fillRect each, in the order of the answer. */
  readonly plain: number;
  readonly shapes: number;
  /** Looks for what lies under a point. */
  readonly hits: readonly number[];
}

function contextOf(id: string): CanvasRenderingContext2D {
  const canvas = document.getElementById(id);
  const context = canvas instanceof HTMLCanvasElement ? canvas.getContext('2d') : null;
  if (context === null) throw new Error(`no canvas ${id}`);
  return context;
}

const lanesContext = contextOf('lanes');
const plainContext = contextOf('plain');
const renderer = new CanvasRenderer(lanesContext, contextOf('overlay'), contextOf('ruler'));
const palette = readPalette(document.documentElement);

/** Waits until what was drawn is there: a pixel that is read must be. */
function settle(context: CanvasRenderingContext2D): void {
  context.getImageData(0, 0, 1, 1);
}

function timed(run: () => void): number {
  const began = performance.now();
  run();
  return performance.now() - began;
}

function sceneOf({ answer, viewport, width, lanes }: Picture): Scene {
  const rowOf = new Map(lanes.map((lane, row) => [lane, row]));
  return buildScene({ answer, viewport, width, now: viewport.to, rowOf, measure: (text) => renderer.measure(text) });
}

function drawPlain({ answer, viewport, width, lanes }: Picture, { colours }: Palette): void {
  const rowOf = new Map(lanes.map((lane, row) => [lane, row]));
  const scale = width / (viewport.to - viewport.from);
  plainContext.fillStyle = colours['surface-0'];
  plainContext.fillRect(0, 0, width, lanes.length * ROW);
  const { spans, marks } = answer;
  spans.lane.forEach((lane, at) => {
    const x = ((spans.start[at] ?? 0) - viewport.from) * scale;
    const end = ((spans.end[at] ?? 0) - viewport.from) * scale;
    if (!(end >= 0 && x <= width)) return;
    plainContext.fillStyle = (spans.kind[at] ?? 0) % 2 === 0 ? colours.receive : colours.pending;
    plainContext.fillRect(x, (rowOf.get(lane) ?? 0) * ROW + 7, Math.max(2, end - x), 14);
  });
  marks.lane.forEach((lane, at) => {
    const x = ((marks.time[at] ?? 0) - viewport.from) * scale;
    if (!(x >= 0 && x <= width)) return;
    plainContext.fillStyle = (marks.kind[at] ?? 0) % 2 === 0 ? colours['text-2'] : colours.bad;
    plainContext.fillRect(x, (rowOf.get(lane) ?? 0) * ROW + 9, 2, 10);
  });
}

function draw(picture: Picture): Times {
  let scene: Scene | undefined;
  const script = timed(() => {
    scene = sceneOf(picture);
    renderer.drawLanes({ scene, findings: [], gridLines: [], rowHeight: ROW, scrollTop: 0, selectedRow: 3, palette });
  });
  const pixels = script + timed(() => settle(lanesContext));
  const plain = timed(() => {
    drawPlain(picture, palette);
    settle(plainContext);
  });
  const hits: number[] = [];
  for (let look = 0; look < LOOKS && scene !== undefined; look++) {
    const at = scene;
    hits.push(timed(() => hitTest(at, look % picture.lanes.length, (look * 7919) % picture.width)));
  }
  return { script, pixels, plain, hits, shapes: picture.answer.spans.lane.length + picture.answer.marks.lane.length };
}

function begin(width: number, rows: number): void {
  renderer.resize(width, rows * ROW, 36, 1);
  plainContext.canvas.width = width;
  plainContext.canvas.height = rows * ROW;
}

/** What the benchmark asks the page. */
export interface DrawPage {
  begin(width: number, rows: number): void;
  draw(picture: Picture): Times;
}

const page: DrawPage = { begin, draw };
Object.defineProperty(globalThis, 'drawPage', { value: page });
