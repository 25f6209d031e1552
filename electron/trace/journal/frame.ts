import { crc32 } from './crc32';

/**
 * A journal is frames one after another: "HJ", the length of the payload and its CRC-32 (little-endian), the payload.
 * The first payload is a JSON header, every other one JSON lines of events. What a crash tore off fails its checksum.
 */
const MAGIC = 0x4a48;
export const FRAME_HEAD = 10;
/** Longer frames are no work of ours: a length that was torn. */
export const LONGEST_FRAME = 64 * 1024 * 1024;

/** The frame of a text, as UTF-8. */
export function frame(text: string): Buffer {
  // A character is at most three bytes: encoded once, where it goes.
  const room = Buffer.allocUnsafe(FRAME_HEAD + text.length * 3);
  const length = room.write(text, FRAME_HEAD, 'utf8');
  room.writeUInt16LE(MAGIC, 0);
  room.writeUInt32LE(length, 2);
  room.writeUInt32LE(crc32(room.subarray(FRAME_HEAD, FRAME_HEAD + length)), 6);
  return room.subarray(0, FRAME_HEAD + length);
}

/** The payload length that a frame's head announces, or undefined where no frame begins. */
export function announcedLength(head: Buffer): number | undefined {
  if (head.length < FRAME_HEAD || head.readUInt16LE(0) !== MAGIC) return undefined;
  const length = head.readUInt32LE(2);
  return length <= LONGEST_FRAME ? length : undefined;
}

export function isWhole(head: Buffer, payload: Buffer): boolean {
  return head.readUInt32LE(6) === crc32(payload);
}
