import type { EventKind, NewEvent, TraceEvent } from '../../preload/contract/event';
import { handleId, seq, type HandleId, type Seq } from '../../preload/contract/ids';
import { EVENT_KINDS, NO_LINK, type BlockRow } from './event-block';
import { CHUNK_EVENTS, EventChunk } from './event-chunk';
import { codeOf, eventOf, LINK_NAMES, linkOf, nameOf, type KindAndPayload } from './event-columns';
import { payloadOf } from './event-payload';

/** Events kept unless a setting says otherwise; older ones are dropped and counted. */
export const DEFAULT_HISTORY = 20_000_000;

/** Where an event lies: its chunk and its row there. */
interface Location {
  readonly chunk: EventChunk;
  readonly row: number;
}

/**
 * The one record of what happened. Columns of numbers hold what is searched and drawn; the rest of an event is text that
 * is read only when asked for. The history is bounded: past the bound the oldest chunk goes, and is counted as dropped.
 */
export class EventLog {
  private readonly chunks: EventChunk[] = [];
  private count = 0;
  /** Where the log began: not at 0 for a recording whose oldest events had been dropped when it was saved. */
  private begin = 0;
  /** Places that belong to recordings before this one: nothing of them is here, and nothing of them was dropped. */
  private before = 0;
  private lastTime = 0;
  private lastPayload = '';

  /**
   * @param now milliseconds since the start of the trace, never falling
   * @param history events to keep at least; the bound is this and one chunk more
   */
  constructor(private readonly now: () => number, private readonly history = DEFAULT_HISTORY) {}

  /** Events since the trace began, those that were dropped among them: the place of the next one. */
  get length(): number {
    return this.count;
  }

  /** The oldest event that is kept. */
  get first(): Seq {
    return this.chunks[0]?.first ?? seq(this.begin);
  }

  /** Places of recordings before this one. */
  get earlier(): number {
    return this.before;
  }

  /** Events that were dropped because the history was full. */
  get dropped(): number {
    return this.first - this.before;
  }

  /** Memory of columns and payloads, in bytes. */
  get bytes(): number {
    return this.chunks.reduce((sum, chunk) => sum + chunk.bytes, 0);
  }

  /**
   * Lets the first event have a later place than 0: those before it were dropped in another log.
   * @param before how many of them were of recordings before that one, and so no part of it
   */
  beginAt(first: Seq, before = 0): void {
    if (this.count > this.begin) throw new Error('The log has events already');
    this.begin = first;
    this.count = first;
    this.before = Math.min(before, first);
  }

  /** Lets everything go and begins with the next event, at time 0. Places are not given out again: a late callback may still name one. */
  beginAnew(): void {
    this.chunks.length = 0;
    this.begin = this.count;
    this.before = this.count;
    this.lastTime = 0;
    this.lastPayload = '';
  }

  append(event: NewEvent): TraceEvent {
    // A clock that stands still or a recorded time that lies back: the column never falls.
    const time = Math.max(this.lastTime, event.time ?? this.now());
    // NewEvent is TraceEvent less exactly these two. Named before the copy and set after it: named behind it alone, the same costs ten times as much.
    const full: { seq: Seq; time: number } & NewEvent = { seq: seq(this.count), time, ...event };
    full.seq = seq(this.count);
    full.time = time;
    // With its place and time it is one.
    const made = full as TraceEvent;
    this.adopt(made, payloadOf(made));
    return made;
  }

  /** An event as one line of JSON. For the newest one, whose payload is at hand, it costs little more than a copy of it. */
  lineOf(event: TraceEvent): string {
    if (event.seq !== this.count - 1) return JSON.stringify(event);
    const { kind, handle, time, thread } = event;
    const link = linkOf(event);
    const columns = `{"kind":"${kind}","seq":${event.seq},"time":${time},"thread":${thread}`
      + (handle === undefined ? '' : `,"handle":${handle}`) + (link === undefined ? '' : `,"${LINK_NAMES[kind]}":${link}`);
    return this.lastPayload === '{}' ? `${columns}}` : `${columns},${this.lastPayload.slice(1)}`;
  }

  /**
   * Takes in an event that was made elsewhere.
   * @param event has the place that comes next, and a time that is not before the last
   * @param payload what payloadOf says of it
   */
  adopt(event: TraceEvent, payload: string): void {
    this.lastTime = event.time;
    this.lastPayload = payload;
    this.room().append({
      time: event.time, kind: EVENT_KINDS.indexOf(event.kind), name: nameOf(event), handle: event.handle ?? 0, thread: event.thread,
      link: linkOf(event) ?? NO_LINK, code: codeOf(event),
    }, payload);
    this.count += 1;
  }

  /** What is kept at this moment, row by row: what comes or is dropped later changes nothing in it. */
  *rows(): Generator<BlockRow> {
    const held = this.chunks.map((chunk) => ({ chunk, length: chunk.length }));
    for (const { chunk, length } of held) {
      for (let row = 0; row < length; row += 1) {
        yield {
          time: chunk.times[row] ?? 0, kind: chunk.kinds[row] ?? 0, handle: chunk.handles[row] ?? 0, thread: chunk.threads[row] ?? 0,
          link: chunk.links[row] ?? NO_LINK, payload: chunk.payload(row),
        };
      }
    }
  }

  /**
   * @param payload its text, where that has been read already
   * @throws Error for a place that holds no event: never appended, or dropped.
   */
  at(index: Seq, payload?: string): TraceEvent {
    const { chunk, row } = this.locate(index);
    const link = chunk.links[row] ?? NO_LINK;
    // The text is that of an event of this kind: adopt was given both.
    const given = { kind: this.kindAt(index), payload: JSON.parse(payload ?? chunk.payload(row)) } as KindAndPayload;
    return eventOf(given, {
      seq: index, time: chunk.times[row] ?? 0, thread: chunk.threads[row] ?? 0, handle: this.handleAt(index),
      link: link === NO_LINK ? undefined : seq(link),
    });
  }

  has(index: number): boolean {
    return index >= this.first && index < this.count;
  }

  timeAt(index: Seq): number {
    const { chunk, row } = this.locate(index);
    return chunk.times[row] ?? 0;
  }

  kindAt(index: Seq): EventKind {
    const { chunk, row } = this.locate(index);
    const kind = EVENT_KINDS[chunk.kinds[row] ?? -1];
    if (kind === undefined) throw new Error(`Event ${index} has no kind`);
    return kind;
  }

  handleAt(index: Seq): HandleId | undefined {
    const { chunk, row } = this.locate(index);
    const handle = chunk.handles[row] ?? 0;
    return handle === 0 ? undefined : handleId(handle);
  }

  /** The call that a return, REQUEST_COMPLETE or completion belongs to, or the callback that a callback-return ends, without reading the rest. */
  linkAt(index: Seq): Seq | undefined {
    const { chunk, row } = this.locate(index);
    const link = chunk.links[row] ?? NO_LINK;
    return link === NO_LINK ? undefined : seq(link);
  }

  *[Symbol.iterator](): Generator<TraceEvent> {
    for (let index: number = this.first; index < this.count; index += 1) if (this.has(index)) yield this.at(seq(index));
  }

  /** The chunk that the next event goes to; an old one goes when that is one too many. */
  private room(): EventChunk {
    const last = this.chunks.at(-1);
    if (last !== undefined && !last.full) return last;
    const made = new EventChunk(seq(this.count));
    this.chunks.push(made);
    if ((this.chunks.length - 2) * CHUNK_EVENTS >= this.history) this.chunks.shift();
    return made;
  }

  /** The chunk that an event lies in, for loops over many: its rows begin with the event at its `first`. */
  chunkOf(index: Seq): EventChunk {
    return this.locate(index).chunk;
  }

  private locate(index: Seq): Location {
    const offset = index - this.first;
    const chunk = this.chunks[Math.floor(offset / CHUNK_EVENTS)];
    const row = offset % CHUNK_EVENTS;
    if (offset < 0 || chunk === undefined || row >= chunk.length) {
      throw new Error(`There is no event ${index}: kept are ${this.first} to ${this.count - 1}`);
    }
    return { chunk, row };
  }
}
