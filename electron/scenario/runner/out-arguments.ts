import { ok, type Result } from '../../../preload/contract/result';
import { chosenType as typeChosenBy, SCALAR_SIZES } from '../../../preload/contract/win32/http-config-structs';
import { readUint, textBytes, uintBytes, type Memory } from '../../../preload/contract/win32/memory';
import type { Param } from '../../../preload/contract/win32/signature';
import { encodeStruct, layoutOf, structOfWidth, type StructFields } from '../../../preload/contract/win32/struct-codec';
import { toBytes } from '../values/evaluate';
import { isMap, plain, type Datum } from '../values/datum';
import { toInteger } from '../values/integer';
import type { ArgumentDraft } from './argument-draft';
import { inoutFields } from './inout-struct';
import { memoryOf } from './input-parameters';
import { memoryDatum, pattern, pointeeSize, structDatum, textInMemory } from './out-memory';
import { settingStruct } from './query-types';
import { structInput } from './struct-input';
import { typedBuffer } from './typed-buffer';

// The memory that a call is given to write to, each kind of OUT parameter in its way. Each answers what is wrong, if anything is.

export function outScalar(draft: ArgumentDraft, name: string, param: Extract<Param, { kind: 'out' }>): string | undefined {
  const size = pointeeSize(param.of);
  // The OUT number of an earlier call is given as its value, as a number would be.
  const value = param.inout === true ? plain(draft.given.get(name)) : undefined;
  const isEntry = value !== undefined && typeof value !== 'object';
  if (draft.given.has(name) && !isEntry) {
    const passed = draft.pass(name, param, draft.given.get(name));
    return passed.ok ? undefined : passed.error;
  }
  const content = isEntry ? entryBytes(value, size) : ok(param.inout === true ? new Uint8Array(size) : pattern(size));
  if (!content.ok) return content.error;
  draft.placeScalar(name, content.value, param.of);
  return undefined;
}

export function outBuffer(draft: ArgumentDraft, name: string, param: Extract<Param, { kind: 'out-buffer' }>): string | undefined {
  const { arena, width } = draft.context;
  const { memory } = arena;
  const given = draft.given.get(name);
  const content = plainUnlessMemory(given);
  const isContent = typeof content === 'string' || content instanceof Uint8Array;
  const chosen = chosenType(draft, param);
  if (chosen !== undefined && SCALAR_SIZES[chosen] === undefined && isMap(content)) return setFilled(draft, name, param, chosen, content);
  // INTERNET_PER_CONN_OPTION_LIST names what is asked for.
  const asked = param.typedBy === 'dwOption' && isMap(content) ? settingStruct(Number(draft.args[param.typedBy] ?? 0)) : undefined;
  if (asked !== undefined && isMap(content)) return setFilled(draft, name, param, structOfWidth(asked, width), content);
  if (draft.given.has(name) && !isContent) {
    const passed = draft.pass(name, param, given);
    if (!passed.ok) return passed.error;
    draft.measure(param.length, passed.value);
    return undefined;
  }
  const filled = pattern(draft.room(param.length));
  if (isContent) write(filled, typeof content === 'string' && param.typedBy !== undefined ? textBytes(`${content}\0`, width) : content);
  const address = arena.place(filled);
  draft.args[name] = address;
  draft.measure(param.length, filled.length);
  const count = countOf(draft, param);
  const struct = param.struct ?? (chosen !== undefined && SCALAR_SIZES[chosen] === undefined ? chosen : undefined);
  const read = struct !== undefined ? structReader(draft, struct, address, filled.length)
    : chosen !== undefined ? scalarReader(memory, address, filled.length, SCALAR_SIZES[chosen] ?? 4)
    : param.typedBy !== undefined ? typedBuffer(memory, address, width, filled.length, param.typedBy, Number(draft.args[param.typedBy] ?? 0), count)
    : (): Datum => memory.read(address, Math.min(count() ?? filled.length, filled.length));
  // Only what a query answers has the width of the function; data is bytes.
  const datum = memoryDatum(memory, address, filled, param.typedBy === undefined ? 'A' : width, read);
  draft.out.set(name, datum);
  if (struct !== undefined) draft.structs.push(datum);
  return undefined;
}

export function outStruct(draft: ArgumentDraft, name: string, param: Extract<Param, { kind: 'out-struct' }>): string | undefined {
  const { arena, width } = draft.context;
  if (draft.given.has(name)) return draft.setInput(name, param);
  const struct = structOfWidth(param.struct, width);
  const filled = pattern(layoutOf(struct).size);
  const address = arena.place(filled);
  draft.args[name] = address;
  const datum = memoryDatum(arena.memory, address, filled, width, structReader(draft, struct, address, filled.length));
  draft.out.set(name, datum);
  draft.structs.push(datum);
  return undefined;
}

export function inoutStruct(draft: ArgumentDraft, name: string, param: Extract<Param, { kind: 'in-struct' }>): string | undefined {
  const given = plainUnlessMemory(draft.given.get(name));
  if (draft.given.has(name) && !isMap(given)) return draft.setInput(name, param);
  const struct = structOfWidth(param.struct, draft.context.width);
  const fields = inoutFields(struct, given, param.entry ?? {});
  return fields.ok ? placeStruct(draft, name, struct, fields.value).problem : fields.error;
}

/** Text whose length parameter counts characters. */
export function outText(draft: ArgumentDraft, name: string, param: Extract<Param, { kind: 'out-text' }>): string | undefined {
  const { arena, width } = draft.context;
  if (draft.given.has(name)) {
    const problem = draft.setInput(name, param);
    draft.measure(param.length, 0);
    return problem;
  }
  const unit = width === 'W' ? 2 : 1;
  const characters = draft.room(param.length);
  const filled = pattern(characters * unit);
  const address = arena.place(filled);
  draft.args[name] = address;
  draft.measure(param.length, characters);
  draft.out.set(name, memoryDatum(arena.memory, address, filled, width, () => textInMemory(arena.memory, address, width, filled.length)));
  return undefined;
}

/** What a property or a kind of configuration makes of the memory. */
function chosenType(draft: ArgumentDraft, param: Extract<Param, { kind: 'out-buffer' }>): string | undefined {
  return param.chosen === undefined ? undefined : typeChosenBy(param.chosen.of, Number(draft.args[param.chosen.by] ?? -1));
}

/** A structure that says on entry what it wants: HTTP_QOS_SETTING_INFO names the kind of setting. */
function setFilled(draft: ArgumentDraft, name: string, param: Extract<Param, { kind: 'out-buffer' }>, struct: string, content: Datum): string | undefined {
  const input = structInput(struct, content);
  if (!input.ok) return input.error;
  const placed = placeStruct(draft, name, struct, input.value);
  if (placed.problem === undefined) draft.measure(param.length, placed.size);
  return placed.problem;
}

/** Memory that holds a structure on entry and is read as one afterwards. */
function placeStruct(draft: ArgumentDraft, name: string, struct: string, fields: StructFields): { readonly problem: string | undefined; readonly size: number } {
  const { arena, width } = draft.context;
  const encoded = encodeStruct(arena.memory, struct, fields);
  if (!encoded.ok) return { problem: encoded.error, size: 0 };
  arena.adopt(encoded.value.blocks);
  const { address, size } = encoded.value;
  draft.args[name] = address;
  const datum = memoryDatum(arena.memory, address, arena.memory.read(address, size), width, structReader(draft, struct, address, size));
  draft.out.set(name, datum);
  draft.structs.push(datum);
  return { problem: undefined, size };
}

/** A buffer too small for its structure has no fields to read. */
function structReader(draft: ArgumentDraft, struct: string, address: bigint, size: number): () => Datum {
  const { memory } = draft.context.arena;
  return () => (size === 0 ? undefined : structDatum(memory, address, struct));
}

/** Bytes that the call reported: by its completion, its count parameter or its IN/OUT length. */
function countOf(draft: ArgumentDraft, param: Extract<Param, { kind: 'out-buffer' }>): () => number | undefined {
  const { memory } = draft.context.arena;
  const counter = draft.out.get(param.count ?? param.length);
  return () => {
    const completed = draft.context.completedBytes();
    if (completed !== undefined && draft.overlapped !== undefined) return completed;
    if (counter === undefined || (param.count !== undefined && counter.unchanged())) return undefined;
    return readUint(memory, counter.address, 4);
  };
}

/** A number in memory; memory that is smaller has none. */
function scalarReader(memory: Memory, address: bigint, room: number, size: 2 | 4): () => Datum {
  return () => (room < size ? undefined : BigInt(readUint(memory, address, size)));
}

/** Some buffers are read before they are written: HTTP_QUERY_CUSTOM takes the name of a header there. */
function write(memory: Uint8Array, content: Datum): void {
  const bytes = toBytes(content) ?? new Uint8Array();
  memory.set(bytes.subarray(0, memory.length));
}

function entryBytes(value: Datum, size: 4 | 8): Result<Uint8Array, string> {
  const number = toInteger(value);
  return number.ok ? ok(uintBytes(number.value, size)) : number;
}

/** The plain value of what is no memory of an earlier call. */
function plainUnlessMemory(datum: Datum): Datum {
  return memoryOf(datum) === undefined ? plain(datum) : undefined;
}
