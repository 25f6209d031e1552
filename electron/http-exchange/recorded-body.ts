import type { EventValue } from '../../preload/contract/event';
import type { HttpBodyPart, HttpGap } from '../../preload/contract/http-exchange';
import { fieldsOf } from '../trace/event-fields';

type Part = { readonly kind: 'bytes'; readonly at: number; readonly chunks: Buffer[]; length: number } | { readonly kind: 'gap'; readonly at: number; length: number; readonly why: HttpGap };

/** The bytes of one body as they were recorded: the trace keeps the first of every buffer, and what it does not is a gap. */
export class RecordedBody {
  /** Whether its end was seen. */
  ended = false;
  private total = 0;
  private kept = 0;
  private readonly found: Part[] = [];

  /** @param limit bytes to keep at most; those after them are counted */
  constructor(private readonly limit = Number.POSITIVE_INFINITY) {}

  /** Length of the whole so far, in bytes. */
  get size(): number {
    return this.total;
  }

  get empty(): boolean {
    return this.total === 0;
  }

  /** Takes a buffer of the trace in: `{bytes, hex}`. Any other value is none. */
  add(value: EventValue | undefined): void {
    const { bytes, hex } = fieldsOf(value);
    if (typeof bytes !== 'number' || typeof hex !== 'string' || !Number.isSafeInteger(bytes) || bytes <= 0) return;
    const recorded = Buffer.from(hex, 'hex').subarray(0, bytes);
    const shown = recorded.subarray(0, Math.max(0, this.limit - this.kept));
    this.keep(shown);
    if (shown.length < recorded.length) this.gap(recorded.length - shown.length, 'beyond');
    this.gap(bytes - recorded.length, shown.length < recorded.length ? 'beyond' : 'cut');
  }

  /** A part whose length is known and nothing else. */
  addUnrecorded(bytes: number): void {
    if (Number.isSafeInteger(bytes)) this.gap(bytes, 'from-file');
  }

  /** In their order, without a byte between them that neither tells of. */
  parts(): readonly HttpBodyPart[] {
    return this.found.map((part) => (part.kind === 'gap' ? { ...part } : { kind: 'bytes', at: part.at, bytes: joined(part.chunks) }));
  }

  /** What comes before the first gap: what comes after it has lost its place. */
  beginning(): Buffer {
    const [first] = this.found;
    return first?.kind === 'bytes' ? joined(first.chunks) : Buffer.alloc(0);
  }

  private keep(bytes: Buffer): void {
    if (bytes.length === 0) return;
    const last = this.found.at(-1);
    if (last?.kind === 'bytes') {
      last.chunks.push(bytes);
      last.length += bytes.length;
    } else this.found.push({ kind: 'bytes', at: this.total, chunks: [bytes], length: bytes.length });
    this.total += bytes.length;
    this.kept += bytes.length;
  }

  private gap(length: number, why: HttpGap): void {
    if (length <= 0) return;
    const last = this.found.at(-1);
    if (last?.kind === 'gap' && (last.why === why || last.why === 'beyond')) last.length += length;
    else this.found.push({ kind: 'gap', at: this.total, length, why });
    this.total += length;
  }
}

/** Joined once: the next time it is one already. */
function joined(chunks: Buffer[]): Buffer {
  if (chunks.length > 1) chunks.splice(0, chunks.length, Buffer.concat(chunks));
  return chunks[0] ?? Buffer.alloc(0);
}
