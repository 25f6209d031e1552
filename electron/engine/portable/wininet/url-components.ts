import { err, ok, type Result } from '../../../../preload/contract/result';
import { ICU } from '../../../../preload/contract/win32/constants/url-and-cookie';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import { readUint, readUint64, textBytes, uintBytes, type Address } from '../../../../preload/contract/win32/memory';
import type { Call, ErrorCode } from './call';
import { unescaped } from './url-canon';
import { COMPONENTS_SIZE, PART_AT, PART_NAMES, PORT_AT, SCHEME_AT, type PartName } from './url-components-in';
import type { UrlParts, UrlPart } from './url-parts';

/** How one part of URL_COMPONENTS is asked for. */
interface Wanted {
  readonly name: PartName;
  readonly pointer: Address;
  readonly length: number;
}

/**
 * Fills URL_COMPONENTS: a part with a buffer is copied there; one with only a length becomes a pointer into the URL; one
 * with neither is not asked for. A path whose extra information is not asked for has it behind it.
 */
export function crackInto(call: Call, at: Address, url: string | bigint | undefined, parts: UrlParts, flags: number): Result<undefined, ErrorCode> {
  const { memory } = call;
  if (readUint(memory, at, 4) !== COMPONENTS_SIZE) return err(WIN32_ERRORS.ERROR_INVALID_PARAMETER);
  const wanted = PART_NAMES
    .map((name): Wanted => ({ name, pointer: readUint64(memory, at + PART_AT[name]), length: readUint(memory, at + PART_AT[name] + 8n, 4) }))
    .filter(({ pointer, length }) => pointer !== 0n || length !== 0);
  const decodes = (flags & (ICU.ICU_DECODE | ICU.ICU_ESCAPE)) !== 0;
  // Decoded text needs a place of its own.
  if (decodes && wanted.some(({ pointer }) => pointer === 0n)) return err(WIN32_ERRORS.ERROR_INVALID_PARAMETER);
  const withExtra = wanted.some(({ name }) => name === 'extraInfo');
  const base = wanted.some(({ pointer }) => pointer === 0n) ? addressOf(call, url) : 0n;
  for (const one of wanted) {
    const part = one.name === 'urlPath' && !withExtra ? { at: parts.urlPath.at, text: parts.urlPath.text + parts.extraInfo.text } : parts[one.name];
    const done = one.pointer === 0n ? point(call, at, one, part, base) : copy(call, at, one, decodes ? unescaped(part.text) : part.text);
    if (!done.ok) return done;
  }
  memory.write(at + SCHEME_AT, uintBytes(parts.nScheme, 4));
  memory.write(at + PORT_AT, uintBytes(parts.port, 2));
  return ok(undefined);
}

/** The URL as it lies in the caller's memory. One that came as a text is put there, and stays: the parts point into it. */
function addressOf(call: Call, url: string | bigint | undefined): Address {
  if (typeof url === 'bigint') return url;
  const bytes = textBytes(`${url ?? ''}\0`, call.width);
  const address = call.memory.alloc(bytes.length);
  call.memory.write(address, bytes);
  return address;
}

function point(call: Call, at: Address, { name }: Wanted, part: UrlPart, base: Address): Result<undefined, never> {
  const unit = call.width === 'W' ? 2 : 1;
  // What is not there is NULL; a path is always there, if only as the place where it would begin.
  const absent = part.text === '' && name !== 'urlPath';
  call.memory.write(at + PART_AT[name], uintBytes(absent ? 0n : base + BigInt(part.at * unit), 8));
  call.memory.write(at + PART_AT[name] + 8n, uintBytes(part.text.length, 4));
  return ok(undefined);
}

function copy(call: Call, at: Address, { name, pointer, length }: Wanted, text: string): Result<undefined, ErrorCode> {
  const fits = length > text.length;
  call.memory.write(at + PART_AT[name] + 8n, uintBytes(fits ? text.length : text.length + 1, 4));
  if (!fits) return err(WIN32_ERRORS.ERROR_INSUFFICIENT_BUFFER);
  call.memory.write(pointer, textBytes(`${text}\0`, call.width));
  return ok(undefined);
}
