import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../build/setup/run.mjs';
import { ensureMingw } from '../../build/setup/wine.mjs';
import { FUNCTION_NAMES, signatureOf } from '../../preload/contract/win32/functions';
import type { Field } from '../../preload/contract/win32/struct-layout';
import { STRUCTS } from '../../preload/contract/win32/structs';
import { parameterType } from '../../electron/engine/native/call-frame';

/** Members of unions stand in a struct of their own in the headers. */
const UNION_MEMBERS: Readonly<Record<number, string>> = { 0: 'FromMemory', 1: 'FromFileHandle', 2: 'FromFragmentCache' };
/** Kinds of chunk that are younger than these headers. */
const YOUNGER_KINDS: ReadonlySet<number> = new Set([3, 4]);
/** By another name, in two bytes, or as the whole of a union in the headers. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'HTTP_DATA_CHUNK.StartingOffset': 'FromFileHandle.ByteRange.StartingOffset',
  'HTTP_DATA_CHUNK.Length': 'FromFileHandle.ByteRange.Length',
  'SOCKADDR_IN.sin_port_high': 'sin_port',
  'HTTP_BINDING_INFO.Flags': 'Flags',
  'HTTP_STATE_INFO.Flags': 'Flags',
  'HTTP_TIMEOUT_LIMIT_INFO.Flags': 'Flags',
  ...Object.fromEntries(['A', 'W'].flatMap((width) =>
    ['dwValue', 'pszValue', 'ftValue'].map((name) => [`INTERNET_PER_CONN_OPTION${width}.${name}`, `Value.${name}`]))),
};
const NO_FIELD: ReadonlySet<string> = new Set(['SOCKADDR_IN.sin_port_low']);
/** Exports that these headers do not declare. */
const YOUNGER_FUNCTIONS: readonly string[] = [
  'HttpDeclarePush', 'HttpFindUrlGroupId', 'HttpIsFeatureSupported', 'HttpPrepareUrl', 'HttpQueryRequestProperty', 'HttpSetRequestProperty',
  'HttpUpdateServiceConfiguration', 'HttpWaitForDisconnectEx',
];
/** Structures of theirs. */
const YOUNGER_STRUCTS: ReadonlySet<string> = new Set(['HTTP_REQUEST_PROPERTY_STREAM_ERROR', 'HTTP_REQUEST_PROPERTY_SNI']);
/** What the headers of mingw-w64 call them. */
const C_NAMES: Readonly<Record<string, string>> = { SOCKADDR_IN: 'struct sockaddr_in' };

function memberPath(struct: string, field: Field): string {
  const known = ELSEWHERE[`${struct}.${field.name}`];
  if (known !== undefined) return known;
  const member = field.when?.field === 'DataChunkType' ? UNION_MEMBERS[field.when.is] : undefined;
  return member === undefined ? field.name : `${member}.${field.name}`;
}

function structAssertions(): readonly string[] {
  return Object.entries(STRUCTS).filter(([struct]) => !YOUNGER_STRUCTS.has(struct)).flatMap(([struct, { size, fields }]) => {
    const c = C_NAMES[struct] ?? struct;
    const offsets = fields.filter((field) =>
      !NO_FIELD.has(`${struct}.${field.name}`) && !(field.when?.field === 'DataChunkType' && YOUNGER_KINDS.has(field.when.is)));
    return [
      `_Static_assert(sizeof(${c}) == ${size}, "sizeof ${struct}");`,
      ...offsets.map((field) => `_Static_assert(offsetof(${c}, ${memberPath(struct, field)}) == ${field.offset}, "${struct}.${field.name}");`),
    ];
  });
}

const BYTES = { uint16_t: 2, int32_t: 4, uint32_t: 4, uint64_t: 8, void: 0 } as const;

/** Types of a parameter list, which may hold pointers to functions with lists of their own. */
function parameterTypes(list: string): readonly string[] {
  const types: string[] = [];
  let depth = 0;
  let current = '';
  for (const char of list) {
    if (char === ',' && depth === 0) {
      types.push(current.trim());
      current = '';
      continue;
    }
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    current += char;
  }
  types.push(current.trim());
  return types.length === 1 && types[0] === 'void' ? [] : types;
}

let folder = '';
let compiler = '';

beforeAll(async () => {
  if (process.platform === 'win32') return;
  compiler = await ensureMingw();
  folder = mkdtempSync(path.join(tmpdir(), 'hinspector-headers-'));
}, 120_000);

afterAll(() => {
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

/** wininet.h has a macro of the name that http.h gives a structure. */
const HEADERS = [
  '#define _WIN32_WINNT 0x0A00', '#include <stddef.h>', '#include <winsock2.h>', '#include <windows.h>', '#include <wininet.h>', '#undef HTTP_VERSION', '#include <http.h>',
];

async function compile(name: string, lines: readonly string[], args: readonly string[]): Promise<string> {
  const file = path.join(folder, name);
  writeFileSync(file, lines.join('\n'));
  return (await run(compiler, [...args, '-fsyntax-only', file])).output;
}

/** The compiler is one for Linux. */
const elsewhere = process.platform === 'win32';

describe.skipIf(elsewhere)('against the headers of mingw-w64', () => {
  test('every structure has their size, and every field stands where theirs does', async () => {
    expect(await compile('structs.c', [...HEADERS, ...structAssertions()], ['-std=c11'])).toBe('');
  });

  test('a wrong offset would be noticed', async () => {
    expect(await compile('wrong.c', [...HEADERS, '_Static_assert(offsetof(HTTP_REQUEST_V1, RequestId) == 8, "RequestId");'], ['-std=c11'])).toContain('RequestId');
  });

  test('every function takes as many parameters as theirs, of the same sizes', async () => {
    const info = path.join(folder, 'prototypes');
    expect(await compile('all.c', HEADERS, ['-aux-info', info])).toBe('');
    const prototypes = readFileSync(info, 'utf8').split('\n');
    const undeclared: string[] = [];
    const assertions = FUNCTION_NAMES.flatMap((name) => {
      const signature = signatureOf(name);
      const exported = signature.widths ? `${name}W` : name;
      const declared = prototypes.map((line) => new RegExp(`[ *]${exported} \\((.*)\\);`).exec(line)?.[1]).find((list) => list !== undefined);
      const types = parameterTypes(declared ?? '');
      const sizes = Object.values(signature.params).map((param) => BYTES[parameterType(param)]);
      if (declared === undefined) {
        undeclared.push(exported);
        return [];
      }
      expect(types, `parameters of ${exported}`).toHaveLength(sizes.length);
      return types.map((type, i) => `_Static_assert(sizeof(${type}) == ${sizes[i]}, "${exported}: ${type}");`);
    });
    expect(undeclared.sort()).toEqual(YOUNGER_FUNCTIONS);
    expect(assertions.length).toBeGreaterThan(FUNCTION_NAMES.length);
    expect(await compile('functions.c', [...HEADERS, ...assertions], ['-std=c11'])).toBe('');
  });
});
