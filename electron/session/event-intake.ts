import type { EventKind, TraceEvent } from '../../preload/contract/event';
import { handleId, seq, type HandleId, type Seq } from '../../preload/contract/ids';
import { EVENT_KINDS, NO_LINK, type EventBlock } from '../trace/event-block';
import { eventOf, type EventPlace, type KindAndPayload } from '../trace/event-columns';
import type { Trace } from '../trace/trace';
import { checkedPayload } from './event-check';
import { LIMITS, type SessionHeader, type SessionPart } from './format';
import { Relocation } from './relocation';

/** A place is 32 bits wide, and the greatest stands for none. */
const MOST_EVENTS = NO_LINK - 1;

/** They are nothing without what they refer to. */
const LINKED: ReadonlySet<EventKind> = new Set<EventKind>(['return', 'completion', 'callback-return']);

/** Takes the rows of one block in; `next` takes some and says how many, 0 when there are no more. */
export interface BlockIntake {
  next(most: number): number;
}

/**
 * Puts the events of a file into a trace one by one, as if they were recorded now: what is no event is replaced by a note
 * in its place, and what is missing by one note, so that whatever refers to a place still finds it.
 */
export class EventIntake {
  invalid = 0;
  lost = 0;
  private taken = 0;
  private lastTime = 0;
  private readonly kinds: readonly (EventKind | undefined)[];
  private readonly relocation: Relocation;
  /** How far below a root each handle is: of those that were made. */
  private readonly depths = new Map<number, number>();
  /** Handles that are spoken of and were made before the first event. */
  private readonly strangers = new Set<number>();

  constructor(private readonly trace: Trace, header: SessionHeader) {
    this.kinds = header.kinds.length === 0 ? EVENT_KINDS : header.kinds.map((name) => EVENT_KINDS.find((kind) => kind === name));
    this.relocation = new Relocation(header.first);
    trace.log.beginAt(seq(header.first), header.earlier);
  }

  /** Events of the file that are in the trace. */
  get events(): number {
    return this.taken;
  }

  block({ first, block, invalid }: Extract<SessionPart, { kind: 'events' }>): BlockIntake {
    this.invalid += invalid;
    this.taken -= invalid;
    if (first < this.relocation.next) {
      // Places that were taken already: a block that a damage has doubled or moved.
      this.invalid += block.kinds.length;
      return { next: () => 0 };
    }
    this.missing(first - this.relocation.next);
    if (first + block.kinds.length > MOST_EVENTS) throw new Error(`it has more than ${MOST_EVENTS} events`);
    const payloads: (KindAndPayload | undefined)[] = [];
    let row = 0;
    return {
      next: (most) => {
        const end = Math.min(block.kinds.length, row + most);
        const count = end - row;
        for (; row < end; row += 1) this.row(block, row, payloads);
        return count;
      },
    };
  }

  /** @param end the place after the last event, where the file says it */
  close(end: Seq | undefined): void {
    if (end !== undefined) this.missing(end - this.relocation.next);
  }

  private row(block: EventBlock, row: number, payloads: (KindAndPayload | undefined)[]): void {
    const text = block.texts[block.payloads[row] ?? -1];
    const event = text === undefined ? undefined : this.event(block, row, text, payloads);
    if (event === undefined || text === undefined) {
      this.invalid += 1;
      this.note('What stood here in the file is no event that this Hinspector knows, and was left out.');
    } else {
      this.taken += 1;
      this.lastTime = event.time;
      this.trace.adopt(event, text);
    }
    this.relocation.took();
  }

  private event(block: EventBlock, row: number, text: string, payloads: (KindAndPayload | undefined)[]): TraceEvent | undefined {
    const kind = this.kinds[block.kinds[row] ?? -1];
    const time = block.times[row] ?? Number.NaN;
    const link = block.links[row] ?? NO_LINK;
    if (kind === undefined || !Number.isFinite(time) || (link !== NO_LINK && link >= this.relocation.next)) return undefined;
    // Many events share a text: it is parsed and checked once.
    const place = block.payloads[row] ?? 0;
    const known = payloads[place];
    const given = known?.kind === kind ? known : checkedPayload(kind, text);
    if (given === undefined || (link === NO_LINK && LINKED.has(kind))) return undefined;
    payloads[place] = given;
    const handle = block.handles[row] ?? 0;
    if (!this.admits(handle) || !this.admitsBirth(given)) return undefined;
    return eventOf(given, this.place(Math.max(time, this.lastTime), block.threads[row] ?? 0, handle === 0 ? undefined : handleId(handle), link));
  }

  private place(time: number, thread: number, handle: HandleId | undefined, link: number): EventPlace {
    return { seq: seq(this.trace.log.length), time, thread, handle, link: link === NO_LINK ? undefined : seq(this.relocation.of(link)) };
  }

  /** Every handle has a lane: a file that speaks of millions would take the memory of all of them. */
  private admits(handle: number): boolean {
    if (handle === 0 || this.depths.has(handle) || this.strangers.has(handle)) return true;
    if (this.depths.size + this.strangers.size >= LIMITS.handles) return false;
    this.strangers.add(handle);
    return true;
  }

  private admitsBirth(given: KindAndPayload): boolean {
    const created = 'created' in given.payload ? given.payload.created : undefined;
    if (created === undefined) return true;
    const depth = 1 + (created.parent === undefined ? 0 : this.depths.get(created.parent) ?? 0);
    if (this.depths.has(created.id) || depth > LIMITS.depth || this.depths.size + this.strangers.size >= LIMITS.handles) return false;
    this.depths.set(created.id, depth);
    this.strangers.delete(created.id);
    return true;
  }

  private missing(count: number): void {
    if (count <= 0) return;
    this.lost += count;
    this.relocation.lost(count);
    this.note(`${count.toLocaleString('en')} events that stood here could not be read: this part of the file is damaged.`);
  }

  private note(text: string): void {
    this.trace.append({ kind: 'note', level: 'warning', text, time: this.lastTime, handle: undefined, thread: 0 });
  }
}
