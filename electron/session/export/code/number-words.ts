import { constantName, flagNames } from '../../../../preload/contract/win32/constant-table';

interface Named {
  readonly constants?: string | undefined;
  readonly flags?: readonly string[] | undefined;
}

/** A number by the names of its page, as code says it; hex where a flag has none. */
export function numberWords(value: number, { constants, flags }: Named): string {
  // An information level is one attribute with modifiers in its high word.
  if (constants === 'HTTP_QUERY') {
    const { names, rest } = flagNames('HTTP_QUERY', (value & 0xffff0000) >>> 0);
    return [constantName('HTTP_QUERY', value & 0xffff) ?? String(value & 0xffff), ...names, ...(rest === 0 ? [] : [hexWords(rest)])].join(' | ');
  }
  if (constants !== undefined) return constantName(constants, value) ?? String(value);
  if (flags === undefined || value === 0) return String(value);
  const all: string[] = [];
  let left = value >>> 0;
  for (const group of flags) {
    const { names, rest } = flagNames(group, left);
    all.push(...names);
    left = rest;
  }
  return [...all, ...(left === 0 ? [] : [hexWords(left)])].join(' | ');
}

function hexWords(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`;
}
