import { HTTP_API_MEMBERS } from './constants/http-api-members';
import { FILE_ATTRIBUTE, GENERIC_ACCESS, GOPHER_TYPE } from './constants/files';
import * as httpApi from './constants/http-api';
import { HTTP_QUERY, HTTP_STATUS } from './constants/http-query';
import { INTERNET_OPTION } from './constants/options';
import { INTERNET_STATUS } from './constants/status';
import { WIN32_ERRORS, WIN32_ERRORS_MEANING } from './constants/win32-errors';
import { WININET_ERRORS, WININET_ERRORS_MEANING } from './constants/wininet-errors';
import * as urlAndCookie from './constants/url-and-cookie';
import * as wininetFlags from './constants/wininet-flags';

type Group = Readonly<Record<string, number>>;

/** HTTPAPI_VERSION by value: major in the low word, minor in the high word, as it lies in memory (x64). */
const HTTPAPI_VERSIONS: Group = { HTTPAPI_VERSION_1: 1, HTTPAPI_VERSION_2: 2 };

const MISCELLANEOUS: Group = { NULL: 0, MAX_PATH: 260, TRUE: 1, FALSE: 0, INFINITE: 0xffffffff, WAIT_OBJECT_0: 0, WAIT_IO_COMPLETION: 192, MAXULONG: 0xffffffff, WAIT_FAILED: 0xffffffff,
  INTERNET_INVALID_STATUS_CALLBACK: -1, INVALID_HANDLE_VALUE: -1, STATUS_SUCCESS: 0, STATUS_PENDING: 0x103, STATUS_CANCELLED: 0xc0000120 };

/** CreateFile's dwCreationDisposition (fileapi/nf-fileapi-createfilew). */
const CREATION_DISPOSITION: Group = { CREATE_NEW: 1, CREATE_ALWAYS: 2, OPEN_EXISTING: 3, OPEN_ALWAYS: 4, TRUNCATE_EXISTING: 5 };

function memberGroups(): Readonly<Record<string, Group>> {
  const groups: Record<string, Group> = {};
  for (const [group, members] of Object.entries(HTTP_API_MEMBERS)) {
    if (typeof members === 'number') groups[group] = { [group]: members };
    else groups[`${group}_*`] = Object.fromEntries(Object.entries(members).map(([name, value]) => [`${group}_${name}`, value]));
  }
  return groups;
}

/** Every constant the app knows, by the group it belongs to. */
export const CONSTANT_GROUPS: Readonly<Record<string, Group>> = {
  INTERNET_STATUS, INTERNET_OPTION, HTTP_QUERY, HTTP_STATUS, WININET_ERRORS, WIN32_ERRORS,
  ...(wininetFlags as Readonly<Record<string, Group>>),
  ...(urlAndCookie as Readonly<Record<string, Group>>),
  ...(httpApi as Readonly<Record<string, Group>>),
  ...memberGroups(),
  GENERIC_ACCESS, FILE_ATTRIBUTE, GOPHER_TYPE,
  HTTPAPI_VERSIONS,
  CREATION_DISPOSITION,
  MISCELLANEOUS,
};

const VALUES: ReadonlyMap<string, number> = new Map(Object.values(CONSTANT_GROUPS).flatMap((group) => Object.entries(group)));

/** The number of a documented constant, or undefined for a name that is none. */
export function constantValue(name: string): number | undefined {
  return VALUES.get(name);
}

export function constantNames(): Iterable<string> {
  return VALUES.keys();
}

/** The names of each group by value, made when a group is first asked for. */
const NAMES = new Map<string, ReadonlyMap<number, string>>();

function namesOf(group: string): ReadonlyMap<number, string> {
  const known = NAMES.get(group);
  if (known !== undefined) return known;
  // Backwards, so that of several names for one value the first stays.
  const made = new Map(Object.entries(CONSTANT_GROUPS[group] ?? {}).reverse().map(([name, value]) => [value, name]));
  NAMES.set(group, made);
  return made;
}

/** The name that a value has within a group; several names for one value give the first. */
export function constantName(group: string, value: number): string | undefined {
  return namesOf(group).get(value);
}

/** The single-bit names of a group that make up a value, and what is left over. Bits are unsigned 32-bit. */
export function flagNames(group: string, value: number): { readonly names: readonly string[]; readonly rest: number } {
  const names: string[] = [];
  let rest = value >>> 0;
  for (const [name, member] of Object.entries(CONSTANT_GROUPS[group] ?? {})) {
    const bits = member >>> 0;
    const single = bits !== 0 && (bits & (bits - 1)) === 0;
    if (single && (rest & bits) !== 0) {
      names.push(name);
      rest = (rest & ~bits) >>> 0;
    }
  }
  return { names, rest };
}

const ERROR_NAMES: ReadonlyMap<number, string> = new Map(
  [...Object.entries(WININET_ERRORS), ...Object.entries(WIN32_ERRORS)].reverse().map(([name, code]) => [code, name]),
);

export interface ErrorDescription {
  readonly code: number;
  /** The symbolic name, or undefined for a code outside the tables. */
  readonly name: string | undefined;
  readonly meaning: string | undefined;
}

/** Number, name and meaning of a Win32 or WinINet error code (System Error Codes; WinInet/wininet-errors). */
export function describeError(code: number): ErrorDescription {
  return { code, name: ERROR_NAMES.get(code), meaning: WININET_ERRORS_MEANING[code] ?? WIN32_ERRORS_MEANING[code] };
}
