import type { ChoiceTable } from './http-config-structs';

/**
 * How a documented function is called: one description from which the engines' types, the native binding,
 * the scenario language's defaults and the details pane all follow, so that no signature is written twice.
 *
 * Values at the engine boundary: integers up to 32 bits are numbers; handles, 64-bit ids, DWORD_PTR and addresses
 * are bigints (0n is NULL); IN strings are strings and IN buffers are bytes (undefined is NULL; a bigint is
 * passed as the pointer it is). OUT and IN/OUT memory is an address in the engine's own memory.
 */
export type Width = 'A' | 'W';

/**
 * A scalar that a pointer points to; sizes in bytes: DWORD, ULONG, BOOL 4; the others 8. PWSTR: the address of a text
 * that the function allocated.
 */
export type Pointee = 'DWORD' | 'ULONG' | 'BOOL' | 'HANDLE' | 'HTTP_ID' | 'ULONGLONG' | 'DWORD_PTR' | 'POINTER' | 'PWSTR';

export type Param =
  | { readonly kind: 'handle'; readonly of: 'HINTERNET' | 'HANDLE' }
  | { readonly kind: 'id'; readonly of: 'server-session' | 'url-group' | 'request' | 'connection' }
  /** `constants` names the group whose member it is; `flags` the groups whose bits it holds. */
  | { readonly kind: 'int'; readonly bits: 16 | 32; readonly constants?: string; readonly flags?: readonly string[]; readonly signed?: true }
  | { readonly kind: 'dword_ptr' }
  | { readonly kind: 'version' }
  | { readonly kind: 'callback' }
  /** `call`: the width of the called function (A or W); `wide`: always UTF-16. */
  | { readonly kind: 'string'; readonly width: 'call' | 'wide' | 'ansi'; readonly length?: string }
  /** IN bytes; `length` names the parameter that counts them. `typedBy`: an option whose value says what the bytes are. */
  | { readonly kind: 'bytes'; readonly length: string; readonly typedBy?: string }
  /**
   * A structure; the name is without the A or W that the width of the call adds. `inout`: the function writes to it too,
   * and `entry` is what its fields hold where a caller says nothing.
   */
  | {
    readonly kind: 'in-struct'; readonly struct: string; readonly length?: string; readonly inout?: true;
    readonly entry?: Readonly<Record<string, number>>;
  }
  /** A list of structures, counted by another parameter. */
  | { readonly kind: 'in-array'; readonly struct: string; readonly length: string }
  /** IN structure or number chosen by a property parameter, by the table of what it is a property of (HttpSetUrlGroupProperty). */
  | { readonly kind: 'in-property'; readonly property: string; readonly of: ChoiceTable; readonly length: string }
  | { readonly kind: 'out'; readonly of: Pointee; readonly inout?: true }
  /** OUT memory. `length` names the parameter with its size in bytes, by value or behind an IN/OUT pointer. */
  | {
    readonly kind: 'out-buffer'; readonly length: string; readonly struct?: string; readonly typedBy?: string; readonly count?: string;
    /** What the memory holds is chosen by a parameter, as with `in-property`. */
    readonly chosen?: { readonly by: string; readonly of: ChoiceTable };
  }
  /** OUT structure of a fixed size; the name is without the A or W that the width of the call adds. */
  | { readonly kind: 'out-struct'; readonly struct: string }
  /** OUT text of the call's width. `length` names the IN/OUT parameter that counts it in TCHARs. */
  | { readonly kind: 'out-text'; readonly length: string }
  | { readonly kind: 'overlapped' }
  | { readonly kind: 'reserved' };

export type Returns =
  /** TRUE or FALSE with GetLastError. */
  | 'BOOL'
  | 'HINTERNET'
  | 'HANDLE'
  /** The error code itself; GetLastError says nothing. */
  | 'ERROR'
  | 'DWORD'
  /** The previous INTERNET_STATUS_CALLBACK, or INTERNET_INVALID_STATUS_CALLBACK (-1). */
  | 'CALLBACK';

export type Dll = 'wininet' | 'httpapi' | 'kernel32';

export interface FunctionSignature {
  readonly dll: Dll;
  /** Whether the DLL exports it as …A and …W. */
  readonly widths: boolean;
  readonly returns: Returns;
  /** In the order of the C declaration. */
  readonly params: Readonly<Record<string, Param>>;
  /** The parameter that names the handle the call is about: its lane in the timeline. */
  readonly subject?: string;
  /** The reference page, as in learn.microsoft.com/windows/win32/api/PAGE. */
  readonly page: string;
}

type ArgOf<P extends Param> =
  P extends { kind: 'int' } | { kind: 'version' } ? number
  : P extends { kind: 'string' } ? string | bigint | undefined
  : P extends { kind: 'bytes' } ? Uint8Array | bigint | undefined
  : bigint;

/** The complete arguments of a function, by the parameter names of its page. */
export type ArgsOf<S extends FunctionSignature> = { readonly [K in keyof S['params']]: ArgOf<S['params'][K]> };

export type ArgValue = number | bigint | string | Uint8Array | undefined;
