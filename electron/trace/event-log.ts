import { FUNCTION_NAMES, type FunctionName } from '../../preload/contract/win32/functions';
import type { EventKind, NewEvent, TraceEvent } from '../../preload/contract/event';
import { handleId, seq, type HandleId, type Seq } from '../../preload/contract/ids';
import { f64, u16, u32, u8 } from './column';
import { PayloadStore } from './payload-store';

const KINDS: readonly EventKind[] = ['call', 'return', 'callback', 'completion', 'connection', 'note', 'engine-lost'];
const NO_LINK = 0xffffffff;
const FUNCTION_INDEX: ReadonlyMap<FunctionName, number> = new Map(FUNCTION_NAMES.map((name, index) => [name, index]));

/**
 * The one record of what happened. Columns of numbers hold what is searched and drawn; the rest of an event lies in the
 * payload store and is read only when asked for.
 */
export class EventLog {
  private readonly times = f64();
  private readonly kinds = u8();
  /** A function's place in FUNCTION_NAMES, or an INTERNET_STATUS. */
  private readonly names = u16();
  private readonly handles = u32();
  private readonly threads = u32();
  /** The call that a return, REQUEST_COMPLETE or completion belongs to. */
  private readonly links = u32();
  private readonly codes = u32();
  private readonly payloadChunks = u16();
  private readonly payloadOffsets = u32();
  private readonly payloads = new PayloadStore();

  /** @param now milliseconds since the start of the trace, never falling. */
  constructor(private readonly now: () => number) {}

  get length(): number {
    return this.times.length;
  }

  /** Memory of columns and payloads, in bytes. */
  get bytes(): number {
    const columns = [this.times, this.kinds, this.names, this.handles, this.threads, this.links, this.codes, this.payloadChunks, this.payloadOffsets];
    return columns.reduce((sum, column) => sum + column.bytes, this.payloads.bytes);
  }

  append(event: NewEvent): TraceEvent {
    // The newest time bounds a clock that stands still or a recorded time that lies back: the column never falls.
    const last = this.length === 0 ? 0 : this.times.at(this.length - 1);
    const place = seq(this.length);
    const time = Math.max(last, event.time ?? this.now());
    // NewEvent is TraceEvent less exactly these two.
    const full = { ...event, seq: place, time } as TraceEvent;
    this.times.push(time);
    this.kinds.push(KINDS.indexOf(full.kind));
    this.names.push(nameOf(full));
    this.handles.push(full.handle ?? 0);
    this.threads.push(full.thread);
    this.links.push(linkOf(full) ?? NO_LINK);
    this.codes.push(codeOf(full));
    const { chunk, offset } = this.payloads.add(restOf(full));
    this.payloadChunks.push(chunk);
    this.payloadOffsets.push(offset);
    return full;
  }

  at(index: Seq): TraceEvent {
    const kind = KINDS[this.kinds.at(index)];
    // What restOf took out of an event of this kind, put back.
    const rest = this.payloads.read(this.payloadChunks.at(index), this.payloadOffsets.at(index)) as object;
    const handle = this.handles.at(index);
    const link = this.links.at(index);
    // The columns and the payload together are exactly what append was given.
    return {
      ...rest, ...linkFields(kind, link === NO_LINK ? undefined : seq(link)), kind, seq: index, time: this.times.at(index),
      thread: this.threads.at(index), handle: handle === 0 ? undefined : handleId(handle),
    } as TraceEvent;
  }

  timeAt(index: Seq): number {
    return this.times.at(index);
  }

  kindAt(index: Seq): EventKind {
    const kind = KINDS[this.kinds.at(index)];
    if (kind === undefined) throw new Error(`Row ${index} has no kind`);
    return kind;
  }

  handleAt(index: Seq): HandleId | undefined {
    const handle = this.handles.at(index);
    return handle === 0 ? undefined : handleId(handle);
  }

  /** The first event at or after a time. */
  firstAt(time: number): number {
    return this.times.lowerBound(time);
  }

  *[Symbol.iterator](): Generator<TraceEvent> {
    for (let index = 0; index < this.length; index += 1) yield this.at(seq(index));
  }
}

function nameOf(event: TraceEvent): number {
  switch (event.kind) {
    case 'call': case 'return': case 'completion': return FUNCTION_INDEX.get(event.api) ?? 0;
    case 'callback': return event.status;
    default: return 0;
  }
}

function linkOf(event: TraceEvent): Seq | undefined {
  switch (event.kind) {
    case 'return': return event.call;
    case 'callback': case 'completion': return event.completes;
    case 'call': return event.inCallback;
    default: return undefined;
  }
}

function linkFields(kind: EventKind | undefined, link: Seq | undefined): object {
  switch (kind) {
    case 'return': return { call: link };
    case 'callback': case 'completion': return { completes: link };
    case 'call': return { inCallback: link };
    default: return {};
  }
}

function codeOf(event: TraceEvent): number {
  return event.kind === 'return' || event.kind === 'completion' ? event.error : 0;
}

/** What the columns do not hold. */
function restOf(event: TraceEvent): object {
  const { kind: _kind, seq: _seq, time: _time, thread: _thread, handle: _handle, ...rest } = event;
  return Object.fromEntries(Object.entries(rest).filter(([key]) => key !== 'call' && key !== 'completes' && key !== 'inCallback'));
}
