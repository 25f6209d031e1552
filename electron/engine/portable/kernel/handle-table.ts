import type { CompletionPort } from './completion-port';
import type { DiskFile } from './disk-file';
import type { IoFile } from './io-file';
import type { Signal } from './signal';

export type KernelObject =
  | { readonly kind: 'event'; readonly signal: Signal; readonly name: string | undefined }
  | { readonly kind: 'file'; readonly file: IoFile }
  | { readonly kind: 'disk-file'; readonly file: DiskFile }
  | { readonly kind: 'port'; readonly port: CompletionPort };

/** The HANDLEs of the process: multiples of four, as Windows gives them. */
export class HandleTable {
  private readonly objects = new Map<bigint, KernelObject>();
  private next = 0x100n;

  get size(): number {
    return this.objects.size;
  }

  add(object: KernelObject): bigint {
    const handle = this.next;
    this.next += 4n;
    this.objects.set(handle, object);
    return handle;
  }

  /** The low two bits of a handle are the application's own: OVERLAPPED.hEvent uses one. */
  get(handle: bigint): KernelObject | undefined {
    return this.objects.get(handle & ~3n);
  }

  file(handle: bigint): IoFile | undefined {
    const object = this.get(handle);
    return object?.kind === 'file' ? object.file : undefined;
  }

  event(handle: bigint): Signal | undefined {
    const object = this.get(handle);
    return object?.kind === 'event' ? object.signal : undefined;
  }

  /** The event of a name, as long as a handle to it is open. */
  namedEvent(name: string): Signal | undefined {
    for (const object of this.objects.values()) if (object.kind === 'event' && object.name === name) return object.signal;
    return undefined;
  }

  remove(handle: bigint): KernelObject | undefined {
    const object = this.get(handle);
    this.objects.delete(handle & ~3n);
    return object;
  }

  /** Closes a handle and what only it held; false for a handle that is none. */
  close(handle: bigint): boolean {
    const object = this.remove(handle);
    if (object === undefined) return false;
    switch (object.kind) {
      case 'event': break;
      case 'port': object.port.abandon(); break;
      case 'disk-file': object.file.close(); break;
      case 'file':
        object.file.cancel(() => true);
        object.file.onClose();
        break;
    }
    return true;
  }

  closeAll(): void {
    for (const [handle, object] of this.objects) {
      if (object.kind === 'event') object.signal.abandon();
      if (object.kind === 'file') object.file.signal.abandon();
      this.close(handle);
    }
  }
}
