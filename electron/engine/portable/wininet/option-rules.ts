import { err, ok, type Result } from '../../../../preload/contract/result';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import { textFromBytes, uintBytes, type MemoryReader } from '../../../../preload/contract/win32/memory';
import type { Width } from '../../../../preload/contract/win32/signature';
import type { Call, ErrorCode } from './call';
import type { ConnectionHandle, HandleKind, InternetHandle, RequestHandle, Timeouts } from './handle';
import { settingOf } from './kept-setting';
import type { WinInetCore } from './wininet-core';

/** A value as InternetQueryOption gives it: bytes of a fixed size, or text of the call's width. */
export type OptionValue =
  | { readonly bytes: Uint8Array }
  | { readonly text: string }
  /** A structure that is made only where there is room for its `size` in bytes: what it points to depends on where it lies. */
  | { readonly size: number; readonly at: (address: bigint) => Uint8Array };

/** Who is asked: a handle, or the process when the handle is NULL. */
export type OptionOwner = InternetHandle | WinInetCore;

/** What InternetSetOption brought. */
export interface OptionInput {
  readonly bytes: Uint8Array;
  /** Where the pointers in it lead. */
  readonly memory: MemoryReader;
  readonly width: Width;
}

/** The buffer of InternetQueryOption, where it is read as well as written. */
export interface OptionBuffer {
  readonly address: bigint;
  /** Of the DWORD with its length. */
  readonly length: bigint;
  readonly call: Call;
}

/** One option of WinInet/option-flags: whom it may be asked of, and what becomes of it there. */
export interface OptionRule {
  /** Kinds of handles that have it; every other is ERROR_INTERNET_INCORRECT_HANDLE_TYPE. */
  readonly on: readonly HandleKind[];
  /** Whether the process has it too, asked with a NULL handle. */
  readonly process: boolean;
  readonly get: (owner: OptionOwner, core: WinInetCore) => Result<OptionValue, ErrorCode>;
  /** In place of `get`, for an option whose buffer says what is asked. */
  readonly fill?: (owner: OptionOwner, buffer: OptionBuffer, core: WinInetCore) => Result<undefined, ErrorCode>;
  /** Absent: ERROR_INTERNET_OPTION_NOT_SETTABLE. */
  readonly set?: (owner: OptionOwner, input: OptionInput, core: WinInetCore) => Result<undefined, ErrorCode>;
  /** "If lpBuffer contains a string, the size is in TCHARs." */
  readonly text?: true;
  /** InternetSetOption takes it without a buffer. */
  readonly valueless?: true;
}

export const ANY: readonly HandleKind[] = ['session', 'http-connection', 'http-request', 'ftp-connection', 'ftp-file', 'ftp-find'];
export const CHILDREN = ANY.filter((kind) => kind !== 'session');
export const WRONG_KIND = err(WININET_ERRORS.ERROR_INTERNET_INCORRECT_HANDLE_TYPE);

export function dword(value: number): Result<OptionValue, never> {
  return ok({ bytes: uintBytes(value, 4) });
}

export function pointer(value: bigint): Result<OptionValue, never> {
  return ok({ bytes: uintBytes(value, 8) });
}

export function isHandle(owner: OptionOwner): owner is InternetHandle {
  return 'kind' in owner;
}

/** An option that only handles have. */
export function handleOption(on: readonly HandleKind[], get: (handle: InternetHandle) => Result<OptionValue, ErrorCode>, set?: (handle: InternetHandle, input: OptionInput) => Result<undefined, ErrorCode>): OptionRule {
  return {
    on, process: false,
    get: (owner) => (isHandle(owner) ? get(owner) : WRONG_KIND),
    ...(set === undefined ? {} : { set: (owner: OptionOwner, input: OptionInput) => (isHandle(owner) ? set(owner, input) : WRONG_KIND) }),
  };
}

export function requestOption(get: (request: RequestHandle) => Result<OptionValue, ErrorCode>): OptionRule {
  return handleOption(['http-request'], (handle) => (handle.kind === 'http-request' ? get(handle) : WRONG_KIND));
}

/** The same for the process and every handle, and nobody's to change. */
export function constant(value: Result<OptionValue, ErrorCode>): OptionRule {
  return { on: ANY, process: true, get: () => value };
}

/** NULL or no length is ERROR_INVALID_PARAMETER; another wrong length ERROR_INTERNET_BAD_OPTION_LENGTH. */
export function fixed(input: OptionInput, size: 4 | 8): Result<bigint, ErrorCode> {
  if (input.bytes.length === 0) return err(WIN32_ERRORS.ERROR_INVALID_PARAMETER);
  if (input.bytes.length !== size) return err(WININET_ERRORS.ERROR_INTERNET_BAD_OPTION_LENGTH);
  return ok(input.bytes.reduceRight((value, byte) => value * 256n + BigInt(byte), 0n));
}

/** Milliseconds; children take what their parent has when they are made. */
export function timeout(which: keyof Timeouts): OptionRule {
  return {
    on: ANY, process: true,
    get: (owner) => dword(owner.timeouts[which]),
    set: (owner, input) => {
      const value = fixed(input, 4);
      if (!value.ok) return value;
      owner.timeouts[which] = Number(value.value);
      return ok(undefined);
    },
  };
}

/** An option whose value is text. */
export function textOption(...rule: Parameters<typeof handleOption>): OptionRule {
  return { ...handleOption(...rule), text: true };
}

/** Text of a connection that its requests share. */
export function connectionText(which: 'userName' | 'password' | 'proxyUserName' | 'proxyPassword'): OptionRule {
  const owner = (handle: InternetHandle): ConnectionHandle | undefined =>
    (handle.kind === 'http-connection' ? handle : handle.kind === 'http-request' ? handle.parent : undefined);
  return textOption(['http-connection', 'http-request'], (handle) => ok({ text: owner(handle)?.[which] ?? '' }), (handle, input) => {
    const connection = owner(handle);
    if (connection === undefined) return WRONG_KIND;
    connection[which] = textOf(input);
    return ok(undefined);
  });
}

export function textOf(input: OptionInput): string {
  return textFromBytes(input.bytes, input.width).split('\0', 1)[0] ?? '';
}

/**
 * A number that is kept: by the handle it is set on, for that handle and those below it that have none of their own; by
 * the process for all.
 */
export function kept(option: number, start: number, on: readonly HandleKind[] = ANY, accepts: (value: number) => boolean = () => true): OptionRule {
  return {
    on, process: true,
    get: (owner, core) => dword(settingOf(isHandle(owner) ? owner : undefined, core, option) ?? start),
    set: (owner, input) => {
      const value = fixed(input, 4);
      if (!value.ok) return value;
      if (!accepts(Number(value.value))) return err(WIN32_ERRORS.ERROR_INVALID_PARAMETER);
      owner.settings.set(option, Number(value.value));
      return ok(undefined);
    },
  };
}

/** A number that the process keeps and no handle: on one it is ERROR_INTERNET_INVALID_OPERATION. */
export function keptByProcess(option: number, start: number, accepts?: (value: number) => boolean): OptionRule {
  const rule = kept(option, start, ANY, accepts);
  const nobodys = err(WININET_ERRORS.ERROR_INTERNET_INVALID_OPERATION);
  return {
    ...rule,
    get: (owner, core) => (isHandle(owner) ? nobodys : rule.get(owner, core)),
    set: (owner, input, core) => (isHandle(owner) ? nobodys : rule.set?.(owner, input, core) ?? nobodys),
  };
}

/** Something that InternetSetOption brings about; there is nothing to ask for, and no value to give. */
export function action(run: (core: WinInetCore) => void): OptionRule {
  return {
    on: ANY, process: true, valueless: true,
    get: () => err(WININET_ERRORS.ERROR_INTERNET_INVALID_OPERATION),
    set: (_owner, _input, core) => {
      run(core);
      return ok(undefined);
    },
  };
}
