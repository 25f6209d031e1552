import { deflateRaw, inflateRaw } from 'node:zlib';
import { promisify } from 'node:util';
import { crc32 } from '../trace/journal/crc32';
import { BLOCK_KINDS, BLOCK_MARKER, CODECS, HEAD, HEAD_BYTES, LIMITS, type BlockKind } from './format';

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** Smaller content does not get smaller. */
const LEAST_COMPRESSED = 64;
const LEVEL = 5;
/** Zlib takes no smaller pieces, in bytes. */
const LEAST_CHUNK = 64;

export interface BlockHead {
  /** Undefined for a kind of another version. */
  readonly kind: BlockKind | undefined;
  readonly codec: (typeof CODECS)[number] | undefined;
  readonly first: number;
  readonly rawBytes: number;
  readonly storedBytes: number;
  readonly contentCrc: number;
}

/** A block as it stands in the file. Compressing happens beside this thread. */
export async function writeBlock(kind: BlockKind, content: Uint8Array, first = 0): Promise<Buffer> {
  const compressed = content.length < LEAST_COMPRESSED ? undefined : await deflate(content, { level: LEVEL, chunkSize: 64 * 1024 });
  const stored = compressed ?? content;
  const bytes = Buffer.alloc(HEAD_BYTES + stored.length);
  bytes.writeUInt32LE(BLOCK_MARKER, HEAD.marker);
  bytes.writeUInt8(BLOCK_KINDS.indexOf(kind), HEAD.kind);
  bytes.writeUInt8(CODECS.indexOf(compressed === undefined ? 'stored' : 'deflate'), HEAD.codec);
  bytes.writeUInt32LE(first, HEAD.first);
  bytes.writeUInt32LE(content.length, HEAD.rawBytes);
  bytes.writeUInt32LE(stored.length, HEAD.storedBytes);
  bytes.writeUInt32LE(crc32(stored), HEAD.contentCrc);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, HEAD.headCrc)), HEAD.headCrc);
  bytes.set(stored, HEAD_BYTES);
  return bytes;
}

/** The head of a block, or undefined where none begins. */
export function readHead(bytes: Buffer): BlockHead | undefined {
  if (bytes.length < HEAD_BYTES || bytes.readUInt32LE(HEAD.marker) !== BLOCK_MARKER) return undefined;
  if (bytes.readUInt32LE(HEAD.headCrc) !== crc32(bytes.subarray(0, HEAD.headCrc))) return undefined;
  return {
    kind: BLOCK_KINDS[bytes.readUInt8(HEAD.kind)], codec: CODECS[bytes.readUInt8(HEAD.codec)], first: bytes.readUInt32LE(HEAD.first),
    rawBytes: bytes.readUInt32LE(HEAD.rawBytes), storedBytes: bytes.readUInt32LE(HEAD.storedBytes), contentCrc: bytes.readUInt32LE(HEAD.contentCrc),
  };
}

/** The content of a block, or undefined where it is not what its head says. Never more memory than the head announces. */
export async function readContent(head: BlockHead, stored: Buffer): Promise<Buffer | undefined> {
  const { codec, rawBytes } = head;
  if (codec === undefined || rawBytes > LIMITS.block || crc32(stored) !== head.contentCrc) return undefined;
  if (codec === 'stored') return stored.length === rawBytes ? stored : undefined;
  try {
    // In one piece: by default it would come in small ones and be put together.
    const content = await inflate(stored, { maxOutputLength: Math.max(1, rawBytes), chunkSize: Math.max(LEAST_CHUNK, rawBytes + 1) });
    return content.length === rawBytes ? content : undefined;
  } catch {
    // Not deflate, or more than it said.
    return undefined;
  }
}
