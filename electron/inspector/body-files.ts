import { open, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { BodyFile } from '../../preload/contract/body-file';
import type { InspectorError } from '../../preload/contract/errors';
import { err, ok, type Result } from '../../preload/contract/result';

/** Files remembered at a time; of more the oldest are forgotten, and have to be chosen again. */
const MOST_FILES = 200;

/** A chosen file that is being read. Whoever opens it closes it. */
export interface OpenBodyFile {
  readonly name: string;
  /** Bytes, as it was opened: a file that grows meanwhile is sent so far. */
  readonly size: number;
  /** Fills the buffer from a place on; how many bytes there were, 0 at the end. */
  read(into: Uint8Array, at: number): Promise<number>;
  close(): Promise<void>;
}

/**
 * The files that a person has chosen to send, by names of their own. The window can name no other, so that a page that
 * runs another's code cannot send what lies on the disk.
 */
export class BodyFiles {
  private readonly files = new Map<string, BodyFile & { readonly path: string }>();
  private count = 0;

  /** Takes in what the person chose in a dialog of main's. */
  async offer(file: string): Promise<Result<BodyFile, InspectorError>> {
    const name = path.basename(file);
    try {
      const { size } = await stat(file);
      this.count += 1;
      const id = `file-${this.count}`;
      this.files.set(id, { id, name, size, path: file });
      const [oldest] = this.files.keys();
      if (this.files.size > MOST_FILES && oldest !== undefined) this.files.delete(oldest);
      return ok({ id, name, size });
    } catch (failure) {
      return err({ kind: 'file', message: `${name} cannot be read: ${words(failure)}. Choose another file.` });
    }
  }

  /** What the person chose under these names, as far as it is remembered. */
  told(ids: readonly string[]): readonly BodyFile[] {
    return ids.flatMap((wanted) => {
      const file = this.files.get(wanted);
      return file === undefined ? [] : [{ id: file.id, name: file.name, size: file.size }];
    });
  }

  /** @param most bytes that whoever sends it can take */
  async open(id: string, most: number): Promise<Result<OpenBodyFile, InspectorError>> {
    const known = this.files.get(id);
    if (known === undefined) return wrong('is not known any more; choose it again');
    const { name } = known;
    try {
      const handle = await open(known.path, 'r');
      const { size } = await handle.stat();
      if (size <= most) return ok(reading(handle, name, size));
      await handle.close();
      return wrong(`${name} has ${size.toLocaleString('en')} bytes, and ${most.toLocaleString('en')} can be sent at most; choose a smaller file`);
    } catch (failure) {
      return wrong(`${name} cannot be read: ${words(failure)}; choose another file`);
    }
  }

  /** The whole of a file. */
  async read(id: string, most: number): Promise<Result<Uint8Array, InspectorError>> {
    const file = await this.open(id, most);
    if (!file.ok) return file;
    try {
      const bytes = new Uint8Array(file.value.size);
      return ok(bytes.subarray(0, await fill(file.value, bytes, 0)));
    } catch (failure) {
      return wrong(`${file.value.name} cannot be read: ${words(failure)}; choose another file`);
    } finally {
      await file.value.close();
    }
  }
}

/** Reads until the buffer is full or the file is over: one read may give less than there is. */
export async function fill(file: OpenBodyFile, into: Uint8Array, at: number): Promise<number> {
  let got = 0;
  while (got < into.length) {
    const count = await file.read(into.subarray(got), at + got);
    if (count === 0) break;
    got += count;
  }
  return got;
}

function reading(handle: FileHandle, name: string, size: number): OpenBodyFile {
  return {
    name, size,
    read: async (into, at) => (await handle.read(into, 0, into.length, at)).bytesRead,
    close: () => handle.close(),
  };
}

function wrong(message: string): Result<never, InspectorError> {
  return err({ kind: 'invalid-argument', issues: [{ field: 'bodyFile', message }] });
}

function words(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}
