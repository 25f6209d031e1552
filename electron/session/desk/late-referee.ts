import { seq } from '../../../preload/contract/ids';
import type { TraceEvent } from '../../../preload/contract/event';
import { Referee } from '../../rules/referee';
import { HandleTree } from '../../trace/handle-tree';
import type { Trace, TraceListener } from '../../trace/trace';

/** How long the rules look on before other work has its turn, in milliseconds. */
const SLICE_MS = 6;
/** Events between two looks at the clock. */
const BETWEEN_CLOCKS = 32;

/**
 * Holds a trace that is whole already to the rules, event by event between other work: a long file is shown before they
 * have seen it all. The rules ask how the handles stood at each event, so they have a tree of their own.
 */
export class LateReferee {
  readonly referee: Referee;
  private readonly tree = new HandleTree();
  private readonly listeners = new Set<TraceListener>();
  private looked: number;
  private stopped = false;

  constructor(private readonly trace: Trace) {
    this.looked = trace.log.first;
    const { log, now, annotations } = trace;
    this.referee = new Referee({
      tree: this.tree, log, now, annotations, revision: trace.revision,
      listen: (listener) => {
        this.listeners.add(listener);
        return () => this.listeners.delete(listener);
      },
      // A trace that is whole forgets nothing, and goes on to no other.
      onForget: () => () => false,
      onBeginAnew: () => () => false,
    });
  }

  /** Part of the events that the rules have seen, from 0 to 1. */
  get part(): number {
    const { first, length } = this.trace.log;
    return length === first ? 1 : (this.looked - first) / (length - first);
  }

  /** @param onProgress is told after each slice */
  async run(onProgress: () => void): Promise<void> {
    while (this.slice()) {
      onProgress();
      await new Promise<void>((resolve) => { setImmediate(resolve); });
    }
    onProgress();
  }

  stop(): void {
    this.stopped = true;
  }

  /** Whether there is more. */
  private slice(): boolean {
    const { log } = this.trace;
    const until = performance.now() + SLICE_MS;
    while (!this.stopped && this.looked < log.length) {
      const end = Math.min(log.length, this.looked + BETWEEN_CLOCKS);
      for (; this.looked < end; this.looked += 1) this.see(log.at(seq(this.looked)));
      if (performance.now() >= until) return true;
    }
    return false;
  }

  private see(event: TraceEvent): void {
    const changed = this.tree.apply(event);
    for (const listener of this.listeners) listener(event, changed);
  }
}
