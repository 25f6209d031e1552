import { handleId, seq, type HandleId, type Seq } from '../../preload/contract/ids';
import type { EventChunk } from './event-chunk';
import type { EventLog } from './event-log';
import { rowWords } from './event-rows';
import type { HandleTree } from './handle-tree';

/** Words that are looked for, a bit each: small enough numbers that the engine keeps them unboxed. */
const MOST_WORDS = 28;
/** Set in every number that was found out. */
const KNOWN = 1 << 28;
/** The handle is the one that is asked for, or below it. */
const BELOW = 1 << 29;

/** Payloads whose words were found before and may come again in another chunk. */
const MOST_TEXTS = 50_000;
/** Handles remembered at a time, a power of two: those of neighbouring events are few. */
const HANDLES = 4096;

/** Payloads lie more than four bytes apart, for their lengths take as many: a place less its last two bits is its own. */
const PAYLOAD_GRAIN_BITS = 2;

/**
 * Whether an event holds every word that is looked for, in any of its cells. What the words find in a payload or in a
 * handle's label is found once and kept as bits, so that a million events cost a look at three columns each.
 */
export class EventMatcher {
  private readonly words: readonly string[];
  private readonly all: number;
  private readonly texts = new Map<string, number>();
  private chunk: EventChunk | undefined;
  /** By place of the payload in the chunk. */
  private payloads = new Uint32Array(0);
  private readonly handles = new Uint32Array(HANDLES);
  private readonly handleBits = new Uint32Array(HANDLES);

  /** @param text words with blanks between them; @param below only events of this handle and what is below it */
  constructor(private readonly log: EventLog, private readonly tree: HandleTree, text: string, private readonly below: HandleId | undefined) {
    this.words = text.toLowerCase().split(/\s+/).filter((word) => word !== '').slice(0, MOST_WORDS);
    this.all = 2 ** this.words.length - 1;
  }

  /** Begins a stretch of work: handles may have come and got other labels since the last. */
  begin(): void {
    this.handles.fill(0);
    this.handleBits.fill(0);
  }

  /** Takes the chunk in whose rows the next questions are. */
  enter(chunk: EventChunk): void {
    const places = (chunk.payloadBytes >>> PAYLOAD_GRAIN_BITS) + 1;
    const before = chunk === this.chunk ? this.payloads : undefined;
    this.chunk = chunk;
    if (this.words.length === 0 || (before !== undefined && before.length >= places)) return;
    this.payloads = new Uint32Array(places);
    if (before !== undefined) this.payloads.set(before);
  }

  /**
   * Puts the places of those that match into `found`, from its beginning.
   * @param from first row of the chunk entered last
   * @param to row behind the last
   * @returns how many matched
   */
  match(chunk: EventChunk, from: number, to: number, found: Uint32Array): number {
    let count = 0;
    const { all, handles, handleBits } = this;
    const owners = chunk.handles;
    const wanted = this.below === undefined ? all : all | BELOW;
    for (let row = from; row < to; row += 1) {
      const owner = owners[row] ?? 0;
      const slot = owner & (HANDLES - 1);
      let bits = handles[slot] === owner ? handleBits[slot] ?? 0 : 0;
      if (bits === 0) bits = this.ofHandle(owner, slot);
      // What the label has already need not be looked for in the payload; what is not below is out.
      if ((bits & wanted) !== wanted && (bits & BELOW) === (wanted & BELOW)) bits |= this.ofPayload(chunk, row);
      if ((bits & wanted) !== wanted) continue;
      found[count] = chunk.first + row;
      count += 1;
    }
    return count;
  }

  private ofPayload(chunk: EventChunk, row: number): number {
    const at = (chunk.payloadPlaces[row] ?? 0) >>> PAYLOAD_GRAIN_BITS;
    const known = this.payloads[at] ?? 0;
    if (known !== 0) return known;
    const place = seq(chunk.first + row);
    // This one names its thread, which its payload does not hold: it is read each time, and such callbacks are few.
    if (this.log.kindAt(place) === 'callback-return') return this.bitsOf(rowWords(this.log.at(place), this.tree));
    const bits = this.ofText(chunk.payload(row), place);
    this.payloads[at] = bits;
    return bits;
  }

  private ofText(payload: string, place: Seq): number {
    const known = this.texts.get(payload);
    if (known !== undefined) return known;
    if (this.texts.size >= MOST_TEXTS) this.texts.clear();
    const bits = this.bitsOf(rowWords(this.log.at(place), this.tree));
    this.texts.set(payload, bits);
    return bits;
  }

  private ofHandle(handle: number, slot: number): number {
    // 0 is no handle: it has no label, and is below nothing.
    const id = handleId(handle);
    const bits = this.bitsOf(this.tree.get(id)?.label ?? '') | (this.isBelow(id) ? BELOW : 0);
    this.handles[slot] = handle;
    this.handleBits[slot] = bits;
    return bits;
  }

  private bitsOf(text: string): number {
    const lower = text.toLowerCase();
    let bits = KNOWN;
    for (const [index, word] of this.words.entries()) if (lower.includes(word)) bits |= 1 << index;
    return bits;
  }

  private isBelow(handle: HandleId): boolean {
    for (let at: HandleId | undefined = handle; at !== undefined; at = this.tree.get(at)?.parent) if (at === this.below) return true;
    return false;
  }
}
