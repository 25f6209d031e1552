import { constantName, describeError, flagNames } from '../../../preload/contract/win32/constant-table';
import { isList, isMap, isMemory, plain, type Datum } from './datum';

/** What a number stands for, so that a message can name it. */
export type NameHint =
  | { readonly kind: 'error' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'constant'; readonly group: string }
  | { readonly kind: 'flags'; readonly groups: readonly string[] };

const LONGEST_TEXT = 400;
const LONGEST_BYTES = 48;

/** A datum in words: numbers with the names of their constants, texts in quotes, bytes in hexadecimal. */
export function describe(datum: Datum, hint?: NameHint): string {
  if (isMemory(datum) && datum.unchanged() && datum.address !== 0n) return 'memory that was not written';
  const value = plain(datum);
  if (value === undefined) return 'NULL';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value === 'bigint') return describeNumber(value, hint);
  if (typeof value === 'string') return quote(value);
  if (value instanceof Uint8Array) return describeBytes(value);
  if (isList(value)) return `[${value.map((item) => describe(item, hint)).join(', ')}]`;
  if (isMap(value)) {
    const present = [...value.fields].filter(([, field]) => field !== undefined);
    return `{${present.map(([name, field]) => `${name}: ${describe(field)}`).join(', ')}}`;
  }
  return String(value);
}

function describeNumber(value: bigint, hint: NameHint | undefined): string {
  const number = Number(value);
  switch (hint?.kind) {
    case 'boolean':
      return value === 0n ? 'FALSE' : value === 1n ? 'TRUE' : `${value} (TRUE)`;
    case 'error': {
      const { name } = describeError(number);
      return name === undefined ? String(value) : `${value} (${name})`;
    }
    case 'constant': {
      const name = constantName(hint.group, number);
      return name === undefined ? decimalAndHex(value) : `${value} (${name})`;
    }
    case 'flags': {
      for (const group of hint.groups) {
        const { names, rest } = flagNames(group, number);
        if (names.length > 0 && rest === 0) return `0x${value.toString(16)} (${names.join(' | ')})`;
      }
      return decimalAndHex(value);
    }
    case undefined:
      return decimalAndHex(value);
  }
}

function decimalAndHex(value: bigint): string {
  return value > 65_535n ? `${value} (0x${value.toString(16)})` : String(value);
}

function quote(text: string): string {
  const shown = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
  const tail = text.length > LONGEST_TEXT ? ` (${text.length} characters)` : '';
  return `${JSON.stringify(shown)}${tail}`;
}

/** Printable ASCII as a text, all else in hexadecimal. */
function describeBytes(bytes: Uint8Array): string {
  if (bytes.every((byte) => (byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13)) {
    return quote(String.fromCharCode(...bytes.subarray(0, LONGEST_TEXT + 1)));
  }
  const shown = [...bytes.subarray(0, LONGEST_BYTES)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `bytes ${shown}${bytes.length > LONGEST_BYTES ? '…' : ''} (${bytes.length})`;
}
