import { err, ok, type Result } from '../../../../preload/contract/result';
import type { Address, MemoryReader } from '../../../../preload/contract/win32/memory';
import { decodeStruct, layoutOf, type StructFields, type StructValue } from '../../../../preload/contract/win32/struct-codec';
import type { DiskFile } from '../kernel/disk-file';
import type { HandleTable } from '../kernel/handle-table';
import { ERROR_FILE_NOT_FOUND, ERROR_HANDLE_EOF, ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER, ERROR_NOT_SUPPORTED } from './call-frame';
import type { FragmentCache } from './url-cache';
import { parseFragmentName } from './url-prefix';

export interface HeaderLine {
  readonly name: string;
  readonly value: string;
}

/** What an array of HTTP_DATA_CHUNK stands for. */
export interface ChunkContent {
  readonly body: Uint8Array;
  /** Fields that follow the body (HttpDataChunkTrailers). */
  readonly trailers: readonly HeaderLine[];
}

const TYPE = { MEMORY: 0, FILE: 1, FRAGMENT: 2, FRAGMENT_EX: 3, TRAILERS: 4, LAST: 5 } as const;
const HTTP_BYTE_RANGE_TO_EOF = 0xffff_ffff_ffff_ffffn;
const MOST_CHUNKS = 9999;

/** Reads data chunks from where they are: memory, a file, the fragment cache of a queue (http/ns-http-http_data_chunk). */
export class DataChunks {
  constructor(
    private readonly memory: MemoryReader,
    private readonly handles: HandleTable,
  ) {}

  /** An array of chunks in memory; no cache: a fragment cannot be made of fragments. @throws MemoryFault */
  read(address: Address, count: number, cache: FragmentCache | undefined): Result<ChunkContent, number> {
    if (count > MOST_CHUNKS || (count > 0 && address === 0n)) return err(ERROR_INVALID_PARAMETER);
    const { size } = layoutOf('HTTP_DATA_CHUNK');
    return this.join(Array.from({ length: count }, (_, i) => decodeStruct(this.memory, 'HTTP_DATA_CHUNK', address + BigInt(i * size))), cache);
  }

  /** Chunks that were decoded with the structure they belong to. */
  join(chunks: readonly StructFields[], cache: FragmentCache | undefined): Result<ChunkContent, number> {
    const parts: Uint8Array[] = [];
    const trailers: HeaderLine[] = [];
    for (const chunk of chunks) {
      if (chunk['DataChunkType'] === TYPE.TRAILERS) {
        trailers.push(...headerLines(chunk['pTrailers']));
        continue;
      }
      const part = this.one(chunk, cache);
      if (!part.ok) return part;
      parts.push(part.value);
    }
    return ok({ body: Buffer.concat(parts), trailers });
  }

  private one(chunk: StructFields, cache: FragmentCache | undefined): Result<Uint8Array, number> {
    const type = Number(chunk['DataChunkType']);
    switch (type) {
      case TYPE.MEMORY: {
        const { pBuffer: buffer, BufferLength: length } = chunk;
        if (buffer instanceof Uint8Array) return ok(buffer);
        return length === 0 ? ok(new Uint8Array()) : err(ERROR_INVALID_PARAMETER);
      }
      case TYPE.FILE: {
        const object = this.handles.get(wideOf(chunk['FileHandle']));
        return object?.kind === 'disk-file' ? fileRange(object.file, chunk) : err(ERROR_INVALID_HANDLE);
      }
      case TYPE.FRAGMENT: case TYPE.FRAGMENT_EX: {
        const name = typeof chunk['pFragmentName'] === 'string' ? parseFragmentName(chunk['pFragmentName']) : undefined;
        if (name === undefined || cache === undefined) return err(ERROR_INVALID_PARAMETER);
        const data = cache.get(name);
        if (data === undefined) return err(ERROR_FILE_NOT_FOUND);
        return type === TYPE.FRAGMENT ? ok(data) : partOf(data, chunk);
      }
      default: return err(type <= TYPE.LAST ? ERROR_NOT_SUPPORTED : ERROR_INVALID_PARAMETER);
    }
  }
}

/** HTTP_BYTE_RANGE: from an offset so many bytes, or all that follow. Undefined for one that leaves what there is. */
function rangeOf(chunk: StructFields, size: number): { readonly start: number; readonly length: number } | undefined {
  const start = wideOf(chunk['StartingOffset']);
  const wanted = wideOf(chunk['Length']);
  const length = wanted === HTTP_BYTE_RANGE_TO_EOF ? BigInt(size) - start : wanted;
  return length < 0n || start + length > BigInt(size) ? undefined : { start: Number(start), length: Number(length) };
}

function fileRange(file: DiskFile, chunk: StructFields): Result<Uint8Array, number> {
  const size = file.size();
  if (!size.ok) return size;
  const range = rangeOf(chunk, size.value);
  return range === undefined ? err(ERROR_HANDLE_EOF) : file.read(range.start, range.length);
}

function partOf(data: Uint8Array, chunk: StructFields): Result<Uint8Array, number> {
  const range = rangeOf(chunk, data.length);
  return range === undefined ? err(ERROR_INVALID_PARAMETER) : ok(data.subarray(range.start, range.start + range.length));
}

/** HTTP_UNKNOWN_HEADER structures as names and values. */
export function headerLines(list: StructValue): readonly HeaderLine[] {
  return (Array.isArray(list) ? list : []).map((item: StructFields) => ({ name: textOf(item['pName']), value: textOf(item['pRawValue']) }));
}

function wideOf(value: StructValue): bigint {
  return typeof value === 'bigint' || typeof value === 'number' ? BigInt(value) : 0n;
}

function textOf(value: StructValue): string {
  return typeof value === 'string' ? value : '';
}
