import { err, ok, type Result } from '../../../../preload/contract/result';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import { textBytes, type Address } from '../../../../preload/contract/win32/memory';
import type { Call, ErrorCode } from './call';

/**
 * Fills an OUT text whose IN/OUT length counts TCHARs: without a buffer, or with one too small, the length says what is
 * `needed`, the NUL included (ERROR_INSUFFICIENT_BUFFER); else what was copied, without it.
 */
export function fillCounted(call: Call, buffer: Address, length: Address, text: string, copied = text.length, needed = text.length + 1): Result<undefined, ErrorCode> {
  if (length === 0n) return err(WIN32_ERRORS.ERROR_INVALID_PARAMETER);
  if (buffer === 0n || call.dword(length) <= text.length) {
    call.writeDword(length, needed);
    return err(WIN32_ERRORS.ERROR_INSUFFICIENT_BUFFER);
  }
  call.memory.write(buffer, textBytes(`${text}\0`, call.width));
  call.writeDword(length, copied);
  return ok(undefined);
}
