import type { HandleId } from '../../preload/contract/ids';
import type { FunctionName } from '../../preload/contract/win32/functions';
import { readUint, type Address } from '../../preload/contract/win32/memory';
import { encodeStruct } from '../../preload/contract/win32/struct-codec';
import { fill, type OpenBodyFile } from './body-files';
import type { Completions } from './completions';
import type { CallRecord, Inspector } from './inspector';

/** Bytes of one InternetWriteFile. */
const PIECE_BYTES = 256 * 1024;

export interface OpenedRequest {
  readonly raw: bigint;
  readonly id: HandleId;
  /** dwContext, as it was opened with. */
  readonly context: bigint;
}

export interface Sending {
  /** The call that begins it, and its name. */
  readonly api: FunctionName;
  readonly begun: Promise<CallRecord>;
  /** Whether the response has come. */
  readonly answered: Promise<boolean>;
}

/** Sends a request: whole by HttpSendRequest, or its body in pieces by HttpSendRequestEx, InternetWriteFile and HttpEndRequest. */
export class RequestSender {
  constructor(private readonly inspector: Inspector, private readonly completions: Completions, private readonly origin: string) {}

  /** @param headers lines joined by CRLF; empty for none */
  whole(request: OpenedRequest, headers: string, body: Uint8Array): Sending {
    const begun = this.call('HttpSendRequest', {
      hRequest: request.raw, lpszHeaders: headers === '' ? undefined : headers, dwHeadersLength: headers.length,
      lpOptional: body.length === 0 ? undefined : body, dwOptionalLength: body.length,
    });
    return { api: 'HttpSendRequest', begun, answered: begun.then((record) => this.succeeded(record, request)) };
  }

  /** Reads the file as it is sent, and closes it whatever comes. */
  inPieces(request: OpenedRequest, headers: string, file: OpenBodyFile): Sending {
    const { memory } = this.inspector.engine;
    const buffers = encodeStruct(memory, 'INTERNET_BUFFERSW', { ...(headers === '' ? {} : { lpcszHeader: headers }), dwBufferTotal: file.size });
    // A text and a number that is held to a DWORD always fit.
    if (!buffers.ok) throw new Error(buffers.error);
    const { address, blocks } = buffers.value;
    const begun = this.call('HttpSendRequestEx', { hRequest: request.raw, lpBuffersIn: address, dwContext: request.context });
    const answered = begun
      .then((record) => this.succeeded(record, request))
      .then((ready) => {
        for (const block of blocks) memory.free(block);
        return ready && this.writeAll(request, file);
      })
      .finally(() => file.close())
      .then(async (written) => written && this.succeeded(await this.call('HttpEndRequest', { hRequest: request.raw, dwContext: request.context }), request));
    return { api: 'HttpSendRequestEx', begun, answered };
  }

  private async writeAll(request: OpenedRequest, file: OpenBodyFile): Promise<boolean> {
    const { memory } = this.inspector.engine;
    const count = memory.alloc(4);
    try {
      for (let at = 0; at < file.size;) {
        const piece = await this.piece(request, file, at);
        const written = piece === undefined ? 0 : await this.write(request, piece, count);
        if (written === 0) return false;
        at += written;
      }
      return true;
    } finally {
      memory.free(count);
    }
  }

  /** Bytes of the file from a place on; undefined for a file that gives none, which is told. */
  private async piece({ id }: OpenedRequest, file: OpenBodyFile, at: number): Promise<Uint8Array | undefined> {
    const bytes = new Uint8Array(Math.min(PIECE_BYTES, file.size - at));
    const failed = (why: string): undefined => {
      this.inspector.note('error', `${file.name} could not be sent beyond ${at.toLocaleString('en')} of ${file.size.toLocaleString('en')} bytes: ${why}. The request waits for the rest: close it.`, { handle: id });
      return undefined;
    };
    try {
      const got = await fill(file, bytes, at);
      return got === bytes.length ? bytes : failed('the file has become shorter');
    } catch (failure) {
      return failed(failure instanceof Error ? failure.message : String(failure));
    }
  }

  private async write(request: OpenedRequest, lpBuffer: Uint8Array, count: Address): Promise<number> {
    const record = await this.call('InternetWriteFile', { hFile: request.raw, lpBuffer, dwNumberOfBytesToWrite: lpBuffer.length, lpdwNumberOfBytesWritten: count });
    return await this.succeeded(record, request) ? readUint(this.inspector.engine.memory, count, 4) : 0;
  }

  private async succeeded(record: CallRecord, { id }: OpenedRequest): Promise<boolean> {
    return (await this.completions.of(record, id))?.succeeded === true;
  }

  private async call(...[api, args]: Parameters<Inspector['call']>): Promise<CallRecord> {
    return this.inspector.call(api, args, { origin: this.origin });
  }
}
