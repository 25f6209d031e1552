import type { Seq } from '../../preload/contract/ids';
import { PayloadArena } from './payload-arena';

/** Events a chunk holds: the grain in which the history is dropped when it is full. */
export const CHUNK_EVENTS = 32_768;

/** The numbers of one event, as the columns hold them. */
export interface EventNumbers {
  readonly time: number;
  readonly kind: number;
  readonly name: number;
  readonly handle: number;
  readonly thread: number;
  readonly link: number;
  readonly code: number;
}

/**
 * A run of events in columns: 31 bytes each, and their payloads beside them. A chunk stands by itself, so dropping the
 * oldest one frees everything that only its events needed.
 */
export class EventChunk {
  readonly times = new Float64Array(CHUNK_EVENTS);
  readonly kinds = new Uint8Array(CHUNK_EVENTS);
  /** A function's place in FUNCTION_NAMES, or an INTERNET_STATUS. */
  readonly names = new Uint16Array(CHUNK_EVENTS);
  /** 0 for none. */
  readonly handles = new Uint32Array(CHUNK_EVENTS);
  /** As the engine gave them: a trace of days has more threads than a table of 65,536 places would hold. */
  readonly threads = new Uint32Array(CHUNK_EVENTS);
  /** The call that a return, REQUEST_COMPLETE or completion belongs to; the callback that a call was made in, or that returned. */
  readonly links = new Uint32Array(CHUNK_EVENTS);
  readonly codes = new Uint32Array(CHUNK_EVENTS);
  /** Where the payload of each event lies: events that say the same share a place. */
  readonly payloadPlaces = new Uint32Array(CHUNK_EVENTS);
  private readonly payloads = new PayloadArena();
  private used = 0;

  /** @param first place of its first event in the trace. */
  constructor(readonly first: Seq) {}

  get length(): number {
    return this.used;
  }

  get full(): boolean {
    return this.used === CHUNK_EVENTS;
  }

  get bytes(): number {
    return CHUNK_EVENTS * 31 + this.payloads.bytes;
  }

  append(numbers: EventNumbers, payload: string): void {
    const row = this.used;
    this.times[row] = numbers.time;
    this.kinds[row] = numbers.kind;
    this.names[row] = numbers.name;
    this.handles[row] = numbers.handle;
    this.threads[row] = numbers.thread;
    this.links[row] = numbers.link;
    this.codes[row] = numbers.code;
    this.payloadPlaces[row] = this.payloads.add(payload);
    this.used += 1;
    if (this.full) this.payloads.seal();
  }

  payload(row: number): string {
    return this.payloads.read(this.payloadPlaces[row] ?? 0);
  }
}
