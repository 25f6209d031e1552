import type { HandleId } from '../../preload/contract/ids';
import { findingPoints, type FindingPoint } from '../model/findings';
import { hitFinding, hitTest, type Hit } from '../model/hit-test';
import type { RowList } from '../model/rows';
import { momentText, toldTicks } from '../model/time-mode';
import { digitsOf, spanOf, timeAt, xOf } from '../model/time-scale';
import { pendingSpan } from '../model/pending-span';
import { buildScene, EMPTY_SCENE, type Scene } from '../model/timeline-scene';
import { followViewport } from '../model/follow';
import { flagsOf } from '../model/notes';
import { FrameTask } from '../store/frame';
import { appState, useApp, type AppState } from '../store/state';
import { tellingOf } from '../store/telling';
import { windowNow } from '../store/view-actions';
import { TimelineFeed } from './feed';
import { readPalette, type Palette } from './palette';
import type { Renderer } from './renderer';
import { watchColours } from './use-palette';

/** The lanes that are on the screen, and where. Lengths are CSS pixels. */
export interface StageLayout {
  readonly width: number;
  readonly height: number;
  readonly scrollTop: number;
  readonly rowHeight: number;
  readonly rows: RowList;
}

/** Ruler ticks are at least so far apart. */
const TICK_GAP = 92;
export const RULER_HEIGHT = 36;
/** Lanes beyond the screen that are asked for with it. */
const OVERSCAN = 12;
const NO_ROWS: RowList = { length: 0, at: () => undefined, indexOf: () => -1, slice: () => [], expandableSiblings: () => [] };
/** A bridge query names at most so many lanes. */
const MOST_LANES = 2000;

/** Draws the timeline outside React: it redraws when the store, the layout or the answer changes, once a frame. */
export class TimelineStage {
  readonly #renderer: Renderer;
  readonly #root: Element;
  readonly #feed: TimelineFeed;
  readonly #draw = new FrameTask(() => this.#drawAll());
  readonly #drawPointer = new FrameTask(() => this.#drawCursor());
  readonly #stops: (() => void)[] = [];
  readonly #onScene: () => void;
  #palette: Palette;
  #layout: StageLayout = { width: 0, height: 0, scrollTop: 0, rowHeight: 28, rows: NO_ROWS };
  #cursor: number | undefined;
  #scene: Scene = EMPTY_SCENE;
  #findings: readonly FindingPoint[] = [];
  #liveTimer: ReturnType<typeof setTimeout> | undefined;

  /** `onScene` is called after each drawing of new lanes: the tooltip and the table twin follow it. */
  constructor(renderer: Renderer, root: Element, onScene: () => void) {
    this.#renderer = renderer;
    this.#root = root;
    this.#onScene = onScene;
    this.#palette = readPalette(root);
    this.#feed = new TimelineFeed(() => this.#draw.request());
    this.#stops.push(useApp.subscribe((state, before) => this.#onState(state, before)));
    this.#stops.push(watchColours(() => this.#repaint()));
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
    this.#feed.end();
    this.#draw.cancel();
    this.#drawPointer.cancel();
    clearTimeout(this.#liveTimer);
  }

  get scene(): Scene {
    return this.#scene;
  }

  get problem(): string | undefined {
    return this.#feed.problem;
  }

  setLayout(layout: StageLayout): void {
    const { width, height } = this.#layout;
    this.#layout = layout;
    if (width !== layout.width || height !== layout.height) {
      this.#renderer.resize(layout.width, layout.height, RULER_HEIGHT, globalThis.devicePixelRatio);
      // Resizing clears a canvas: it is filled again before the next frame shows it.
      this.#draw.cancel();
      this.#drawAll();
    } else {
      this.#draw.request();
    }
  }

  #repaint(): void {
    this.#palette = readPalette(this.#root);
    this.#draw.request();
  }

  /** CSS pixels from the left edge; undefined when the pointer is elsewhere. */
  setCursor(x: number | undefined): void {
    if (x === this.#cursor) return;
    this.#cursor = x;
    this.#drawPointer.request();
  }

  hit(x: number, y: number): { readonly lane: HandleId | undefined; readonly hit: Hit | undefined } {
    const row = Math.floor((y + this.#layout.scrollTop) / this.#layout.rowHeight);
    const top = y + this.#layout.scrollTop - row * this.#layout.rowHeight;
    return { lane: this.#layout.rows.at(row)?.node.id, hit: hitFinding(this.#findings, row, x, top) ?? hitTest(this.#scene, row, x) };
  }

  #onState(state: AppState, before: AppState): void {
    if (state.viewport !== before.viewport || state.revision !== before.revision || state.selection !== before.selection || state.clock !== before.clock || state.findings !== before.findings || state.asOf !== before.asOf || state.range !== before.range || state.annotations !== before.annotations || state.layout.timeMode !== before.layout.timeMode || state.timeZero !== before.timeZero || state.shown !== before.shown) {
      this.#draw.request();
    }
  }

  #drawAll(): void {
    this.#keepLive();
    const state = appState();
    const { width, scrollTop, height, rowHeight, rows } = this.#layout;
    if (width < 1 || height < 1) return;
    const first = Math.max(0, Math.floor(scrollTop / rowHeight) - OVERSCAN);
    const shown = rows.slice(first, Math.min(first + MOST_LANES, Math.ceil((scrollTop + height) / rowHeight) + OVERSCAN)).map(({ node }) => node.id);
    this.#feed.want({ viewport: state.viewport, width, lanes: shown, revision: state.revision });
    const { answer } = this.#feed;
    const rowOf = new Map<number, number>(shown.map((lane, index) => [lane, first + index]));
    const measure = (text: string): number => this.#renderer.measure(text);
    this.#scene = answer === undefined ? EMPTY_SCENE : buildScene({ answer, viewport: state.viewport, width, now: windowNow(state), rowOf, measure });
    this.#findings = findingPoints(state.toldFindings, state.viewport, width, rowOf);
    const gridLines = toldTicks(state.viewport, width, TICK_GAP, tellingOf(state)).map(({ time }) => xOf(state.viewport, width, time));
    const selected = state.selection.handle === undefined ? -1 : rows.indexOf(state.selection.handle);
    this.#renderer.drawLanes({
      scene: this.#scene, findings: this.#findings, gridLines, rowHeight, scrollTop, selectedRow: selected < 0 ? undefined : selected, palette: this.#palette,
    });
    this.#drawCursor();
    this.#onScene();
  }

  #drawCursor(): void {
    const state = appState();
    const { viewport, selection, asOf, range, annotations } = state;
    const telling = tellingOf(state);
    const { width, rowHeight, scrollTop } = this.#layout;
    if (width < 1) return;
    const cursor = this.#cursor;
    const label = cursor === undefined ? '' : momentText(timeAt(viewport, width, cursor), telling, digitsOf(viewport, width));
    this.#renderer.drawRuler({
      ticks: toldTicks(viewport, width, TICK_GAP, telling).map((tick) => ({ ...tick, x: xOf(viewport, width, tick.time) })),
      cursor: cursor === undefined ? undefined : { x: cursor, label },
      flags: flagsOf(annotations).map(({ time, note }) => ({ x: xOf(viewport, width, time), note })),
      palette: this.#palette,
    });
    const event = selection.event;
    const at = event === undefined ? -1 : this.#scene.marks.indexOfSeq(event);
    const mark = at < 0 ? undefined : this.#scene.marks.at(at);
    const x = (time: number): number => xOf(viewport, width, time);
    const pending = event === undefined ? undefined : pendingSpan(this.#scene, event, mark);
    this.#renderer.drawOverlay({
      cursor,
      asOf: asOf === undefined ? undefined : x(asOf),
      range: range === undefined ? undefined : { from: x(range.from), to: x(range.to) },
      arrow: pending === undefined ? undefined : {
        from: pending.x, to: pending.x + pending.width, y: pending.row * rowHeight - scrollTop + rowHeight / 2 - 8, open: pending.end === undefined,
      },
      selected: mark === undefined ? undefined : { x: mark.x, y: mark.row * rowHeight - scrollTop + rowHeight / 2 },
      palette: this.#palette,
    });
  }

  /** While something is pending time goes on: the next picture is due when it would differ by half a pixel. */
  #keepLive(): void {
    const state = appState();
    clearTimeout(this.#liveTimer);
    if (!state.clock.running || state.paused) return;
    const pixel = spanOf(state.viewport) / Math.max(1, this.#layout.width);
    this.#liveTimer = setTimeout(() => {
      const { follow } = appState();
      if (follow === undefined) this.#draw.request();
      else useApp.setState({ viewport: followViewport(follow, windowNow()) });
    }, Math.min(250, Math.max(16, pixel / 2)));
  }
}
