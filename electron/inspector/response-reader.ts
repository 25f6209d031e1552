import type { HandleId } from '../../preload/contract/ids';
import { HTTP_QUERY } from '../../preload/contract/win32/constants/http-query';
import { WIN32_ERRORS } from '../../preload/contract/win32/constants/win32-errors';
import { readUint, uintBytes } from '../../preload/contract/win32/memory';
import type { Completions } from './completions';
import type { Inspector } from './inspector';

const BODY_BYTES = 8192;
const HEAD_BYTES = 4096;
/** A head that needs more is not asked for again. */
const MOST_HEAD_BYTES = 1024 * 1024;

/** Reads a response as programs do: its head by HttpQueryInfo, then its body piece by piece, to the end. */
export class ResponseReader {
  constructor(private readonly inspector: Inspector, private readonly completions: Completions, private readonly origin: string) {}

  /** Ends with the body, with an error, or when the handle is closed. */
  async read(request: HandleId, raw: bigint, withHead: boolean): Promise<void> {
    if (withHead && this.isOpen(request)) await this.readHead(raw);
    await this.readBody(request, raw);
  }

  private async readHead(raw: bigint): Promise<void> {
    const needed = await this.askHead(raw, HEAD_BYTES);
    if (needed !== undefined && needed <= MOST_HEAD_BYTES) await this.askHead(raw, needed);
  }

  /** @returns bytes that the head needs, where there were too few */
  private async askHead(hRequest: bigint, bytes: number): Promise<number | undefined> {
    const { memory } = this.inspector.engine;
    const [buffer, length] = [memory.alloc(bytes), memory.alloc(4)];
    try {
      memory.write(length, uintBytes(bytes, 4));
      const { returned } = await this.inspector.call('HttpQueryInfo', {
        hRequest, dwInfoLevel: HTTP_QUERY.HTTP_QUERY_RAW_HEADERS_CRLF, lpBuffer: buffer, lpdwBufferLength: length,
      }, { origin: this.origin });
      return returned.error === WIN32_ERRORS.ERROR_INSUFFICIENT_BUFFER ? readUint(memory, length, 4) : undefined;
    } finally {
      memory.free(buffer);
      memory.free(length);
    }
  }

  private async readBody(request: HandleId, hFile: bigint): Promise<void> {
    const { memory } = this.inspector.engine;
    const [buffer, count] = [memory.alloc(BODY_BYTES), memory.alloc(4)];
    try {
      while (this.isOpen(request)) {
        const record = await this.inspector.call('InternetReadFile', { hFile, lpBuffer: buffer, dwNumberOfBytesToRead: BODY_BYTES, lpdwNumberOfBytesRead: count }, { origin: this.origin });
        const ended = await this.completions.of(record, request);
        if (ended?.succeeded !== true || readUint(memory, count, 4) === 0) return;
      }
    } finally {
      // Nothing writes to it any more: the call has returned and completed, or its handle is gone.
      memory.free(buffer);
      memory.free(count);
    }
  }

  private isOpen(request: HandleId): boolean {
    const node = this.inspector.trace.tree.get(request);
    return node?.state === 'open' && node.closeRequestedAt === undefined;
  }
}
