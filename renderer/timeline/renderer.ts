import type { FindingPoint } from '../model/findings';
import type { Scene } from '../model/timeline-scene';
import type { Tick } from '../model/time-scale';
import type { Palette } from './palette';

/** What a frame of the lanes shows. Lengths are CSS pixels. */
export interface LanesFrame {
  readonly scene: Scene;
  readonly findings: readonly FindingPoint[];
  /** Where the lines of the ruler go on, from the left edge. */
  readonly gridLines: readonly number[];
  readonly rowHeight: number;
  readonly scrollTop: number;
  readonly selectedRow: number | undefined;
  readonly palette: Palette;
}

export interface RulerFrame {
  readonly ticks: readonly (Tick & { readonly x: number })[];
  /** The moment under the pointer. */
  readonly cursor: { readonly x: number; readonly label: string } | undefined;
  /** Notes and bookmarks at a time. */
  readonly flags: readonly { readonly x: number; readonly note: boolean }[];
  readonly palette: Palette;
}

export interface OverlayFrame {
  readonly cursor: number | undefined;
  /** The past time at which the tree stands. */
  readonly asOf: number | undefined;
  readonly range: { readonly from: number; readonly to: number } | undefined;
  /** From the selected call to its completion, along the top of its bar; open while it is pending. */
  readonly arrow: { readonly from: number; readonly to: number; readonly y: number; readonly open: boolean } | undefined;
  /** The selected event: where it is, and the middle of its row. */
  readonly selected: { readonly x: number; readonly y: number | undefined } | undefined;
  readonly palette: Palette;
}

/** Something that lanes can be drawn on. What is drawn is decided in renderer/model; how, here. */
export interface Renderer {
  resize(width: number, lanesHeight: number, rulerHeight: number, pixelRatio: number): void;
  drawLanes(frame: LanesFrame): void;
  drawRuler(frame: RulerFrame): void;
  drawOverlay(frame: OverlayFrame): void;
  /** CSS pixels that a label takes. */
  measure(text: string): number;
}
