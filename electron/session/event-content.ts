import type { EventBlock } from '../trace/event-block';
import { EVENTS_HEAD_BYTES, LIMITS, ROW_BYTES } from './format';

/** The content of an events block: format.ts says how it lies. */
export function encodeEvents(block: EventBlock): Uint8Array {
  const texts = block.texts.map((text) => Buffer.from(text, 'utf8'));
  const rows = block.kinds.length;
  const bytes = Buffer.alloc(EVENTS_HEAD_BYTES + rows * ROW_BYTES + texts.length * 4 + texts.reduce((sum, text) => sum + text.length, 0));
  bytes.writeUInt32LE(rows, 0);
  bytes.writeUInt32LE(texts.length, 4);
  let at = EVENTS_HEAD_BYTES;
  const put = (column: Uint8Array): void => {
    bytes.set(column, at);
    at += column.length;
  };
  for (const column of [block.times, block.handles, block.threads, block.links, block.payloads, block.kinds]) put(bytesOf(column));
  put(bytesOf(Uint32Array.from(texts, (text) => text.length)));
  for (const text of texts) put(text);
  return bytes;
}

/** The block that a content holds; undefined where its lengths do not fit together. */
export function decodeEvents(content: Buffer): EventBlock | undefined {
  if (content.length < EVENTS_HEAD_BYTES) return undefined;
  const rows = content.readUInt32LE(0);
  const texts = content.readUInt32LE(4);
  const columnsEnd = EVENTS_HEAD_BYTES + rows * ROW_BYTES;
  if (rows > LIMITS.rows || columnsEnd + texts * 4 > content.length) return undefined;
  let at = EVENTS_HEAD_BYTES;
  const take = (length: number): ArrayBuffer => {
    // A copy: columns must lie at multiples of their width.
    const part = content.buffer.slice(content.byteOffset + at, content.byteOffset + at + length);
    at += length;
    // A Buffer of zlib never lies in shared memory.
    return part as ArrayBuffer;
  };
  const times = new Float64Array(take(rows * 8));
  const [handles, threads, links, payloads] = [new Uint32Array(take(rows * 4)), new Uint32Array(take(rows * 4)), new Uint32Array(take(rows * 4)), new Uint32Array(take(rows * 4))];
  const kinds = new Uint8Array(take(rows));
  const lengths = new Uint32Array(take(texts * 4));
  const read: string[] = [];
  for (const length of lengths) {
    if (at + length > content.length) return undefined;
    read.push(content.toString('utf8', at, at + length));
    at += length;
  }
  return at === content.length ? { times, kinds, handles, threads, links, payloads, texts: read } : undefined;
}

function bytesOf(column: Float64Array | Uint32Array | Uint8Array): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
}
