import { err, ok, type Result } from '../../../preload/contract/result';
import { defaultArg, signatureOf, type FunctionName } from '../../../preload/contract/win32/functions';
import { chosenType, SCALAR_SIZES } from '../../../preload/contract/win32/http-config-structs';
import { readUint, textBytes, uintBytes, type Memory } from '../../../preload/contract/win32/memory';
import { encodeStruct, layoutOf, structOfWidth, type StructFields } from '../../../preload/contract/win32/struct-codec';
import type { ArgValue, Param, Pointee, Width } from '../../../preload/contract/win32/signature';
import { toBytes } from '../values/evaluate';
import { isMap, plain, type Datum, type MemoryDatum } from '../values/datum';
import { toInteger } from '../values/integer';
import { inoutFields } from './inout-struct';
import { integerArg, memoryOf, passIn, type InputContext } from './input-parameters';
import { memoryDatum, pattern, pointeeSize, readPointee, structDatum, textInMemory, type Arena } from './out-memory';
import { settingStruct } from './query-types';
import { structInput } from './struct-input';
import { typedBuffer } from './typed-buffer';

/** How much OUT memory a call gets when nothing says how much it is. */
const PLAIN_BUFFER = 4096;
const OVERLAPPED_BYTES = 32;

/** A call ready to be made: its arguments, and the OUT memory they point to by parameter. */
export interface CallArguments {
  readonly args: Readonly<Record<string, ArgValue>>;
  readonly out: ReadonlyMap<string, MemoryDatum>;
  /** The OVERLAPPED that the call gives, of its own or of an earlier call. */
  readonly overlapped: MemoryDatum | undefined;
  /** Structures among the OUT memory, whose fields the binding shows as its own. */
  readonly structs: readonly MemoryDatum[];
}

export interface ArgumentContext {
  readonly arena: Arena;
  readonly width: Width;
  readonly recorder: (name: string) => bigint;
  /** Makes the event of an OVERLAPPED: a HANDLE, manual reset. */
  readonly newEvent: () => bigint;
  /** Bytes of the call's overlapped completion, once it came. */
  readonly completedBytes: () => number | undefined;
}

/** Resolves the `with` of a call by the function's signature; the parameters' names are those of the signature. */
export function callArguments(
  name: FunctionName, given: ReadonlyMap<string, Datum>, context: ArgumentContext,
): Result<CallArguments, string> {
  return new Resolver(name, given, context).resolve();
}

class Resolver {
  readonly #params: Readonly<Record<string, Param>>;
  readonly #given: ReadonlyMap<string, Datum>;
  readonly #context: ArgumentContext;
  readonly #args: Record<string, ArgValue> = {};
  readonly #out = new Map<string, MemoryDatum>();
  readonly #structs: MemoryDatum[] = [];
  #overlapped: MemoryDatum | undefined;

  constructor(name: FunctionName, given: ReadonlyMap<string, Datum>, context: ArgumentContext) {
    this.#params = signatureOf(name).params;
    this.#given = given;
    this.#context = context;
  }

  resolve(): Result<CallArguments, string> {
    // What measures comes after what is measured, and scalars before the buffers whose room they say.
    for (const pass of [isMeasured, isOtherInput, isScalarOut, isBuffer]) {
      for (const [name, param] of Object.entries(this.#params)) {
        if (name in this.#args || !pass(param)) continue;
        const problem = this.#one(name, param);
        if (problem !== undefined) return err(`${name}: ${problem}`);
      }
    }
    return ok({ args: this.#args, out: this.#out, overlapped: this.#overlapped, structs: this.#structs });
  }

  /** Sets one argument; what it measures has set it before when it was left out. */
  #one(name: string, param: Param): string | undefined {
    switch (param.kind) {
      case 'overlapped':
        return this.#setOverlapped(name);
      case 'out':
        return this.#setScalar(name, param);
      case 'out-buffer':
        return this.#setBuffer(name, param);
      case 'out-struct':
        return this.#setStruct(name, param);
      case 'out-text':
        return this.#setText(name, param);
      case 'in-struct':
        return param.inout === true ? this.#setInOutStruct(name, param) : this.#setInput(name, param);
      case 'callback':
        if (!this.#given.has(name)) {
          this.#args[name] = this.#context.recorder('default');
          return undefined;
        }
        return this.#setInput(name, param);
      default:
        return this.#setInput(name, param);
    }
  }

  #setInput(name: string, param: Param): string | undefined {
    if (!this.#given.has(name)) {
      this.#args[name] = defaultArg(param);
      return undefined;
    }
    const passed = passIn(param, this.#given.get(name), this.#inputContext());
    if (!passed.ok) return passed.error;
    this.#args[name] = passed.value.value;
    const measure = 'length' in param ? param.length : undefined;
    if (measure !== undefined && !this.#given.has(measure) && this.#params[measure]?.kind === 'int') this.#args[measure] = passed.value.length;
    return undefined;
  }

  #inputContext(): InputContext {
    return {
      arena: this.#context.arena,
      width: this.#context.width,
      recorder: this.#context.recorder,
      chooser: (parameter) => {
        const number = integerArg(this.#given.get(parameter), 32);
        return number.ok ? ok(Number(number.value)) : number;
      },
    };
  }

  #setOverlapped(name: string): string | undefined {
    const given = this.#given.get(name);
    if (given !== true) {
      const memory = memoryOf(given);
      const passed = passIn({ kind: 'overlapped' }, given === false ? undefined : given, this.#inputContext());
      if (!passed.ok) return passed.error;
      this.#args[name] = passed.value.value;
      this.#overlapped = memory;
      return undefined;
    }
    const content = new Uint8Array(OVERLAPPED_BYTES);
    content.set(uintBytes(this.#context.newEvent(), 8), 24);
    const { arena, width } = this.#context;
    const address = arena.place(content);
    this.#args[name] = address;
    this.#overlapped = memoryDatum(arena.memory, address, content, width, () => structDatum(arena.memory, address, 'OVERLAPPED'));
    return undefined;
  }

  #setScalar(name: string, param: Extract<Param, { kind: 'out' }>): string | undefined {
    const { arena, width } = this.#context;
    const size = pointeeSize(param.of);
    // The OUT number of an earlier call is given as its value, as a number would be.
    const value = param.inout === true ? plain(this.#given.get(name)) : undefined;
    const isEntry = value !== undefined && typeof value !== 'object';
    if (this.#given.has(name) && !isEntry) {
      const passed = passIn(param, this.#given.get(name), this.#inputContext());
      if (!passed.ok) return passed.error;
      this.#args[name] = passed.value.value;
      return undefined;
    }
    const content = isEntry ? entryBytes(value, size) : ok(param.inout === true ? new Uint8Array(size) : pattern(size));
    if (!content.ok) return content.error;
    this.#placeScalar(name, content.value, () => arena, width, param.of);
    return undefined;
  }

  #placeScalar(name: string, content: Uint8Array, arena: () => Arena, width: Width, of: Pointee): void {
    const { memory } = arena();
    const address = arena().place(content);
    this.#args[name] = address;
    this.#out.set(name, memoryDatum(memory, address, content, width, () => readPointee(memory, address, of)));
  }

  #setBuffer(name: string, param: Extract<Param, { kind: 'out-buffer' }>): string | undefined {
    const { arena, width } = this.#context;
    const { memory } = arena;
    const given = this.#given.get(name);
    const content = plainUnlessMemory(given);
    const isContent = typeof content === 'string' || content instanceof Uint8Array;
    const chosen = this.#chosenType(param);
    if (chosen !== undefined && SCALAR_SIZES[chosen] === undefined && isMap(content)) return this.#setFilled(name, param, chosen, content);
    // INTERNET_PER_CONN_OPTION_LIST names what is asked for.
    const asked = param.typedBy === 'dwOption' && isMap(content) ? settingStruct(Number(this.#args[param.typedBy] ?? 0)) : undefined;
    if (asked !== undefined && isMap(content)) return this.#setFilled(name, param, structOfWidth(asked, width), content);
    if (this.#given.has(name) && !isContent) {
      const passed = passIn(param, given, this.#inputContext());
      if (!passed.ok) return passed.error;
      this.#args[name] = passed.value.value;
      this.#measure(param.length, passed.value.length);
      return undefined;
    }
    const filled = pattern(this.#room(param.length));
    if (isContent) write(filled, typeof content === 'string' && param.typedBy !== undefined ? textBytes(`${content}\0`, width) : content);
    const address = arena.place(filled);
    this.#args[name] = address;
    this.#measure(param.length, filled.length);
    const count = this.#countOf(param);
    const struct = param.struct ?? (chosen !== undefined && SCALAR_SIZES[chosen] === undefined ? chosen : undefined);
    const read = struct !== undefined ? this.#structReader(struct, address, filled.length)
      : chosen !== undefined ? scalarReader(memory, address, filled.length, SCALAR_SIZES[chosen] ?? 4)
      : param.typedBy !== undefined ? typedBuffer(memory, address, width, filled.length, param.typedBy, Number(this.#args[param.typedBy] ?? 0), count)
      : (): Datum => memory.read(address, Math.min(count() ?? filled.length, filled.length));
    // Only what a query answers has the width of the function; data is bytes.
    const datum = memoryDatum(memory, address, filled, param.typedBy === undefined ? 'A' : width, read);
    this.#out.set(name, datum);
    if (struct !== undefined) this.#structs.push(datum);
    return undefined;
  }

  #setStruct(name: string, param: Extract<Param, { kind: 'out-struct' }>): string | undefined {
    const { arena, width } = this.#context;
    if (this.#given.has(name)) return this.#setInput(name, param);
    const struct = structOfWidth(param.struct, width);
    const filled = pattern(layoutOf(struct).size);
    const address = arena.place(filled);
    this.#args[name] = address;
    const datum = memoryDatum(arena.memory, address, filled, width, this.#structReader(struct, address, filled.length));
    this.#out.set(name, datum);
    this.#structs.push(datum);
    return undefined;
  }

  #setInOutStruct(name: string, param: Extract<Param, { kind: 'in-struct' }>): string | undefined {
    const given = plainUnlessMemory(this.#given.get(name));
    if (this.#given.has(name) && !isMap(given)) return this.#setInput(name, param);
    const struct = structOfWidth(param.struct, this.#context.width);
    const fields = inoutFields(struct, given, param.entry ?? {});
    return fields.ok ? this.#placeStruct(name, struct, fields.value).problem : fields.error;
  }

  /** Text whose length parameter counts characters. */
  #setText(name: string, param: Extract<Param, { kind: 'out-text' }>): string | undefined {
    const { arena, width } = this.#context;
    if (this.#given.has(name)) {
      const problem = this.#setInput(name, param);
      this.#measure(param.length, 0);
      return problem;
    }
    const unit = width === 'W' ? 2 : 1;
    const characters = this.#room(param.length);
    const filled = pattern(characters * unit);
    const address = arena.place(filled);
    this.#args[name] = address;
    this.#measure(param.length, characters);
    this.#out.set(name, memoryDatum(arena.memory, address, filled, width, () => textInMemory(arena.memory, address, width, filled.length)));
    return undefined;
  }

  /** What a property or a kind of configuration makes of the memory. */
  #chosenType(param: Extract<Param, { kind: 'out-buffer' }>): string | undefined {
    return param.chosen === undefined ? undefined : chosenType(param.chosen.of, Number(this.#args[param.chosen.by] ?? -1));
  }

  /** A structure that says on entry what it wants: HTTP_QOS_SETTING_INFO names the kind of setting. */
  #setFilled(name: string, param: Extract<Param, { kind: 'out-buffer' }>, struct: string, content: Datum): string | undefined {
    const input = structInput(struct, content);
    if (!input.ok) return input.error;
    const placed = this.#placeStruct(name, struct, input.value);
    if (placed.problem === undefined) this.#measure(param.length, placed.size);
    return placed.problem;
  }

  /** Memory that holds a structure on entry and is read as one afterwards. */
  #placeStruct(name: string, struct: string, fields: StructFields): { readonly problem: string | undefined; readonly size: number } {
    const { arena, width } = this.#context;
    const encoded = encodeStruct(arena.memory, struct, fields);
    if (!encoded.ok) return { problem: encoded.error, size: 0 };
    arena.adopt(encoded.value.blocks);
    const { address, size } = encoded.value;
    this.#args[name] = address;
    const datum = memoryDatum(arena.memory, address, arena.memory.read(address, size), width, this.#structReader(struct, address, size));
    this.#out.set(name, datum);
    this.#structs.push(datum);
    return { problem: undefined, size };
  }

  /** A buffer too small for its structure has no fields to read. */
  #structReader(struct: string, address: bigint, size: number): () => Datum {
    const { memory } = this.#context.arena;
    return () => (size === 0 ? undefined : structDatum(memory, address, struct));
  }

  /** Bytes that the call reported: by its completion, its count parameter or its IN/OUT length. */
  #countOf(param: Extract<Param, { kind: 'out-buffer' }>): () => number | undefined {
    const { memory } = this.#context.arena;
    const counter = this.#out.get(param.count ?? param.length);
    return () => {
      const completed = this.#context.completedBytes();
      if (completed !== undefined && this.#overlapped !== undefined) return completed;
      if (counter === undefined || (param.count !== undefined && counter.unchanged())) return undefined;
      return readUint(memory, counter.address, 4);
    };
  }

  /** Bytes that the length parameter says there is room for. */
  #room(length: string): number {
    if (!this.#given.has(length)) return PLAIN_BUFFER;
    const given = this.#given.get(length);
    const value = plain(given);
    if (value === undefined) return PLAIN_BUFFER;
    const number = toInteger(value);
    const size = number.ok ? Number(BigInt.asUintN(32, number.value)) : PLAIN_BUFFER;
    return size > LARGEST_BUFFER ? PLAIN_BUFFER : size;
  }

  /** A length that was left out is that of what it measures. */
  #measure(length: string, bytes: number): void {
    if (this.#given.has(length)) return;
    const param = this.#params[length];
    if (param?.kind === 'int') this.#args[length] = bytes;
    if (param?.kind !== 'out') return;
    const address = this.#args[length];
    if (typeof address !== 'bigint' || address === 0n) return;
    const { arena, width } = this.#context;
    this.#placeScalar(length, uintBytes(bytes, 4), () => arena, width, 'DWORD');
  }
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

/** A length such as -1 is passed to the function as it is, but no memory is made for it. */
const LARGEST_BUFFER = 256 * 1024 * 1024;

function entryBytes(value: Datum, size: 4 | 8): Result<Uint8Array, string> {
  const number = toInteger(value);
  return number.ok ? ok(uintBytes(number.value, size)) : number;
}

/** The plain value of what is no memory of an earlier call. */
function plainUnlessMemory(datum: Datum): Datum {
  return memoryOf(datum) === undefined ? plain(datum) : undefined;
}

function isMeasured(param: Param): boolean {
  return ['string', 'bytes', 'in-struct', 'in-array', 'in-property', 'reserved'].includes(param.kind);
}

function isOtherInput(param: Param): boolean {
  return ['int', 'version', 'handle', 'id', 'dword_ptr', 'callback', 'overlapped'].includes(param.kind);
}

function isScalarOut(param: Param): boolean {
  return param.kind === 'out';
}

function isBuffer(param: Param): boolean {
  return param.kind === 'out-buffer' || param.kind === 'out-struct' || param.kind === 'out-text';
}
