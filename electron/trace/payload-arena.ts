const FIRST_BYTES = 64 * 1024;
/** Texts longer than this seldom repeat. */
const LONGEST_REPEATED = 512;
const MOST_REMEMBERED = 8192;
const LENGTH_BYTES = 4;

/**
 * What events carry beside their columns, as UTF-8 in one buffer. A text that came before is kept once: a read loop costs
 * its columns and no more.
 */
export class PayloadArena {
  private buffer = Buffer.alloc(FIRST_BYTES);
  private filled = 0;
  private known: Map<string, number> | undefined = new Map();

  get bytes(): number {
    return this.buffer.length;
  }

  /** Keeps a text and gives the place to read it from. */
  add(text: string): number {
    const repeated = text.length <= LONGEST_REPEATED;
    const before = repeated ? this.known?.get(text) : undefined;
    if (before !== undefined) return before;
    const place = this.filled;
    // A character is at most three bytes: room for the worst, so that the text is encoded once.
    this.reserve(place + LENGTH_BYTES + text.length * 3);
    const length = this.buffer.write(text, place + LENGTH_BYTES, 'utf8');
    this.buffer.writeUInt32LE(length, place);
    this.filled = place + LENGTH_BYTES + length;
    if (repeated && this.known !== undefined && this.known.size < MOST_REMEMBERED) this.known.set(text, place);
    return place;
  }

  read(place: number): string {
    const start = place + LENGTH_BYTES;
    return this.buffer.toString('utf8', start, start + this.buffer.readUInt32LE(place));
  }

  /** Nothing more will come: gives back what was kept ready for it. */
  seal(): void {
    this.known = undefined;
    this.buffer = Buffer.from(this.buffer.subarray(0, this.filled));
  }

  private reserve(bytes: number): void {
    if (bytes <= this.buffer.length) return;
    const grown = Buffer.alloc(Math.max(bytes, this.buffer.length * 2));
    this.buffer.copy(grown, 0, 0, this.filled);
    this.buffer = grown;
  }
}
