import { HANDLE_STATES } from '../../../preload/contract/handle';
import { chosenType, SCALAR_SIZES } from '../../../preload/contract/win32/http-config-structs';
import { signatureOf, type FunctionName } from '../../../preload/contract/win32/functions';
import type { Param } from '../../../preload/contract/win32/signature';
import { structOfWidth } from '../../../preload/contract/win32/struct-codec';
import type { FieldType } from '../../../preload/contract/win32/struct-layout';
import { STRUCTS } from '../../../preload/contract/win32/structs';
import { integerOfText } from '../values/integer';
import type { CallbackField, ClientAction, PeerAction, Step, WaitStep } from './step';
import type { Value } from './value';

/** What stands where a value is given or matched, as far as it is known before the scenario runs. */
export type Shape =
  /** A number, or one of these words. `bytes`: or the memory that holds it. */
  | { readonly kind: 'number'; readonly words: readonly string[]; readonly bytes?: true }
  | { readonly kind: 'word'; readonly words: readonly string[] }
  | { readonly kind: 'text' }
  /** A structure of the contract; a text may stand for one (a chunk from memory), and a number for where it is. */
  | { readonly kind: 'struct'; readonly struct: string }
  | { readonly kind: 'structs'; readonly struct: string }
  /** A thing of the runner's with a value of its own and parts beside it. */
  | { readonly kind: 'parts'; readonly self: Shape; readonly parts: Readonly<Record<string, Shape>> }
  | { readonly kind: 'any' };

export const NUMBER: Extract<Shape, { kind: 'number' }> = { kind: 'number', words: [] };
export const ANY: Shape = { kind: 'any' };
export const TEXT: Shape = { kind: 'text' };
const SAME_OR_OTHER: Shape = { kind: 'word', words: ['same', 'other'] };
export const TREE_STATE: Shape = { kind: 'word', words: HANDLE_STATES };

const CALLBACK_PARTS: Readonly<Record<CallbackField, Shape>> = {
  value: ANY, length: NUMBER, context: NUMBER, dwResult: NUMBER, dwError: NUMBER, thread: SAME_OR_OTHER, via: TEXT,
};
const RECEIVED = { text: TEXT, bytes: NUMBER, status: NUMBER, reason: TEXT, startLine: TEXT, headers: ANY, body: TEXT };

export function shapeOfCallbackField(name: CallbackField): Shape {
  return CALLBACK_PARTS[name];
}

/** What `returns` of a function can be. */
export function shapeOfReturn(name: FunctionName): Shape {
  switch (signatureOf(name).returns) {
    case 'CALLBACK': return ANY;
    case 'ERROR': case 'DWORD': return NUMBER;
    case 'BOOL': case 'HINTERNET': case 'HANDLE': return { kind: 'number', words: ['handle'] };
  }
}

/** What the `expect` beside a step's verb looks at; undefined for a verb with an expectation of its own form. */
export function shapeOfResult(step: Step): Shape | undefined {
  switch (step.verb) {
    case 'wait': return shapeOfWait(step.until.kind);
    case 'readAll': return { kind: 'parts', self: TEXT, parts: { text: TEXT, bytes: NUMBER, reads: NUMBER, pended: NUMBER } };
    case 'client': return shapeOfPeer(step.action.kind, RECEIVED);
    case 'server': case 'ftp': return shapeOfPeer(step.action.kind, { ...RECEIVED, method: TEXT, target: TEXT });
    case 'call': case 'on': case 'mark': case 'expect': case 'expectTrace': return undefined;
  }
}

function shapeOfWait(kind: WaitStep['until']['kind']): Shape {
  switch (kind) {
    case 'callback': return { kind: 'parts', self: NUMBER, parts: { status: NUMBER, handle: NUMBER, ...CALLBACK_PARTS } };
    case 'overlapped': case 'done':
      return { kind: 'parts', self: NUMBER, parts: { result: NUMBER, bytes: NUMBER, dwResult: NUMBER, dwError: NUMBER, thread: SAME_OR_OTHER } };
    case 'value': case 'time': return ANY;
  }
}

function shapeOfPeer(kind: ClientAction['kind'] | PeerAction['kind'], received: Readonly<Record<string, Shape>>): Shape {
  switch (kind) {
    case 'send': return { kind: 'parts', self: TEXT, parts: { text: TEXT, bytes: NUMBER } };
    case 'receive': return { kind: 'parts', self: TEXT, parts: received };
    case 'connect': case 'accept': case 'expect': case 'close': return { kind: 'parts', self: NUMBER, parts: { port: NUMBER, closed: ANY } };
  }
}

/** What a parameter is given, or what its OUT memory holds afterwards; `chosen` is the value of another parameter of the call. */
export function shapeOfParameter(param: Param, chosen: (parameter: string) => Value | undefined): Shape {
  const choice = (parameter: string): number | undefined => numberOf(chosen(parameter));
  const structure = (name: string | undefined): Shape => {
    if (name === undefined) return ANY;
    if (SCALAR_SIZES[name] !== undefined) return { kind: 'number', words: [], bytes: true };
    const struct = structOfWidth(name, 'W');
    return STRUCTS[struct] === undefined ? ANY : { kind: 'struct', struct };
  };
  switch (param.kind) {
    case 'int': case 'id': case 'dword_ptr': case 'handle': return NUMBER;
    case 'out': return param.of === 'PWSTR' ? TEXT : NUMBER;
    case 'version': return { kind: 'struct', struct: 'HTTPAPI_VERSION' };
    case 'in-struct': case 'out-struct': return structure(param.struct);
    case 'in-array': return { kind: 'structs', struct: param.struct };
    case 'in-property': {
      const number = choice(param.property);
      return structure(number === undefined ? undefined : chosenType(param.of, number));
    }
    case 'out-buffer': {
      const number = param.chosen === undefined ? undefined : choice(param.chosen.by);
      return structure(param.struct ?? (param.chosen === undefined || number === undefined ? undefined : chosenType(param.chosen.of, number)));
    }
    case 'string': return TEXT;
    case 'callback': case 'bytes': case 'out-text': case 'overlapped': case 'reserved': return ANY;
  }
}

export function shapeOfField(type: FieldType): Shape {
  switch (type.kind) {
    case 'uint': case 'handle': return NUMBER;
    case 'struct': case 'struct-pointer': return { kind: 'struct', struct: type.struct };
    case 'array': return { kind: 'structs', struct: type.struct };
    case 'text': case 'bytes': case 'inline-bytes': case 'chars': case 'sockaddr': return TEXT;
    case 'known-headers': case 'inline-sockaddrs': case 'pointer': return ANY;
  }
}

/** The number that is written; undefined for one that only a run can tell. */
function numberOf(value: Value | undefined): number | undefined {
  if (value?.kind === 'integer') return Number(value.value);
  const number = value?.kind === 'text' ? integerOfText(value.text) : undefined;
  return number === undefined ? undefined : Number(number);
}
