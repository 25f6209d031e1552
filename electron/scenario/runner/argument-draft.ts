import { ok, type Result } from '../../../preload/contract/result';
import { defaultArg } from '../../../preload/contract/win32/functions';
import { uintBytes } from '../../../preload/contract/win32/memory';
import type { ArgValue, Param, Pointee, Width } from '../../../preload/contract/win32/signature';
import { plain, type Datum, type MemoryDatum } from '../values/datum';
import { toInteger } from '../values/integer';
import { integerArg, passIn, type InputContext } from './input-parameters';
import { memoryDatum, readPointee, type Arena } from './out-memory';

/** How much OUT memory a call gets when nothing says how much it is. */
const PLAIN_BUFFER = 4096;
/** A length such as -1 is passed to the function as it is, but no memory is made for it. */
const LARGEST_BUFFER = 256 * 1024 * 1024;

export interface ArgumentContext {
  readonly arena: Arena;
  readonly width: Width;
  readonly recorder: (name: string) => bigint;
  /** Makes the event of an OVERLAPPED: a HANDLE, manual reset. */
  readonly newEvent: () => bigint;
  /** Bytes of the call's overlapped completion, once it came. */
  readonly completedBytes: () => number | undefined;
}

/** The arguments of a call while they are made: one may measure another, or say what it holds. */
export class ArgumentDraft {
  readonly args: Record<string, ArgValue> = {};
  /** The OUT memory that arguments point to, by parameter. */
  readonly out = new Map<string, MemoryDatum>();
  /** Structures among the OUT memory. */
  readonly structs: MemoryDatum[] = [];
  overlapped: MemoryDatum | undefined;

  constructor(
    readonly params: Readonly<Record<string, Param>>,
    readonly given: ReadonlyMap<string, Datum>,
    readonly context: ArgumentContext,
  ) {}

  /** Passes what was given for a parameter, or its default. @returns what is wrong with it */
  setInput(name: string, param: Param): string | undefined {
    if (!this.given.has(name)) {
      this.args[name] = defaultArg(param);
      return undefined;
    }
    const passed = this.pass(name, param, this.given.get(name));
    if (!passed.ok) return passed.error;
    const measure = 'length' in param ? param.length : undefined;
    if (measure !== undefined && !this.given.has(measure) && this.params[measure]?.kind === 'int') this.args[measure] = passed.value;
    return undefined;
  }

  /** Passes a value as an argument. @returns its length, in the unit of the parameter that measures it */
  pass(name: string, param: Param, given: Datum): Result<number, string> {
    const passed = passIn(param, given, this.inputContext());
    if (!passed.ok) return passed;
    this.args[name] = passed.value.value;
    return ok(passed.value.length);
  }

  /** Memory for a number, read as what it points to. */
  placeScalar(name: string, content: Uint8Array, of: Pointee): void {
    const { arena, width } = this.context;
    const address = arena.place(content);
    this.args[name] = address;
    this.out.set(name, memoryDatum(arena.memory, address, content, width, () => readPointee(arena.memory, address, of)));
  }

  /** Bytes that the length parameter says there is room for. */
  room(length: string): number {
    if (!this.given.has(length)) return PLAIN_BUFFER;
    const given = this.given.get(length);
    const value = plain(given);
    if (value === undefined) return PLAIN_BUFFER;
    const number = toInteger(value);
    const size = number.ok ? Number(BigInt.asUintN(32, number.value)) : PLAIN_BUFFER;
    return size > LARGEST_BUFFER ? PLAIN_BUFFER : size;
  }

  /** A length that was left out is that of what it measures. */
  measure(length: string, bytes: number): void {
    if (this.given.has(length)) return;
    const param = this.params[length];
    if (param?.kind === 'int') this.args[length] = bytes;
    if (param?.kind !== 'out') return;
    const address = this.args[length];
    if (typeof address !== 'bigint' || address === 0n) return;
    this.placeScalar(length, uintBytes(bytes, 4), 'DWORD');
  }

  private inputContext(): InputContext {
    return {
      arena: this.context.arena,
      width: this.context.width,
      recorder: this.context.recorder,
      chooser: (parameter) => {
        const number = integerArg(this.given.get(parameter), 32);
        return number.ok ? ok(Number(number.value)) : number;
      },
    };
  }
}
