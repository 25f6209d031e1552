import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Bytes that are kept in memory; a longer body goes into a file. */
const IN_MEMORY = 1024 * 1024;

let files = 0;

/** Everything of a body from its first byte on, to be read from any place: what WinINet has its cache file for. */
export class BodyStore {
  private pieces: Uint8Array[] = [];
  private size = 0;
  /** Of a file that has no name any more: it is gone with its descriptor. */
  private file: number | undefined;

  append(bytes: Uint8Array): void {
    if (this.file === undefined && this.size + bytes.length > IN_MEMORY) this.moveToFile();
    if (this.file === undefined) this.pieces.push(bytes);
    else writeSync(this.file, bytes, 0, bytes.length, this.size);
    this.size += bytes.length;
  }

  /** At most `count` bytes from a place. */
  read(from: number, count: number): Uint8Array {
    const out = new Uint8Array(Math.max(0, Math.min(count, this.size - from)));
    if (this.file !== undefined) {
      readSync(this.file, out, 0, out.length, from);
      return out;
    }
    let at = 0;
    for (const piece of this.pieces) {
      const start = Math.max(from, at);
      const end = Math.min(from + out.length, at + piece.length);
      if (start < end) out.set(piece.subarray(start - at, end - at), start - from);
      at += piece.length;
    }
    return out;
  }

  dispose(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
    this.pieces = [];
    this.size = 0;
  }

  private moveToFile(): void {
    files += 1;
    const path = join(tmpdir(), `hinspector-${process.pid}-${files}-${Date.now()}`);
    this.file = openSync(path, 'wx+', 0o600);
    unlinkSync(path);
    let at = 0;
    for (const piece of this.pieces) at += writeSync(this.file, piece, 0, piece.length, at);
    this.pieces = [];
  }
}
