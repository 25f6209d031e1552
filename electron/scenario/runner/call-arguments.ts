import { err, ok, type Result } from '../../../preload/contract/result';
import { signatureOf, type FunctionName } from '../../../preload/contract/win32/functions';
import { uintBytes } from '../../../preload/contract/win32/memory';
import type { ArgValue, Param } from '../../../preload/contract/win32/signature';
import type { Datum, MemoryDatum } from '../values/datum';
import { ArgumentDraft, type ArgumentContext } from './argument-draft';
import { memoryOf } from './input-parameters';
import { inoutStruct, outBuffer, outScalar, outStruct, outText } from './out-arguments';
import { memoryDatum, structDatum } from './out-memory';

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

/** Resolves the `with` of a call by the function's signature; the parameters' names are those of the signature. */
export function callArguments(
  name: FunctionName, given: ReadonlyMap<string, Datum>, context: ArgumentContext,
): Result<CallArguments, string> {
  const draft = new ArgumentDraft(signatureOf(name).params, given, context);
  // What measures comes after what is measured, and scalars before the buffers whose room they say.
  for (const turn of [isMeasured, isOtherInput, isScalarOut, isBuffer]) {
    for (const [parameter, param] of Object.entries(draft.params)) {
      if (parameter in draft.args || !turn(param)) continue;
      const problem = setArgument(draft, parameter, param);
      if (problem !== undefined) return err(`${parameter}: ${problem}`);
    }
  }
  const { args, out, overlapped, structs } = draft;
  return ok({ args, out, overlapped, structs });
}

/** Sets one argument; what it measures has set it before when it was left out. @returns what is wrong with it */
function setArgument(draft: ArgumentDraft, name: string, param: Param): string | undefined {
  switch (param.kind) {
    case 'overlapped':
      return setOverlapped(draft, name);
    case 'out':
      return outScalar(draft, name, param);
    case 'out-buffer':
      return outBuffer(draft, name, param);
    case 'out-struct':
      return outStruct(draft, name, param);
    case 'out-text':
      return outText(draft, name, param);
    case 'in-struct':
      return param.inout === true ? inoutStruct(draft, name, param) : draft.setInput(name, param);
    case 'callback':
      if (draft.given.has(name)) return draft.setInput(name, param);
      draft.args[name] = draft.context.recorder('default');
      return undefined;
    default:
      return draft.setInput(name, param);
  }
}

/** `true` asks for a new OVERLAPPED with an event; `false` is NULL. */
function setOverlapped(draft: ArgumentDraft, name: string): string | undefined {
  const given = draft.given.get(name);
  if (given !== true) {
    const passed = draft.pass(name, { kind: 'overlapped' }, given === false ? undefined : given);
    if (!passed.ok) return passed.error;
    draft.overlapped = memoryOf(given);
    return undefined;
  }
  const content = new Uint8Array(OVERLAPPED_BYTES);
  content.set(uintBytes(draft.context.newEvent(), 8), 24);
  const { arena, width } = draft.context;
  const address = arena.place(content);
  draft.args[name] = address;
  draft.overlapped = memoryDatum(arena.memory, address, content, width, () => structDatum(arena.memory, address, 'OVERLAPPED'));
  return undefined;
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
