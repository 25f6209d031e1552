import { readUint, readUint64, type Address, type Memory } from '../../../preload/contract/win32/memory';
import type { Width } from '../../../preload/contract/win32/signature';
import { structOfWidth } from '../../../preload/contract/win32/struct-codec';
import { mapOf, type Datum } from '../values/datum';
import { countedText, structDatum, textInMemory } from './out-memory';
import { queryType } from './query-types';

/** What the memory of a query means, by what was asked. @returns a reader for the memory as it is when it is used */
export function typedBuffer(
  memory: Memory, address: Address, width: Width, size: number, chooser: string, asked: number, count: () => number | undefined,
): () => Datum {
  const type = queryType(chooser, asked);
  return () => {
    const reported = count() ?? size;
    switch (type.kind) {
      case 'text':
        return queryText(memory, address, width, size, chooser, reported);
      case 'struct':
        return structDatum(memory, address, structOfWidth(type.struct, width));
      case 'systemtime':
        return size < 16 ? undefined : systemTime(memory, address);
      case 'number':
        if (Math.min(reported, size) === 8) return readUint64(memory, address);
        if (size >= 4 && reported >= 4) return BigInt(readUint(memory, address, 4));
        return memory.read(address, Math.min(reported, size));
    }
  };
}

/** HttpQueryInfo reports the bytes without the NUL, and its text may hold NULs; an option's text ends at its NUL. */
function queryText(memory: Memory, address: Address, width: Width, size: number, chooser: string, reported: number): Datum {
  if (chooser !== 'dwInfoLevel') return textInMemory(memory, address, width, size);
  return countedText(memory, address, width, Math.min(reported, size));
}

const SYSTEMTIME_FIELDS = ['wYear', 'wMonth', 'wDayOfWeek', 'wDay', 'wHour', 'wMinute', 'wSecond', 'wMilliseconds'] as const;

function systemTime(memory: Memory, address: Address): Datum {
  return mapOf(Object.fromEntries(
    SYSTEMTIME_FIELDS.map((name, index) => [name, BigInt(readUint(memory, address + BigInt(index * 2), 2))]),
  ));
}
