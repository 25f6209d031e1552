import { err, ok, type Result } from '../../../../preload/contract/result';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import { readUint, readUint64, textFromBytes, type Address } from '../../../../preload/contract/win32/memory';
import type { Call, ErrorCode } from './call';

/** Bytes of URL_COMPONENTS on x64 (wininet/ns-wininet-url_componentsw). */
export const COMPONENTS_SIZE = 104;

/** Where a part's pointer lies; its length follows eight bytes later. */
export const PART_AT = {
  scheme: 8n, hostName: 24n, userName: 40n, password: 56n, urlPath: 72n, extraInfo: 88n,
} as const;
export const SCHEME_AT = 20n;
export const PORT_AT = 36n;

export type PartName = keyof typeof PART_AT;
export const PART_NAMES: readonly PartName[] = ['scheme', 'hostName', 'userName', 'password', 'urlPath', 'extraInfo'];

/** The parts that a caller gives; a NULL pointer is no part. */
export type ReadComponents = Readonly<Partial<Record<PartName, string>>> & { readonly nScheme: number; readonly port: number };

/** NULL, or a structure of another size, is ERROR_INVALID_PARAMETER. @throws MemoryFault when it points outside. */
export function readComponents(call: Call, at: Address): Result<ReadComponents, ErrorCode> {
  const { memory } = call;
  if (at === 0n || readUint(memory, at, 4) !== COMPONENTS_SIZE) return err(WIN32_ERRORS.ERROR_INVALID_PARAMETER);
  const part = (name: PartName): string | undefined => {
    const pointer = readUint64(memory, at + PART_AT[name]);
    const length = readUint(memory, at + PART_AT[name] + 8n, 4);
    if (pointer === 0n) return undefined;
    // "The length member should be set to zero if the pointer member contains the address of a zero-terminated string."
    return length === 0 ? call.text(pointer) : textFromBytes(memory.read(pointer, length * (call.width === 'W' ? 2 : 1)), call.width);
  };
  const given = PART_NAMES.flatMap((name): [PartName, string][] => {
    const text = part(name);
    return text === undefined ? [] : [[name, text]];
  });
  return ok({ ...Object.fromEntries(given), nScheme: readUint(memory, at + SCHEME_AT, 4) | 0, port: readUint(memory, at + PORT_AT, 2) });
}
