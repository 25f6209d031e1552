import { err, ok, type Result } from '../../../../../preload/contract/result';
import { WIN32_ERRORS } from '../../../../../preload/contract/win32/constants/win32-errors';
import { readUint, textBytes, uintBytes, type Address } from '../../../../../preload/contract/win32/memory';
import type { Width } from '../../../../../preload/contract/win32/signature';
import type { PortableMemory } from '../../portable-memory';
import type { ErrorCode } from '../call';

/** Bytes of a TCHAR. */
export function unitOf(width: Width): number {
  return width === 'W' ? 2 : 1;
}

/**
 * Fills a buffer whose length counts TCHARs: afterwards it is the text's without its NUL. ERROR_INSUFFICIENT_BUFFER when
 * there is no buffer or text and NUL do not fit; the length then says what is needed, in the unit that `needed` makes of the characters.
 */
export function fillCharacters(
  memory: PortableMemory, width: Width, buffer: Address, length: Address, text: string, needed: (characters: number) => number,
): Result<undefined, ErrorCode> {
  if (!memory.holds(length, 4)) return err(WIN32_ERRORS.ERROR_INVALID_PARAMETER);
  const data = textBytes(`${text}\0`, width);
  const room = readUint(memory, length, 4);
  if (buffer === 0n || room <= text.length) {
    memory.write(length, uintBytes(needed(text.length + 1), 4));
    return err(WIN32_ERRORS.ERROR_INSUFFICIENT_BUFFER);
  }
  if (!memory.holds(buffer, data.length)) return err(WIN32_ERRORS.ERROR_INVALID_PARAMETER);
  memory.write(buffer, data);
  memory.write(length, uintBytes(text.length, 4));
  return ok(undefined);
}
