import type { HandleId } from '../../../../preload/contract/ids';

/** Values by process: Windows gives the same value to another handle later, and to another process at any time. */
export class HandleValues {
  private readonly byValue = new Map<string, HandleId>();
  private readonly byHandle = new Map<HandleId, Set<string>>();

  get(process: number, value: string): HandleId | undefined {
    return this.byValue.get(`${process} ${value}`);
  }

  set(process: number, value: string, handle: HandleId): void {
    const key = `${process} ${value}`;
    const before = this.byValue.get(key);
    if (before === handle) return;
    if (before !== undefined) this.byHandle.get(before)?.delete(key);
    this.byValue.set(key, handle);
    const keys = this.byHandle.get(handle);
    if (keys === undefined) this.byHandle.set(handle, new Set([key]));
    else keys.add(key);
  }

  /** The handle of a value, which is forgotten with it. */
  take(process: number, value: string): HandleId | undefined {
    const handle = this.get(process, value);
    if (handle !== undefined) this.drop(handle);
    return handle;
  }

  /** Forgets every value of a handle. */
  drop(handle: HandleId): void {
    for (const key of this.byHandle.get(handle) ?? []) this.byValue.delete(key);
    this.byHandle.delete(handle);
  }
}
