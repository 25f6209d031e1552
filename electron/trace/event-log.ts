import type { EventKind, NewEvent, TraceEvent } from '../../preload/contract/event';
import { handleId, seq, type HandleId, type Seq } from '../../preload/contract/ids';
import { FUNCTION_NAMES, type FunctionName } from '../../preload/contract/win32/functions';
import { payloadOf } from './event-payload';
import { CHUNK_EVENTS, EventChunk, NO_LINK } from './event-chunk';

const KINDS: readonly EventKind[] = ['call', 'return', 'callback', 'completion', 'connection', 'note', 'engine-lost', 'callback-return', 'observed'];
const FUNCTION_INDEX: ReadonlyMap<FunctionName, number> = new Map(FUNCTION_NAMES.map((name, index) => [name, index]));

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
  private readonly threads: number[] = [];
  private readonly threadIndex = new Map<number, number>();
  private count = 0;
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
    return this.chunks[0]?.first ?? seq(0);
  }

  /** Events that were dropped because the history was full. */
  get dropped(): number {
    return this.first;
  }

  /** Memory of columns and payloads, in bytes. */
  get bytes(): number {
    return this.chunks.reduce((sum, chunk) => sum + chunk.bytes, 0);
  }

  append(event: NewEvent): TraceEvent {
    // A clock that stands still or a recorded time that lies back: the column never falls.
    this.lastTime = Math.max(this.lastTime, event.time ?? this.now());
    // NewEvent is TraceEvent less exactly these two. Named before the copy and set after it: named behind it alone, the same costs ten times as much.
    const full: { seq: Seq; time: number } & NewEvent = { seq: seq(this.count), time: this.lastTime, ...event };
    full.seq = seq(this.count);
    full.time = this.lastTime;
    // With its place and time it is one.
    const made = full as TraceEvent;
    this.lastPayload = payloadOf(made);
    this.room().append({
      time: made.time, kind: KINDS.indexOf(made.kind), name: nameOf(made), handle: made.handle ?? 0, thread: this.threadPlace(made.thread),
      link: linkOf(made) ?? NO_LINK, code: codeOf(made),
    }, this.lastPayload);
    this.count += 1;
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

  /** @throws Error for a place that holds no event: never appended, or dropped. */
  at(index: Seq): TraceEvent {
    const { chunk, row } = this.locate(index);
    const kind = this.kindAt(index);
    const link = chunk.links[row];
    // The columns and the payload together are exactly what append was given.
    return {
      ...JSON.parse(chunk.payload(row)), ...linkFields(kind, link === undefined || link === NO_LINK ? undefined : seq(link)), kind, seq: index,
      time: chunk.times[row], thread: this.threads[chunk.threads[row] ?? 0], handle: this.handleAt(index),
    } as TraceEvent;
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
    const kind = KINDS[chunk.kinds[row] ?? -1];
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

  private locate(index: Seq): Location {
    const offset = index - this.first;
    const chunk = this.chunks[Math.floor(offset / CHUNK_EVENTS)];
    const row = offset % CHUNK_EVENTS;
    if (offset < 0 || chunk === undefined || row >= chunk.length) {
      throw new Error(`There is no event ${index}: kept are ${this.first} to ${this.count - 1}`);
    }
    return { chunk, row };
  }

  private threadPlace(thread: number): number {
    const known = this.threadIndex.get(thread);
    if (known !== undefined) return known;
    const place = this.threads.length;
    this.threads.push(thread);
    this.threadIndex.set(thread, place);
    return place;
  }
}

function nameOf(event: TraceEvent): number {
  switch (event.kind) {
    case 'call': case 'return': case 'completion': return FUNCTION_INDEX.get(event.api) ?? 0;
    case 'callback': case 'callback-return': return event.status;
    default: return 0;
  }
}

function linkOf(event: TraceEvent): Seq | undefined {
  switch (event.kind) {
    case 'return': return event.call;
    case 'callback': case 'completion': return event.completes;
    case 'call': return event.inCallback;
    case 'callback-return': return event.callback;
    default: return undefined;
  }
}

/** What the link of each kind of event is called. */
const LINK_NAMES: Readonly<Record<EventKind, string>> = {
  call: 'inCallback', return: 'call', callback: 'completes', completion: 'completes', 'callback-return': 'callback', connection: '', note: '', 'engine-lost': '', observed: '',
};

function linkFields(kind: EventKind, link: Seq | undefined): object {
  const name = LINK_NAMES[kind];
  return name === '' ? {} : { [name]: link };
}

function codeOf(event: TraceEvent): number {
  return event.kind === 'return' || event.kind === 'completion' || event.kind === 'observed' ? event.error : 0;
}
