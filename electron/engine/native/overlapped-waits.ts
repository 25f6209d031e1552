import { readUint64, uintBytes, type Address } from '../../../preload/contract/win32/memory';
import type { OverlappedCompletion } from '../engine';
import { asUint64, type CValue } from './load-koffi';
import type { NativeMemory } from './native-memory';
import type { PendingOperation } from './pending-operation';
import type { WindowsProcess } from './system';
import { registerWithThread } from './thread-callback';

const H_EVENT = 24n;
const INFINITE = 0xffffffff;
const WT_EXECUTEONLYONCE = 0x8;

interface Waiting {
  readonly overlapped: Address;
  readonly file: bigint;
  readonly operation: PendingOperation;
  readonly event: bigint;
  /** The event is the engine's, because the caller gave none. */
  readonly own: boolean;
  handle: bigint;
}

/**
 * Tells when an OVERLAPPED completes. Windows' own wait threads watch the events, so that a pending receive costs no
 * thread of libuv's pool; one permanent callback serves them all.
 */
export class OverlappedWaits {
  private readonly waiting = new Map<bigint, Waiting>();
  private readonly spareEvents: bigint[] = [];
  /** Events of which a wait takes the signal away: it is handed back. */
  private readonly autoReset = new Set<bigint>();
  private callback: bigint | undefined;
  private next = 1n;

  constructor(
    private readonly process: WindowsProcess,
    private readonly memory: NativeMemory,
    private readonly completed: (event: OverlappedCompletion) => void,
  ) {}

  get count(): number {
    return this.waiting.size;
  }

  /** Must be told of every event made with bManualReset FALSE. */
  madeAutoReset(event: bigint): void {
    this.autoReset.add(event);
  }

  /** Before the call: gives the OVERLAPPED an event when its caller gave none. Answers what `ended` or `watch` takes. */
  prepare(overlapped: Address): { readonly event: bigint; readonly own: boolean } {
    // The lowest bit only says that no completion port is to be told.
    const given = readUint64(this.memory, overlapped + H_EVENT) & ~1n;
    if (given !== 0n) return { event: given, own: false };
    const event = this.spareEvents.pop() ?? this.process.call('CreateEventW', 0n, 1, 0, 0n);
    this.memory.write(overlapped + H_EVENT, uintBytes(event, 8));
    return { event, own: true };
  }

  /** The call answered at once: no completion follows. */
  ended(overlapped: Address, { event, own }: { readonly event: bigint; readonly own: boolean }): void {
    if (own) this.takeBack(overlapped, event);
  }

  /** The call answered ERROR_IO_PENDING: `completed` will be told, on JavaScript's thread. */
  watch(overlapped: Address, file: bigint, operation: PendingOperation, { event, own }: { readonly event: bigint; readonly own: boolean }): void {
    const key = this.next;
    this.next += 1n;
    const waiting: Waiting = { overlapped, file, operation, event, own, handle: 0n };
    this.waiting.set(key, waiting);
    operation.pend();
    this.callback ??= registerWithThread(this.process, (args, thread) => this.signalled(asUint64(args[0] ?? 0), thread));
    const out = this.process.allocate(8);
    const registered = this.process.call('RegisterWaitForSingleObject', out, event, this.callback, key, INFINITE, WT_EXECUTEONLYONCE) !== 0n;
    waiting.handle = asUint64(new DataView(this.process.read(out, 8).buffer).getBigUint64(0, true));
    this.process.release(out);
    // Without a wait the completion would never be told: the event was closed by its owner.
    if (!registered) queueMicrotask(() => this.finish(key, waiting, this.process.threadId()));
  }

  private signalled(key: bigint, thread: number): void {
    const waiting = this.waiting.get(key);
    if (waiting === undefined) return;
    if (this.autoReset.has(waiting.event)) this.process.call('SetEvent', waiting.event);
    this.finish(key, waiting, thread);
  }

  private finish(key: bigint, waiting: Waiting, thread: number): void {
    this.waiting.delete(key);
    const { overlapped, file, handle, own, event, operation } = waiting;
    const { error, bytes } = this.resultOf(file, overlapped);
    if (own) this.takeBack(overlapped, event);
    this.completed({ overlapped, error, bytes, thread });
    operation.end();
    // Not from within the wait's own callback.
    if (handle !== 0n) setImmediate(() => this.process.call('UnregisterWaitEx', handle, 0n));
  }

  private resultOf(file: bigint, overlapped: Address): { readonly error: number; readonly bytes: number } {
    const { kernel } = this.process;
    const count = this.process.allocate(4);
    kernel.SetLastError(0);
    const succeeded: CValue = kernel.GetOverlappedResult(file, overlapped, count, 0);
    const error = this.process.lastError();
    const bytes = new DataView(this.process.read(count, 4).buffer).getUint32(0, true);
    this.process.release(count);
    return { error: Number(succeeded) === 0 ? error : 0, bytes };
  }

  private takeBack(overlapped: Address, event: bigint): void {
    if (this.memory.blockOf(overlapped) !== undefined) this.memory.write(overlapped + H_EVENT, uintBytes(0n, 8));
    this.process.call('ResetEvent', event);
    this.spareEvents.push(event);
  }
}
