import { HIDDEN_VALUE, type EventFields, type EventValue } from '../../../../preload/contract/event';
import { chosenType, SCALAR_SIZES } from '../../../../preload/contract/win32/http-config-structs';
import { parametersOf, signatureOf, type FunctionName } from '../../../../preload/contract/win32/functions';
import type { Param, Pointee, Returns } from '../../../../preload/contract/win32/signature';
import { structOfWidth } from '../../../../preload/contract/win32/struct-codec';
import { fieldsOf, numberOf, structsIn, textOf } from '../../../trace/event-fields';
import type { RecordedCall } from './chosen-calls';
import { numberWords } from './number-words';
import { Variables } from './variables';

/** What one argument becomes, before it is written in a language. */
export type Planned =
  | { readonly as: 'null' }
  | { readonly as: 'number'; readonly value: number; readonly words: string; readonly group: string | undefined }
  | { readonly as: 'wide-number'; readonly hex: string }
  | { readonly as: 'variable'; readonly name: string }
  | { readonly as: 'text'; readonly text: string; readonly wide: boolean }
  /** A text that was kept out of the recording. */
  | { readonly as: 'hidden'; readonly wide: boolean }
  | { readonly as: 'bytes'; readonly name: string; readonly hex: string; readonly bytes: number }
  | { readonly as: 'scalar'; readonly name: string; readonly size: 2 | 4; readonly value: number }
  | { readonly as: 'callback' }
  | { readonly as: 'version'; readonly value: number }
  | { readonly as: 'structs'; readonly name: string; readonly struct: string; readonly items: readonly EventFields[]; readonly list: boolean }
  /** A scalar that the call writes to; `measures` is the buffer whose size it holds before. */
  | { readonly as: 'out'; readonly name: string; readonly of: Pointee; readonly measures: { readonly bytes: number; readonly inChars: boolean } | undefined }
  | { readonly as: 'memory'; readonly name: string; readonly bytes: number; readonly text: boolean; readonly struct: string | undefined }
  | { readonly as: 'overlapped'; readonly name: string };

export interface PlannedArgument {
  readonly name: string;
  readonly param: Param;
  readonly planned: Planned;
}

export interface PlannedCall {
  /** As the DLL exports it. */
  readonly exported: string;
  readonly api: FunctionName;
  readonly dll: string;
  readonly returns: Returns;
  readonly args: readonly PlannedArgument[];
  /** Where the result is kept: of a call that makes an HINTERNET. */
  readonly result: string | undefined;
  /** What the recording says came of it. */
  readonly recorded: string;
  /** How it is waited for, where it pended and its completion was recorded. */
  readonly waits: 'callback' | { readonly overlapped: string; readonly handle: Planned } | undefined;
}

/** A handle or id that the calls use and none of them makes. */
export interface NeededHandle {
  readonly name: string;
  readonly type: 'HINTERNET' | 'HANDLE' | 'ULONGLONG';
  readonly raw: string;
}

export interface Plan {
  readonly needed: readonly NeededHandle[];
  readonly calls: readonly PlannedCall[];
}

/** Room for what the recording does not tell the size of, in bytes. */
const USUAL_ROOM = 4096;

const MADE_NAMES: Readonly<Record<string, string>> = { InternetOpen: 'session', InternetConnect: 'connection', HttpOpenRequest: 'request', InternetOpenUrl: 'request' };

export function planCalls(recorded: readonly RecordedCall[], words: (call: RecordedCall) => string): Plan {
  const variables = new Variables();
  const needed: NeededHandle[] = [];
  const calls = recorded.map((one) => new CallPlanner(one, variables, needed).plan(words(one)));
  return { needed, calls };
}

class CallPlanner {
  private readonly args: EventFields;

  constructor(private readonly recorded: RecordedCall, private readonly variables: Variables, private readonly needed: NeededHandle[]) {
    this.args = recorded.call.args;
  }

  plan(words: string): PlannedCall {
    const { call, returned, completed } = this.recorded;
    const { dll, widths, returns, subject } = signatureOf(call.api);
    const args = parametersOf(call.api).map(([name, param]): PlannedArgument => ({ name, param, planned: this.argument(name, param, this.args[name]) }));
    const makes = returns === 'HINTERNET' || returns === 'HANDLE';
    const result = makes ? this.variables.fresh(MADE_NAMES[call.api] ?? 'handle') : undefined;
    const made = returned === undefined || isNull(returned.returns) ? completedHandle(completed) : textOf(returned.returns);
    if (result !== undefined && made !== undefined) this.variables.hold(made, result);
    this.learn(args);
    const overlapped = args.find(({ planned }) => planned.as === 'overlapped')?.planned;
    const on = args.find(({ name }) => name === 'RequestQueueHandle' || name === subject)?.planned;
    const pended = returned?.outcome === 'pending' && completed !== undefined;
    const waits = !pended ? undefined : overlapped?.as === 'overlapped' && on !== undefined ? { overlapped: overlapped.name, handle: on } : completed.kind === 'callback' ? 'callback' as const : undefined;
    return { exported: widths ? `${call.api}${call.width}` : call.api, api: call.api, dll, returns, args, result, recorded: words, waits };
  }

  /** Ids that the call handed out go by its variables from now on. */
  private learn(args: readonly PlannedArgument[]): void {
    const { returned, completed } = this.recorded;
    for (const { name, planned } of args) {
      if (planned.as !== 'out' || !['HTTP_ID', 'HANDLE'].includes(planned.of)) continue;
      const raw = textOf(returned?.out[name]) || returned?.created?.raw;
      if (raw !== undefined) this.variables.hold(raw, planned.name);
    }
    const born = returned?.created ?? (completed !== undefined && 'created' in completed ? completed.created : undefined);
    const memory = args.find(({ planned }) => planned.as === 'memory' && planned.struct === 'HTTP_REQUEST_V2')?.planned;
    if (born?.kind !== 'server-request' || memory?.as !== 'memory') return;
    this.variables.hold(born.raw, `${memory.name}.RequestId`);
    if (born.connectionId !== undefined) this.variables.hold(born.connectionId, `${memory.name}.ConnectionId`);
  }

  private argument(name: string, param: Param, value: EventValue | undefined): Planned {
    switch (param.kind) {
      case 'handle': case 'id': return this.handle(name, param, value);
      case 'int': {
        const number = numberOf(value);
        return { as: 'number', value: number, words: numberWords(number, param), group: param.constants };
      }
      case 'version': return { as: 'version', value: numberOf(value) };
      case 'dword_ptr': return { as: 'wide-number', hex: isNull(value) ? '0x0' : textOf(value) };
      case 'callback': return isNull(value) ? NULL : { as: 'callback' };
      case 'string': {
        const wide = param.width === 'wide' || (param.width === 'call' && this.recorded.call.width === 'W');
        if (value === HIDDEN_VALUE) return { as: 'hidden', wide };
        return typeof value === 'string' ? { as: 'text', text: value, wide } : NULL;
      }
      case 'bytes': return this.bytes(name, param, value);
      case 'in-struct': return this.structs(name, structOfWidth(param.struct, this.recorded.call.width), value);
      case 'in-array': return Array.isArray(value) ? { as: 'structs', name: this.variables.fresh(name), struct: param.struct, items: structsIn(value), list: true } : NULL;
      case 'in-property': return this.property(name, param, value);
      case 'out': return isNull(value) ? NULL : { as: 'out', name: this.variables.fresh(baseName(name)), of: param.of, measures: this.measuredBy(name) };
      case 'out-buffer': return isNull(value) ? NULL : { as: 'memory', name: this.variables.fresh(name), bytes: this.room(param.length), text: false, struct: param.struct };
      case 'out-struct': return isNull(value) ? NULL : { as: 'structs', name: this.variables.fresh(name), struct: structOfWidth(param.struct, this.recorded.call.width), items: [{}], list: false };
      case 'out-text': return isNull(value) ? NULL : { as: 'memory', name: this.variables.fresh(name), bytes: this.room(param.length), text: true, struct: undefined };
      case 'overlapped': return isNull(value) ? NULL : { as: 'overlapped', name: this.variables.fresh('overlapped') };
      case 'reserved': return NULL;
    }
  }

  private handle(name: string, param: Extract<Param, { kind: 'handle' | 'id' }>, value: EventValue | undefined): Planned {
    if (isNull(value)) return param.kind === 'id' ? { as: 'wide-number', hex: '0x0' } : NULL;
    const raw = String(value);
    const held = this.variables.holderOf(raw);
    if (held !== undefined) return { as: 'variable', name: held };
    const variable = this.variables.fresh(baseName(name));
    this.needed.push({ name: variable, type: param.kind === 'id' ? 'ULONGLONG' : param.of, raw });
    this.variables.hold(raw, variable);
    return { as: 'variable', name: variable };
  }

  private bytes(name: string, param: Extract<Param, { kind: 'bytes' }>, value: EventValue | undefined): Planned {
    const { bytes, hex } = fieldsOf(value);
    if (typeof bytes !== 'number' || typeof hex !== 'string') return NULL;
    if (param.typedBy !== undefined && bytes === 4) return { as: 'scalar', name: this.variables.fresh(name), size: 4, value: Buffer.from(hex, 'hex').readUInt32LE() };
    return { as: 'bytes', name: this.variables.fresh(name), hex, bytes };
  }

  private property(name: string, param: Extract<Param, { kind: 'in-property' }>, value: EventValue | undefined): Planned {
    const type = chosenType(param.of, numberOf(this.args[param.property]));
    const scalar = type === undefined ? undefined : SCALAR_SIZES[type];
    if (scalar !== undefined && typeof value === 'number') return { as: 'scalar', name: this.variables.fresh(name), size: scalar, value };
    return type === undefined ? NULL : this.structs(name, type, value);
  }

  private structs(name: string, struct: string, value: EventValue | undefined): Planned {
    if (isNull(value) || typeof value !== 'object') return NULL;
    const fields = fieldsOf(value);
    // A structure may refer to handles: those are variables, too.
    const named = Object.fromEntries(Object.entries(fields).map(([field, inner]): [string, EventValue] => {
      const held = typeof inner === 'string' && inner.startsWith('0x') ? this.variables.holderOf(inner) : undefined;
      return [field, held === undefined ? inner : { variable: held }];
    }));
    return { as: 'structs', name: this.variables.fresh(name), struct, items: [named], list: false };
  }

  /** The buffer whose size a pointer tells. */
  private measuredBy(name: string): { readonly bytes: number; readonly inChars: boolean } | undefined {
    for (const [, param] of parametersOf(this.recorded.call.api)) {
      if ((param.kind === 'out-buffer' || param.kind === 'out-text') && param.length === name) return { bytes: USUAL_ROOM, inChars: param.kind === 'out-text' };
    }
    return undefined;
  }

  private room(length: string): number {
    const value = this.args[length];
    return typeof value === 'number' ? value : USUAL_ROOM;
  }
}

const NULL: Planned = { as: 'null' };

/** hRequest is a request, and pUrlGroupId a url group's id. */
function baseName(name: string): string {
  return name.replace(/^(lpdw|lp|dw|h|p)(?=[A-Z])/, '');
}

function completedHandle(completed: RecordedCall['completed']): string | undefined {
  return completed?.kind === 'callback' && completed.payload.kind === 'async-result' && !isNull(completed.payload.dwResult) ? completed.payload.dwResult : undefined;
}

function isNull(value: EventValue | undefined): boolean {
  return value === undefined || value === 0 || (typeof value === 'string' && /^0x0+$/.test(value));
}
