import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Bytes that are kept in memory; a longer body goes into a file. */
const IN_MEMORY = 1024 * 1024;

let files = 0;

/** Everything of a body from its first byte on, to be read from any place: what WinINet has its cache file for. */
export class BodyStore {
  /** One block that doubles, and no list: a peer that sends chunks of a byte costs no object for each. */
  private memory = new Uint8Array(0);
  private size = 0;
  /** Of a file that has no name any more: it is gone with its descriptor. */
  private file: number | undefined;

  append(bytes: Uint8Array): void {
    if (this.file === undefined && this.size + bytes.length > IN_MEMORY) this.moveToFile();
    if (this.file === undefined) this.remember(bytes);
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
    out.set(this.memory.subarray(from, from + out.length));
    return out;
  }

  dispose(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
    this.memory = new Uint8Array(0);
    this.size = 0;
  }

  private remember(bytes: Uint8Array): void {
    const size = this.size + bytes.length;
    if (size > this.memory.length) {
      const grown = new Uint8Array(Math.min(IN_MEMORY, Math.max(4096, 2 * size)));
      grown.set(this.memory.subarray(0, this.size));
      this.memory = grown;
    }
    this.memory.set(bytes, this.size);
  }

  private moveToFile(): void {
    files += 1;
    const path = join(tmpdir(), `hinspector-${process.pid}-${files}-${Date.now()}`);
    this.file = openSync(path, 'wx+', 0o600);
    unlinkSync(path);
    for (let at = 0; at < this.size;) at += writeSync(this.file, this.memory, at, this.size - at, at);
    this.memory = new Uint8Array(0);
  }
}
