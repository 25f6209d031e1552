import type { EventKind } from '../../preload/contract/event';

/** The kinds of events in the order of their numbers in columns. */
export const EVENT_KINDS: readonly EventKind[] = ['call', 'return', 'callback', 'completion', 'connection', 'note', 'engine-lost', 'callback-return', 'observed'];

export const NO_LINK = 0xffffffff;

/**
 * A run of events in columns, on its way between a trace and a file. What an event says beside its columns is JSON text;
 * a text that several events share stands once.
 */
export interface EventBlock {
  /** Milliseconds since the start of the trace; every column has one entry an event. */
  readonly times: Float64Array;
  /** Places in EVENT_KINDS. */
  readonly kinds: Uint8Array;
  /** HandleId, 0 for none. */
  readonly handles: Uint32Array;
  readonly threads: Uint32Array;
  /** The event that this one belongs to: NO_LINK for none. */
  readonly links: Uint32Array;
  /** Places in `texts`. */
  readonly payloads: Uint32Array;
  readonly texts: readonly string[];
}

export interface BlockRow {
  readonly time: number;
  readonly kind: number;
  readonly handle: number;
  readonly thread: number;
  readonly link: number;
  readonly payload: string;
}

/** Collects rows until they are enough for a block. */
export class EventBlockBuilder {
  private rows: BlockRow[] = [];
  private places = new Map<string, number>();
  private characters = 0;

  /**
   * @param mostRows rows after which the block is full
   * @param mostCharacters characters of texts after which it is full: a block is read into memory as a whole
   */
  constructor(private readonly mostRows: number, private readonly mostCharacters: number) {}

  get length(): number {
    return this.rows.length;
  }

  get full(): boolean {
    return this.rows.length >= this.mostRows || this.characters >= this.mostCharacters;
  }

  add(row: BlockRow): void {
    this.rows.push(row);
    if (this.places.has(row.payload)) return;
    this.places.set(row.payload, this.places.size);
    this.characters += row.payload.length;
  }

  /** The rows since the last one, as a block. */
  take(): EventBlock {
    const { rows, places } = this;
    this.rows = [];
    this.places = new Map();
    this.characters = 0;
    return {
      times: Float64Array.from(rows, (row) => row.time), kinds: Uint8Array.from(rows, (row) => row.kind), handles: Uint32Array.from(rows, (row) => row.handle),
      threads: Uint32Array.from(rows, (row) => row.thread), links: Uint32Array.from(rows, (row) => row.link),
      payloads: Uint32Array.from(rows, (row) => places.get(row.payload) ?? 0), texts: [...places.keys()],
    };
  }
}
