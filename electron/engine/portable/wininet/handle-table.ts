import { err, ok, type Result } from '../../../../preload/contract/result';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import type { ErrorCode } from './call';
import type { HandleKind, InternetHandle } from './handle';

/**
 * The HINTERNETs that calls may name. Windows recycles values; here every value is new, so that a stale one is always
 * found out.
 */
export class HandleTable {
  private readonly valid = new Map<bigint, InternetHandle>();
  private last = 0x00cc_0000n;

  get size(): number {
    return this.valid.size;
  }

  nextValue(): bigint {
    this.last += 4n;
    return this.last;
  }

  add<H extends InternetHandle>(handle: H): H {
    this.valid.set(handle.value, handle);
    return handle;
  }

  /** From now on the value is ERROR_INVALID_HANDLE for every call. */
  invalidate(handle: InternetHandle): void {
    this.valid.delete(handle.value);
  }

  all(): readonly InternetHandle[] {
    return [...this.valid.values()];
  }

  roots(): readonly InternetHandle[] {
    return this.all().filter((handle) => handle.parent === undefined);
  }

  /** NULL, never given and closed values are ERROR_INVALID_HANDLE. */
  any(value: bigint): Result<InternetHandle, ErrorCode> {
    const handle = this.valid.get(value);
    return handle === undefined ? err(WIN32_ERRORS.ERROR_INVALID_HANDLE) : ok(handle);
  }

  /** A handle of one kind; another kind is ERROR_INTERNET_INCORRECT_HANDLE_TYPE. */
  of<K extends HandleKind>(kind: K, value: bigint): Result<Extract<InternetHandle, { kind: K }>, ErrorCode> {
    const found = this.any(value);
    if (!found.ok) return found;
    if (!isOfKind(found.value, kind)) return err(WININET_ERRORS.ERROR_INTERNET_INCORRECT_HANDLE_TYPE);
    return ok(found.value);
  }
}

function isOfKind<K extends HandleKind>(handle: InternetHandle, kind: K): handle is Extract<InternetHandle, { kind: K }> {
  return handle.kind === kind;
}
