import { open, type FileHandle } from 'node:fs/promises';
import { err, ok, type Result } from '../../preload/contract/result';
import { readContent, readHead, type BlockHead } from './block';
import { decodeEvents } from './event-content';
import { FORMAT_VERSION, HEAD_BYTES, LIMITS, SIGNATURE, type SessionPart, type SessionSource } from './format';
import { findHead } from './resync';
import { parseAnnotations, parseHeader } from './session-schemas';
import { upgraded } from './upgrade/upgrade';

const GZIP = [0x1f, 0x8b] as const;

/**
 * Opens a session file of any version. A file that is none, or of a newer version, gives a sentence that says so and what
 * to do; what is damaged further on is told as it is come upon.
 */
export async function openSession(file: string): Promise<Result<SessionSource, string>> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch (failure) {
    return err(`${file} cannot be opened: ${failure instanceof Error ? failure.message : String(failure)}`);
  }
  try {
    const opened = await sourceOf(file, handle);
    if (!opened.ok) await handle.close();
    return opened;
  } catch (failure) {
    await handle.close();
    return err(`${file} cannot be read: ${failure instanceof Error ? failure.message : String(failure)}`);
  }
}

async function sourceOf(file: string, handle: FileHandle): Promise<Result<SessionSource, string>> {
  const stat = await handle.stat();
  if (!stat.isFile()) return err(`${file} is not a file.`);
  if (stat.size === 0) return err(`${file} is empty.`);
  const start = await readAt(handle, 0, SIGNATURE.length);
  // Version 1 had no signature of its own but that of gzip.
  if (start[0] === GZIP[0] && start[1] === GZIP[1]) return upgraded(1, file, handle, stat.size);
  if (!SIGNATURE.every((byte, index) => start[index] === byte)) return err(`${file} is not a Hinspector session file, and nothing else that it reads: XML or CSV of tracerpt, HAR, NetLog of Chrome, the text of netsh http show servicestate.`);
  const reader = new BlockReader(handle, stat.size);
  const first = await reader.next();
  const content = first?.head.kind === 'header' ? await first.content : undefined;
  const header = content === undefined ? undefined : parseHeader(jsonOf(content));
  if (header === undefined) return err(`The header of ${file} is damaged: nothing can be read without it.`);
  if (header.version > FORMAT_VERSION) return err(`${file} has version ${header.version}; this Hinspector reads up to ${FORMAT_VERSION}. Open it with a newer one.`);
  return ok({ header, parts: partsOf(reader, handle), progress: () => ({ read: reader.at, size: stat.size }) });
}

/** Blocks that are read and expanded while the one before them is taken in. */
const AHEAD = 4;

async function* partsOf(reader: BlockReader, handle: FileHandle): AsyncGenerator<SessionPart> {
  const ahead: Promise<ReadBlock | undefined>[] = [];
  try {
    for (;;) {
      while (ahead.length < AHEAD) {
        const next = reader.next();
        // Heard when its turn comes; until then a failure is not unheard.
        next.catch(() => undefined);
        ahead.push(next);
      }
      const block = await ahead.shift();
      if (block === undefined) return;
      const part = partOf({ head: block.head, content: await block.content });
      if (part !== undefined) yield part;
      if (part?.kind === 'end') return;
    }
  } finally {
    // A read that is under way has the file.
    await Promise.allSettled(ahead);
    await handle.close();
  }
}

function partOf({ head, content }: { readonly head: BlockHead; readonly content: Buffer | undefined }): SessionPart | undefined {
  if (content === undefined) return { kind: 'damage', what: `${head.kind ?? 'unknown'} block` };
  switch (head.kind) {
    case 'events': {
      const block = decodeEvents(content);
      return block === undefined ? { kind: 'damage', what: 'events block' } : { kind: 'events', first: head.first, block, invalid: 0 };
    }
    case 'annotations': {
      const annotations = parseAnnotations(jsonOf(content));
      return annotations === undefined ? { kind: 'damage', what: 'annotations block' } : { kind: 'annotations', annotations };
    }
    case 'end': return { kind: 'end' };
    case 'header': case undefined: return undefined;
  }
}

function jsonOf(content: Buffer): unknown {
  try {
    return JSON.parse(content.toString('utf8'));
  } catch {
    return undefined;
  }
}

interface ReadBlock {
  readonly head: BlockHead;
  /** Undefined where it is damaged. */
  readonly content: Promise<Buffer | undefined>;
}

/** The blocks of a file in turn; where one is torn it goes on with the next that is whole. */
class BlockReader {
  at = SIGNATURE.length;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly handle: FileHandle, private readonly size: number) {}

  /** May be asked again before it has answered. */
  next(): Promise<ReadBlock | undefined> {
    const read = this.turn.then(() => this.read());
    this.turn = read.catch(() => undefined);
    return read;
  }

  private async read(): Promise<ReadBlock | undefined> {
    const head = await this.nextHead();
    if (head === undefined) return undefined;
    const begin = this.at + HEAD_BYTES;
    if (head.storedBytes > LIMITS.block || begin + head.storedBytes > this.size) {
      // Cut short, or no length of ours: behind it there may still be a whole block.
      this.at = begin;
      return { head, content: Promise.resolve(undefined) };
    }
    const stored = await readAt(this.handle, begin, head.storedBytes);
    this.at = begin + head.storedBytes;
    return { head, content: readContent(head, stored) };
  }

  private async nextHead(): Promise<BlockHead | undefined> {
    if (this.at >= this.size) return undefined;
    const head = readHead(await readAt(this.handle, this.at, HEAD_BYTES));
    if (head !== undefined) return head;
    const found = await findHead((from, length) => readAt(this.handle, from, length), this.at + 1, this.size);
    this.at = found ?? this.size;
    return found === undefined ? undefined : readHead(await readAt(this.handle, found, HEAD_BYTES));
  }
}

/** What the file has at a place: fewer bytes where it ends before. */
async function readAt(handle: FileHandle, from: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await handle.read(bytes, read, length - read, from + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return bytes.subarray(0, read);
}

