import type { HandleId } from '../../preload/contract/ids';
import type { TimelineAnswer } from '../../preload/contract/query';
import { errorMessage } from '../../preload/contract/errors';
import { spanOf, type Viewport } from '../model/time-scale';
import { askTimeline } from '../store/questions';
import { showOverview } from '../store/view-actions';

interface Wanted {
  readonly viewport: Viewport;
  readonly width: number;
  readonly lanes: readonly HandleId[];
  readonly revision: number;
}

/** More than is on the screen is asked for, by this part of the view on each side, so that a pan has something to show. */
const MARGIN = 0.5;

/** How much the scale may differ before what was merged for one pixel is asked for anew. */
const SCALE_SLACK = 0.2;

/** Keeps the answer to what the timeline shows: one question at a time, never an answer older than the one it has. */
export class TimelineFeed {
  readonly #changed: () => void;
  #answer: TimelineAnswer | undefined;
  #asked: { readonly viewport: Viewport; readonly lanes: readonly HandleId[]; readonly revision: number; readonly scale: number } | undefined;
  #next: Wanted | undefined;
  #busy = false;
  #ended = false;
  #problem: string | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get answer(): TimelineAnswer | undefined {
    return this.#answer;
  }

  get problem(): string | undefined {
    return this.#problem;
  }

  /** Another recording is shown: what is still answered of this one is let go. */
  end(): void {
    this.#ended = true;
    this.#next = undefined;
  }

  want(wanted: Wanted): void {
    if (wanted.lanes.length === 0 || wanted.width < 1 || this.#covers(wanted)) return;
    this.#next = wanted;
    if (!this.#busy) void this.#ask();
  }

  /** Whether what was asked last holds everything that is wanted, at the same scale. */
  #covers({ viewport, width, lanes, revision }: Wanted): boolean {
    const asked = this.#asked;
    if (asked === undefined || asked.revision !== revision || asked.lanes.length !== lanes.length) return false;
    const scale = spanOf(viewport) / width;
    if (Math.abs(scale / asked.scale - 1) > SCALE_SLACK) return false;
    return viewport.from >= asked.viewport.from && viewport.to <= asked.viewport.to && lanes.every((lane, index) => asked.lanes[index] === lane);
  }

  async #ask(): Promise<void> {
    this.#busy = true;
    for (let wanted = this.#next; wanted !== undefined; wanted = this.#next) {
      this.#next = undefined;
      const { viewport, width, lanes, revision } = wanted;
      const extra = spanOf(viewport) * MARGIN;
      const wide = { from: viewport.from - extra, to: viewport.to + extra };
      this.#asked = { viewport: wide, lanes, revision, scale: spanOf(viewport) / width };
      const result = await askTimeline({ ...wide, pixels: Math.min(32768, Math.ceil(width * (1 + MARGIN * 2))), lanes });
      if (this.#ended) break;
      this.#problem = result.ok ? undefined : errorMessage(result.error);
      if (result.ok && result.value.revision >= (this.#answer?.revision ?? -1)) {
        this.#answer = result.value;
        showOverview(result.value.overview);
      }
      this.#changed();
    }
    this.#busy = false;
  }
}
