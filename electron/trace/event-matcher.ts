import { asksEvents, type Filter, type FilterTerm } from '../../preload/contract/filter/filter';
import { handleSubject } from '../../preload/contract/filter/handle-subject';
import { meets, type FilterSubject } from '../../preload/contract/filter/meets';
import type { Severity } from '../../preload/contract/finding';
import { handleId, seq, type HandleId, type Seq } from '../../preload/contract/ids';
import { EVENT_KINDS, NO_LINK } from './event-block';
import type { EventChunk } from './event-chunk';
import type { EventLog } from './event-log';
import { columnSubject, payloadSubject } from './event-subjects';
import type { HandleTree } from './handle-tree';
import { shownPayload } from './shown-payload';

/** Set in every number that was found out. Terms have the bits below: parseFilter gives no more. */
const KNOWN = 1 << 28;
/** The handle is the one that is asked for, or below it. */
const BELOW = 1 << 29;

/** Payloads whose terms were found before and may come again in another chunk. */
const MOST_TEXTS = 8192;
/** Of so many remembered texts one at least must have come again, or none is remembered any more. */
const FEWEST_AGAIN = 8;
/** Handles, and combinations of kind, name and code, remembered at a time, a power of two: those of neighbouring events are few. */
const SLOTS = 4096;

/** Payloads of a chunk that are remembered at a time, a power of two: as many as it has rows, and more than it keeps once. */
const PAYLOAD_SLOTS = 32_768;
/** Payloads lie more than four bytes apart, for their lengths take as many. */
const PAYLOAD_GRAIN_BITS = 2;

/** In which parts of an event a term can be met. */
const PARTS = {
  handle: ['text', 'kind', 'state', 'handle'], column: ['kind', 'fn', 'status', 'error'], payload: ['text', 'error', 'size'], row: ['thread', 'dur', 'severity'],
} as const satisfies Readonly<Record<string, readonly (FilterTerm['kind'] | string)[]>>;
type Part = keyof typeof PARTS;

const CALL = EVENT_KINDS.indexOf('call');

/**
 * Whether an event meets every term of a filter. What a handle, a payload or a combination of kind, name and code meets is
 * found once and kept as bits, so that a million events cost a look at a few columns each.
 */
export class EventMatcher {
  /** Bits of the terms that must be met, and of all terms. */
  private readonly wanted: number;
  private readonly all: number;
  private readonly parts: Readonly<Record<Part, number>>;
  private readonly texts = new Map<string, number>();
  /** Texts of payloads that had come before. */
  private again = 0;
  private remembers = true;
  private chunk: EventChunk | undefined;
  /** Places of payloads in the chunk, each one more than it is, since 0 is none; and what was found out of them. */
  private readonly payloads = new Uint32Array(PAYLOAD_SLOTS);
  private readonly payloadBits = new Uint32Array(PAYLOAD_SLOTS);
  private readonly handles = new Uint32Array(SLOTS);
  private readonly handleBits = new Uint32Array(SLOTS);
  private readonly columnKinds = new Uint8Array(SLOTS);
  private readonly columnNames = new Uint16Array(SLOTS);
  private readonly columnCodes = new Uint32Array(SLOTS);
  private readonly columnBits = new Uint32Array(SLOTS);

  /**
   * @param below only events of this handle and what is below it
   * @param severities of the events that findings name
   */
  constructor(
    private readonly log: EventLog, private readonly tree: HandleTree, private readonly filter: Filter, private readonly below: HandleId | undefined,
    private readonly severities: ReadonlyMap<Seq, Severity>,
  ) {
    this.all = 2 ** filter.length - 1;
    this.wanted = this.bits((term) => !term.negated);
    const partBits = (part: Part): number => this.bits((term) => PARTS[part].some((key) => key === (term.kind === 'text' ? 'text' : term.key)));
    this.parts = { handle: partBits('handle'), column: partBits('column'), payload: partBits('payload'), row: partBits('row') };
  }

  /** Whether a handle can meet the filter only through one of its events. */
  get asksEvents(): boolean {
    return this.filter.some(asksEvents);
  }

  /** Begins a stretch of work: handles may have come and got other labels since the last. */
  begin(): void {
    this.handles.fill(0);
    this.handleBits.fill(0);
  }

  /** Takes the chunk in whose rows the next questions are. */
  enter(chunk: EventChunk): void {
    if (chunk === this.chunk) return;
    this.chunk = chunk;
    this.payloads.fill(0);
  }

  /**
   * Puts the places of those that match into `found`, from its beginning.
   * @param from first row of the chunk entered last
   * @param to row behind the last
   * @returns how many matched
   */
  match(chunk: EventChunk, from: number, to: number, found: Uint32Array): number {
    let count = 0;
    const { handles, handleBits, parts } = this;
    const owners = chunk.handles;
    const scope = this.below === undefined ? 0 : BELOW;
    const counted = this.all | scope;
    const wanted = this.wanted | scope;
    const refused = this.all & ~this.wanted;
    for (let row = from; row < to; row += 1) {
      const owner = owners[row] ?? 0;
      const slot = owner & (SLOTS - 1);
      let bits = handles[slot] === owner ? handleBits[slot] ?? 0 : 0;
      if (bits === 0) bits = this.ofHandle(owner, slot);
      // What is not below, or has already what it must not, is out; what is known already need not be looked for in the payload.
      if ((bits & scope) !== scope || (bits & refused) !== 0) continue;
      if (parts.column !== 0) bits |= this.ofColumns(chunk, row);
      if (parts.row !== 0) bits |= this.ofRow(chunk, row);
      if ((bits & refused) !== 0 || ((bits | parts.payload) & wanted) !== wanted) continue;
      if ((parts.payload & refused) !== 0 || (bits & wanted) !== wanted) bits |= this.ofPayload(chunk, row);
      if ((bits & counted) !== wanted) continue;
      found[count] = chunk.first + row;
      count += 1;
    }
    return count;
  }

  private ofPayload(chunk: EventChunk, row: number): number {
    const at = chunk.payloadPlaces[row] ?? 0;
    const slot = (at >>> PAYLOAD_GRAIN_BITS) & (PAYLOAD_SLOTS - 1);
    if (this.payloads[slot] === at + 1) return this.payloadBits[slot] ?? 0;
    const place = seq(chunk.first + row);
    // This one names its thread, which its payload does not hold: it is read each time, and such callbacks are few.
    const kind = this.log.kindAt(place);
    if (kind === 'callback-return') return this.bitsOf(payloadSubject(this.log.at(place), this.tree), 'payload');
    const payload = chunk.payload(row);
    const bits = this.remembers ? this.ofText(shownPayload(kind, chunk.names[row] ?? 0, payload), payload, place) : this.ofEvent(payload, place);
    this.payloads[slot] = at + 1;
    this.payloadBits[slot] = bits;
    return bits;
  }

  /** What is kept of texts that never come again is work for the garbage collector, in the middle of a slice. */
  private ofText(shown: string, payload: string, place: Seq): number {
    const known = this.texts.get(shown);
    if (known !== undefined) {
      this.again += 1;
      return known;
    }
    const bits = this.ofEvent(payload, place);
    if (this.texts.size >= MOST_TEXTS) {
      this.remembers = this.again * FEWEST_AGAIN >= MOST_TEXTS;
      this.again = 0;
      this.texts.clear();
    }
    this.texts.set(shown, bits);
    return bits;
  }

  private ofEvent(payload: string, place: Seq): number {
    return this.bitsOf(payloadSubject(this.log.at(place, payload), this.tree), 'payload');
  }

  private ofHandle(handle: number, slot: number): number {
    // 0 is no handle: it has no label, and is below nothing.
    const id = handleId(handle);
    const node = this.tree.get(id);
    const bits = (node === undefined ? KNOWN : this.bitsOf(handleSubject(node, node.label), 'handle')) | (this.isBelow(id) ? BELOW : 0);
    this.handles[slot] = handle;
    this.handleBits[slot] = bits;
    return bits;
  }

  private ofColumns(chunk: EventChunk, row: number): number {
    const kind = chunk.kinds[row] ?? 0;
    const name = chunk.names[row] ?? 0;
    const code = chunk.codes[row] ?? 0;
    const slot = (kind + name * 16 + code * 17) & (SLOTS - 1);
    const known = this.columnBits[slot] ?? 0;
    if (known !== 0 && this.columnKinds[slot] === kind && this.columnNames[slot] === name && this.columnCodes[slot] === code) return known;
    const bits = this.bitsOf(columnSubject(this.log.kindAt(seq(chunk.first + row)), name, code), 'column');
    this.columnKinds[slot] = kind;
    this.columnNames[slot] = name;
    this.columnCodes[slot] = code;
    this.columnBits[slot] = bits;
    return bits;
  }

  /** What no other event shares: its thread, how long what it ends has lasted, the findings that name it. */
  private ofRow(chunk: EventChunk, row: number): number {
    let bits = 0;
    for (const [index, term] of this.filter.entries()) {
      if (term.kind === 'text') continue;
      if (term.key === 'dur') {
        if (meets(term, { dur: this.lasted(chunk, row) })) bits |= 1 << index;
      } else if (term.key === 'thread') {
        if (meets(term, { names: { thread: [String(chunk.threads[row] ?? 0)] } })) bits |= 1 << index;
      } else if (term.key === 'severity') {
        const severity = this.severities.get(seq(chunk.first + row));
        if (severity !== undefined && meets(term, { names: { severity: [severity] } })) bits |= 1 << index;
      }
    }
    return bits;
  }

  /** Milliseconds from the call, or the callback, that the event ends; undefined for one that ends none. */
  private lasted(chunk: EventChunk, row: number): number | undefined {
    const link = chunk.links[row] ?? NO_LINK;
    if (link === NO_LINK || chunk.kinds[row] === CALL || !this.log.has(link)) return undefined;
    return (chunk.times[row] ?? 0) - this.log.timeAt(seq(link));
  }

  private bitsOf(subject: FilterSubject, part: Part): number {
    let bits = KNOWN;
    for (const [index, term] of this.filter.entries()) if ((this.parts[part] & (1 << index)) !== 0 && meets(term, subject)) bits |= 1 << index;
    return bits;
  }

  private bits(has: (term: FilterTerm) => boolean): number {
    return this.filter.reduce((bits, term, index) => (has(term) ? bits | (1 << index) : bits), 0);
  }

  private isBelow(handle: HandleId): boolean {
    for (let at: HandleId | undefined = handle; at !== undefined; at = this.tree.get(at)?.parent) if (at === this.below) return true;
    return false;
  }
}
