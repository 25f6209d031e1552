import { beginWork } from './idle';

/** A window that is hidden gets no frames; what is due is done this many milliseconds later all the same. */
const WITHOUT_FRAMES = 500;

/** Runs a task with the next frame, and once however often it was asked for until then. */
export class FrameTask {
  readonly #task: () => void;
  #cancel: (() => void) | undefined;

  constructor(task: () => void) {
    this.#task = task;
  }

  request(): void {
    if (this.#cancel !== undefined) return;
    const done = beginWork();
    const run = (): void => {
      this.#cancel?.();
      this.#task();
    };
    const frame = requestAnimationFrame(run);
    const timer = setTimeout(run, WITHOUT_FRAMES);
    this.#cancel = () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      this.#cancel = undefined;
      done();
    };
  }

  cancel(): void {
    this.#cancel?.();
  }
}
