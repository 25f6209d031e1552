import type { NewEvent, TraceEvent } from '../../preload/contract/event';
import type { Severity } from '../../preload/contract/finding';
import { isEnded } from '../../preload/contract/handle';
import { seq, type HandleId, type Seq } from '../../preload/contract/ids';
import type { EventPage, EventQuery, TimelineAnswer, TimelineQuery } from '../../preload/contract/query';
import { Annotations } from './annotations';
import { EventLog } from './event-log';
import { EventSearch } from './event-search';
import { HandleTree } from './handle-tree';
import { SpanIndex } from './span-index';
import { queryTimeline } from './timeline-query';

/** One event in this many is timed: a clock read costs as much as writing a column. A prime, so that calls and returns are timed alike. */
const TIMED_EVENT = 17;

export type ForgetListener = (gone: readonly HandleId[]) => void;
export type TraceListener = (event: TraceEvent, changed: ReadonlySet<HandleId>) => void;

/** The record and what is kept up with it: every event goes log, tree, spans, listeners, in this order. */
export class Trace {
  readonly log: EventLog;
  readonly tree = new HandleTree();
  readonly spans = new SpanIndex(this.tree);
  /** Beside the events, never among them. */
  readonly annotations = new Annotations();
  private readonly search: EventSearch;
  private readonly listeners = new Set<TraceListener>();
  private readonly forgetters = new Set<ForgetListener>();
  private readonly beginners = new Set<() => void>();
  private forgotten = 0;
  /** What `recordingMs` answers. */
  private recording = 0;
  private untimed = 0;

  /**
   * @param clock milliseconds, monotonic; its value at this moment is the start of the trace
   * @param history events to keep before the oldest are dropped
   */
  constructor(private readonly clock: () => number = () => performance.now(), history?: number) {
    const start = clock();
    this.now = () => clock() - start + this.offset;
    this.log = new EventLog(this.now, history);
    this.search = new EventSearch(this.log, this.tree);
  }

  /** Milliseconds since the start of the trace. */
  readonly now: () => number;
  private offset = 0;

  /** Lets the present follow the newest event: what is recorded after an opened file comes after it. */
  continueNow(): void {
    if (this.log.length > this.log.first) this.offset += Math.max(0, this.log.timeAt(seq(this.log.length - 1)) - this.now());
  }

  /** Time spent on taking events in, in milliseconds, since the trace began: that of the timed ones, for all. */
  get recordingMs(): number {
    return this.recording;
  }

  /** Grows with every event: what an answer was true of. */
  get revision(): number {
    return this.log.length;
  }

  append(event: NewEvent): TraceEvent {
    const timed = this.untimed === 0;
    this.untimed = timed ? TIMED_EVENT - 1 : this.untimed - 1;
    const began = timed ? this.clock() : 0;
    const { first } = this.log;
    const full = this.log.append(event);
    const changed = this.fold(full, first);
    if (timed) this.recording += (this.clock() - began) * TIMED_EVENT;
    for (const listener of this.listeners) listener(full, changed);
    return full;
  }

  /** Takes in an event of a file: log.adopt says what it must be like. */
  adopt(event: TraceEvent, payload: string): void {
    const { first } = this.log;
    this.log.adopt(event, payload);
    const changed = this.fold(event, first);
    for (const listener of this.listeners) listener(event, changed);
  }

  private fold(event: TraceEvent, first: Seq): ReadonlySet<HandleId> {
    const changed = this.tree.apply(event);
    this.spans.apply(event, changed);
    if (this.log.first !== first) this.drop();
    return changed;
  }

  /**
   * Begins another recording in place of this one: what was recorded is forgotten, with every handle, and time is 0 again.
   * Notes and bookmarks go with what they were about; mutes of a rule stay.
   * @throws Error while a handle is open: the new recording could not say where it came from
   */
  beginAnew(): void {
    for (const { id, state } of this.tree.all()) if (!isEnded(state)) throw new Error(`Handle #${id} is ${state}`);
    const end = this.now();
    this.log.beginAnew();
    const gone: HandleId[] = [];
    // A handle goes after its children, and may have ended before them.
    for (let some = this.tree.forget(this.log.first); some.length > 0; some = this.tree.forget(this.log.first)) gone.push(...some);
    this.spans.trim(this.log.first, end, gone);
    this.spans.overview.clear();
    this.offset -= this.now();
    this.forgotten = 0;
    this.tellForgotten(gone);
    // Told before the notes go: whoever keeps the recording that is over keeps them with it.
    for (const listener of this.beginners) listener();
    this.annotations.keepMutes();
  }

  /** Tells that another recording has begun in place of this one; the answer ends it. */
  onBeginAnew(listener: () => void): () => void {
    this.beginners.add(listener);
    return () => this.beginners.delete(listener);
  }

  private tellForgotten(gone: readonly HandleId[]): void {
    if (gone.length > 0) for (const listener of this.forgetters) listener(gone);
  }

  /** The oldest events have left: what only they told of goes with them. */
  private drop(): void {
    const gone = this.tree.forget(this.log.first);
    this.spans.trim(this.log.first, this.log.timeAt(this.log.first), gone);
    this.forgotten += gone.length;
    this.tellForgotten(gone);
  }

  /** Handles that were forgotten: they had ended, and every event that told of them has left the history. */
  get forgottenHandles(): number {
    return this.forgotten;
  }

  /** Tells of handles that are forgotten, children before their parents; the answer ends it. */
  onForget(listener: ForgetListener): () => void {
    this.forgetters.add(listener);
    return () => this.forgetters.delete(listener);
  }

  listen(listener: TraceListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  timeline(query: TimelineQuery): TimelineAnswer {
    return queryTimeline(this.spans, query, this.revision);
  }

  /**
   * @param budget milliseconds that a search may take now; what is left is looked at between other work
   * @param severities of the events that findings name, for a filter that asks for them
   */
  events(query: EventQuery, budget = Number.POSITIVE_INFINITY, severities?: ReadonlyMap<Seq, Severity>): EventPage {
    return this.search.page(query, budget, this.revision, severities);
  }
}
