import type { HandleId, Seq } from '../../preload/contract/ids';
import type { FunctionName } from '../../preload/contract/win32/functions';
import type { ArgValue, Width } from '../../preload/contract/win32/signature';

/** A call that was made and whose end is not yet known. */
export interface OngoingCall {
  readonly seq: Seq;
  readonly api: FunctionName;
  readonly width: Width;
  readonly args: Readonly<Record<string, ArgValue>>;
  readonly handle: HandleId | undefined;
}

/**
 * Calls between their beginning and their end: running ones, and those that answered ERROR_IO_PENDING. A completion may
 * come before its call returned, so a running call can be completed too.
 */
export class PendingCalls {
  private readonly running = new Map<Seq, OngoingCall>();
  private readonly byHandle = new Map<HandleId, OngoingCall[]>();
  private readonly byOverlapped = new Map<bigint, OngoingCall>();
  private readonly completedEarly = new Set<Seq>();

  begin(call: OngoingCall): void {
    this.running.set(call.seq, call);
    const overlapped = call.args['Overlapped'];
    // Registered before the call: its completion may be faster than its return.
    if (typeof overlapped === 'bigint' && overlapped !== 0n) this.byOverlapped.set(overlapped, call);
  }

  /** The call returned; `pending` when its end is still owed. */
  returned(call: OngoingCall, pending: boolean): void {
    this.running.delete(call.seq);
    const overlapped = call.args['Overlapped'];
    const usesOverlapped = typeof overlapped === 'bigint' && overlapped !== 0n;
    if (usesOverlapped && !pending && this.byOverlapped.get(overlapped)?.seq === call.seq) this.byOverlapped.delete(overlapped);
    if (!pending || usesOverlapped || call.handle === undefined || this.completedEarly.delete(call.seq)) return;
    const queue = this.byHandle.get(call.handle);
    if (queue === undefined) this.byHandle.set(call.handle, [call]);
    else queue.push(call);
  }

  /** The call that a REQUEST_COMPLETE on a handle ends: the oldest pending one, else the one still running there. */
  completeOn(handle: HandleId): OngoingCall | undefined {
    const queue = this.byHandle.get(handle);
    const oldest = queue?.shift();
    if (oldest !== undefined) {
      if (queue?.length === 0) this.byHandle.delete(handle);
      return oldest;
    }
    for (const call of this.running.values()) {
      if (call.handle === handle && call.api !== 'InternetCloseHandle' && !this.completedEarly.has(call.seq)) {
        this.completedEarly.add(call.seq);
        return call;
      }
    }
    return undefined;
  }

  completeOverlapped(overlapped: bigint): OngoingCall | undefined {
    const call = this.byOverlapped.get(overlapped);
    this.byOverlapped.delete(overlapped);
    return call;
  }

  /** The call that is making a child of this handle: one that runs, else one that pends. */
  makingChildOf(handle: HandleId, makes: (api: FunctionName) => boolean): OngoingCall | undefined {
    for (const call of [...this.running.values()].reverse()) if (call.handle === handle && makes(call.api)) return call;
    return this.byHandle.get(handle)?.find((call) => makes(call.api));
  }

  /**
   * The call that is making a handle which tells of itself, as InternetOpenUrl's does: its connection is hidden, so the
   * context is what the two have in common. `ends`: the handle's REQUEST_COMPLETE has come.
   */
  opening(context: bigint, makes: (api: FunctionName) => boolean, ends: boolean): OngoingCall | undefined {
    const opens = (call: OngoingCall): boolean => makes(call.api) && call.args['dwContext'] === context && !this.completedEarly.has(call.seq);
    for (const [handle, queue] of this.byHandle) {
      const call = queue.find(opens);
      if (call === undefined) continue;
      if (ends) queue.splice(queue.indexOf(call), 1);
      if (queue.length === 0) this.byHandle.delete(handle);
      return call;
    }
    const running = [...this.running.values()].find(opens);
    if (running !== undefined && ends) this.completedEarly.add(running.seq);
    return running;
  }

  /** A handle is forgotten: what still pends on it was of a NULL context, and nobody will hear of its end. */
  forget(handle: HandleId): void {
    for (const call of this.byHandle.get(handle) ?? []) this.completedEarly.delete(call.seq);
    this.byHandle.delete(handle);
  }

  clear(): void {
    this.running.clear();
    this.byHandle.clear();
    this.byOverlapped.clear();
    this.completedEarly.clear();
  }
}
