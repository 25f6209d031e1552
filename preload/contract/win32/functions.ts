import { FTP_FUNCTIONS } from './ftp-functions';
import { GOPHER_FUNCTIONS } from './gopher-functions';
import { HTTP_SERVER_FUNCTIONS } from './http-server-functions';
import { KERNEL_FUNCTIONS } from './kernel-functions';
import type { ArgsOf, ArgValue, FunctionSignature, Param, Width } from './signature';
import { WININET_FUNCTIONS } from './wininet-functions';
import { WININET_URL_FUNCTIONS } from './wininet-url-functions';

/** Every function that an engine can be asked for. */
export const FUNCTIONS = {
  ...WININET_FUNCTIONS, ...WININET_URL_FUNCTIONS, ...FTP_FUNCTIONS, ...GOPHER_FUNCTIONS, ...HTTP_SERVER_FUNCTIONS, ...KERNEL_FUNCTIONS,
};

export type FunctionName = keyof typeof FUNCTIONS;
export type FunctionArgs<N extends FunctionName> = ArgsOf<(typeof FUNCTIONS)[N]>;

/** The names in a fixed order: what the trace stores as a number. */
// Object.keys loses the key type, though FUNCTIONS is closed.
export const FUNCTION_NAMES = Object.keys(FUNCTIONS) as readonly FunctionName[];

/** The parameters of each function with their names, in order: asked for at every call. */
const PARAMETERS: ReadonlyMap<FunctionName, readonly (readonly [string, Param])[]> = new Map(FUNCTION_NAMES.map((name) => [name, Object.entries(FUNCTIONS[name].params)]));

export function parametersOf(name: FunctionName): readonly (readonly [string, Param])[] {
  return PARAMETERS.get(name) ?? [];
}

export function signatureOf(name: FunctionName): FunctionSignature {
  return FUNCTIONS[name];
}

function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(FUNCTIONS, name);
}

/** Finds a function by its documented name, with or without the A or W of its width; without means W. */
export function parseFunctionName(text: string): { readonly name: FunctionName; readonly width: Width } | undefined {
  if (isFunctionName(text)) return { name: text, width: 'W' };
  const base = text.slice(0, -1);
  const suffix = text.slice(-1);
  if ((suffix === 'A' || suffix === 'W') && isFunctionName(base) && FUNCTIONS[base].widths) return { name: base, width: suffix };
  return undefined;
}

/** The plain value of a parameter that was left out: 0 or NULL. */
export function defaultArg(param: Param): ArgValue {
  switch (param.kind) {
    case 'int': case 'version': return 0;
    case 'string': case 'bytes': return undefined;
    default: return 0n;
  }
}

/** Fills the parameters that were left out with 0 or NULL. */
export function completeArgs<N extends FunctionName>(name: N, given: Partial<FunctionArgs<N>>): FunctionArgs<N> {
  const complete: Record<string, ArgValue> = {};
  for (const [key, param] of parametersOf(name)) {
    // Which parameters there are follows from the signature, which the key comes from.
    complete[key] = (given as Readonly<Record<string, ArgValue>>)[key] ?? defaultArg(param);
  }
  // Built from the signature that FunctionArgs is derived from.
  return complete as FunctionArgs<N>;
}
