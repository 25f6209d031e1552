import { err, ok, type Result } from '../../../../preload/contract/result';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import { readUint, readUint64, textFromBytes, type Address } from '../../../../preload/contract/win32/memory';
import type { Call, ErrorCode } from './call';

const SIZE = 56;
const HEADER = 16n;
const HEADERS_LENGTH = 24n;
const BUFFER = 32n;
const BUFFER_LENGTH = 40n;
const BUFFER_TOTAL = 44n;

/** INTERNET_BUFFERS as a caller gives it (wininet/ns-wininet-internet_buffersw). */
export interface InternetBuffers {
  readonly header: string;
  readonly buffer: Address;
  /** In bytes. */
  readonly bufferLength: number;
  readonly bufferTotal: number;
  /** Where the length is told. */
  readonly lengthAt: Address;
}

/** NULL, or a structure of another size, is ERROR_INVALID_PARAMETER. @throws MemoryFault when it points outside. */
export function readBuffers(call: Call, at: Address): Result<InternetBuffers, ErrorCode> {
  const { memory } = call;
  if (at === 0n || readUint(memory, at, 4) !== SIZE) return err(WIN32_ERRORS.ERROR_INVALID_PARAMETER);
  const header = readUint64(memory, at + HEADER);
  const length = readUint(memory, at + HEADERS_LENGTH, 4);
  const unit = call.width === 'W' ? 2 : 1;
  return ok({
    header: header === 0n || length === 0 ? '' : length === 0xffff_ffff ? call.text(header) ?? '' : textFromBytes(memory.read(header, length * unit), call.width),
    buffer: readUint64(memory, at + BUFFER), bufferLength: readUint(memory, at + BUFFER_LENGTH, 4),
    bufferTotal: readUint(memory, at + BUFFER_TOTAL, 4), lengthAt: at + BUFFER_LENGTH,
  });
}
