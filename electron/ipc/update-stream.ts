import type { Annotation } from '../../preload/contract/annotation';
import type { HandleNode } from '../../preload/contract/handle';
import type { HandleId } from '../../preload/contract/ids';
import { packNodes } from '../../preload/contract/node-columns';
import { FUNCTION_NAMES } from '../../preload/contract/win32/functions';
import type { ExchangeProgress } from '../../preload/contract/exchange';
import type { EngineStatus, JournalStatus, RecorderStatus, Update } from '../../preload/contract/update';
import type { Inspector } from '../inspector/inspector';
import type { Desk } from '../session/desk/desk';
import { CoreProgress } from './core-progress';

/** One frame of a 60 Hz window, in milliseconds: updates are sent no oftener. */
const FRAME_MS = 16;
const RATE_WINDOW_MS = 1000;
/** More handles than this go in columns: as objects each costs the window more to receive than to show. */
const MANY = 256;

/**
 * Tells a window what changed: the nodes, the counts and nothing an event. Changes within a frame go as one update, so a
 * storm of callbacks costs the window no more than a trickle.
 */
export class UpdateStream {
  private readonly changed = new Set<HandleId>();
  private removed: HandleId[] = [];
  private timer: NodeJS.Timeout | undefined;
  /** Whether the timer ends within a frame. */
  private soon = false;
  /** When the timer ends, on the clock of performance.now(). */
  private due = 0;
  private readonly stopListening: () => void;
  private readonly stopForgetting: () => void;
  /** What the window was last told of. */
  private epoch: number;
  private annotations: readonly Annotation[] | undefined;
  private exchange: ExchangeProgress | undefined;
  private rate = { since: 0, events: 0, recordingMs: 0, perSecond: 0, microsPerEvent: 0 };

  /**
   * @param desk what the window shows
   * @param progress what the core is at, for every window the same
   * @param journal how the journal of the recording is, asked for with every update
   */
  constructor(
    private readonly inspector: Inspector, private readonly desk: Desk, private readonly send: (update: Update) => void,
    private readonly progress = new CoreProgress(), private readonly journal: () => JournalStatus = () => ({ state: 'none' }),
  ) {
    this.epoch = desk.state().epoch;
    const stopTrace = inspector.trace.listen((_event, changed) => {
      // While a file is shown the live recording goes on unseen; whoever comes back to it is told of every node.
      if (!this.desk.isLive) return;
      for (const id of changed) this.changed.add(id);
      // The clock is not asked for every event: one update that is on its way takes all of a frame with it.
      if (!this.soon) this.schedule(FRAME_MS);
    });
    this.stopForgetting = inspector.trace.onForget((gone) => { if (this.desk.isLive) this.removed = [...this.removed, ...gone]; });
    const stopDesk = desk.listen(() => this.schedule(FRAME_MS));
    // What is waited for on the way out is told at once: little comes after it.
    const stopProgress = progress.listen(({ leaving }) => this.schedule(leaving === undefined ? FRAME_MS : 0));
    this.stopListening = () => {
      stopTrace();
      stopDesk();
      stopProgress();
    };
  }

  /** Everything as it stands. */
  snapshot(): Update {
    const { trace } = this.desk.shown;
    return { ...this.update([...trace.tree.all()]), annotations: trace.annotations.all };
  }

  exchangeProgress(progress: ExchangeProgress | undefined): void {
    this.exchange = progress;
    this.schedule(FRAME_MS);
  }

  dispose(): void {
    this.stopListening();
    this.stopForgetting();
    clearTimeout(this.timer);
  }

  private schedule(delay: number): void {
    const due = performance.now() + delay;
    if (this.timer !== undefined && this.due <= due) return;
    // An update that is a second away, to tell that the rate fell, must not hold back one that is a frame away.
    clearTimeout(this.timer);
    this.due = due;
    this.soon = delay <= FRAME_MS;
    this.timer = setTimeout(() => this.flush(), delay);
    this.timer.unref();
  }

  private flush(): void {
    this.timer = undefined;
    this.soon = false;
    const { trace } = this.desk.shown;
    const { all } = trace.annotations;
    const { tree } = trace;
    const { epoch } = this.desk.state();
    if (epoch !== this.epoch) {
      this.epoch = epoch;
      this.annotations = all;
      this.changed.clear();
      this.removed = [];
      this.rate = { since: trace.now(), events: trace.log.length, recordingMs: trace.recordingMs, perSecond: 0, microsPerEvent: 0 };
      this.send(this.snapshot());
      return;
    }
    // Ids only grow and a parent is older than its children: ascending order is parents first.
    const nodes = [...this.changed].sort((a, b) => a - b).flatMap((id): HandleNode[] => { const node = tree.get(id); return node === undefined ? [] : [node]; });
    this.changed.clear();
    const { removed } = this;
    this.removed = [];
    const update = this.update(nodes, removed);
    this.send(this.annotations === all ? update : { ...update, annotations: all });
    this.annotations = all;
    // The rate falls to zero by itself a second after the last event; someone has to say so.
    if (this.rate.perSecond > 0) this.schedule(RATE_WINDOW_MS);
  }

  private update(nodes: readonly HandleNode[], removed: readonly HandleId[] = []): Update {
    const { trace, referee } = this.desk.shown;
    return {
      revision: trace.revision, ...(nodes.length > MANY ? { nodes: [], many: packNodes(nodes) } : { nodes }), removed, recorder: this.recorder(), engine: engineStatus(this.inspector),
      ...this.progress.now, exchange: this.exchange,
      findings: { ...referee.counts }, shown: this.desk.state(), opening: this.desk.opening,
    };
  }

  private recorder(): RecorderStatus {
    const { trace } = this.desk.shown;
    const now = trace.now();
    const events = trace.log.length;
    const elapsed = now - this.rate.since;
    // The events of a file came long ago.
    if (elapsed >= RATE_WINDOW_MS && this.desk.isLive) {
      const added = events - this.rate.events;
      const spent = trace.recordingMs - this.rate.recordingMs;
      this.rate = {
        since: now, events, recordingMs: trace.recordingMs, perSecond: Math.round((added * 1000) / elapsed),
        microsPerEvent: added === 0 ? this.rate.microsPerEvent : (spent * 1000) / added,
      };
    }
    const { earlier } = trace.log;
    return { events: events - earlier, earlier, dropped: trace.log.dropped, forgotten: trace.forgottenHandles, perSecond: this.rate.perSecond, microsPerEvent: this.rate.microsPerEvent, journal: this.journal(), now };
  }
}

export function engineStatus({ engine, lost }: Inspector): EngineStatus {
  const unavailable: Record<string, string> = {};
  for (const name of FUNCTION_NAMES) {
    const availability = engine.availability(name);
    if (!availability.available) unavailable[name] = availability.reason;
  }
  return { kind: engine.kind, description: engine.description, unavailable, lost, service: engine.windowsSession === 0 };
}
