import * as v from 'valibot';
import { readRemembered, writeRemembered } from '../../session/remembered-file';
import type { Area } from './visible-place';

/** How a window stood when it was seen last. */
export interface WindowState {
  /** Where it is when it is neither maximised nor the full screen. */
  readonly bounds: Area;
  readonly maximized: boolean;
  readonly fullScreen: boolean;
}

/** How much larger or smaller everything can be, as browsers have it. */
export const ZOOM_FACTORS: readonly number[] = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];

/** A desktop of many large displays is smaller. */
const FARTHEST = 100_000;

const coordinate = v.pipe(v.number(), v.integer(), v.minValue(-FARTHEST), v.maxValue(FARTHEST));
const size = (least: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(FARTHEST));

/** The least size of a window, in pixels. */
export const LEAST_SIZE = { width: 640, height: 400 } as const;

const STATE = v.object({
  bounds: v.object({ x: coordinate, y: coordinate, width: size(LEAST_SIZE.width), height: size(LEAST_SIZE.height) }),
  maximized: v.boolean(), fullScreen: v.boolean(),
});

const SCHEMA = v.object({
  zoom: v.picklist(ZOOM_FACTORS),
  // Each for itself: one window's state that makes no sense costs only that window.
  windows: v.pipe(v.array(v.unknown()), v.maxLength(64)),
});

/** How each window stood, by its number, and the zoom that all of them have. */
export class WindowStates {
  private readonly windows = new Map<number, WindowState>();
  private factor = 1;

  constructor(private readonly file: string) {
    const found = readRemembered(file, SCHEMA);
    if (found === undefined) return;
    this.factor = found.zoom;
    for (const [number, state] of found.windows.entries()) {
      const parsed = v.safeParse(STATE, state);
      if (parsed.success) this.windows.set(number, parsed.output);
    }
  }

  get zoom(): number {
    return this.factor;
  }

  of(number: number): WindowState | undefined {
    return this.windows.get(number);
  }

  keep(number: number, state: WindowState): void {
    this.windows.set(number, state);
    this.write();
  }

  /** The next factor in a direction; the last one stays. */
  magnify(step: 'larger' | 'smaller' | 'actual'): number {
    const at = ZOOM_FACTORS.indexOf(this.factor);
    this.factor = step === 'actual' ? 1 : ZOOM_FACTORS[at + (step === 'larger' ? 1 : -1)] ?? this.factor;
    this.write();
    return this.factor;
  }

  private write(): void {
    const most = Math.max(-1, ...this.windows.keys());
    writeRemembered(this.file, { zoom: this.factor, windows: Array.from({ length: most + 1 }, (_, number) => this.windows.get(number) ?? {}) });
  }
}
