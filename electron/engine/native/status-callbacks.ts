import { isPromiseLike, type MaybePromise } from '../../../preload/contract/result';
import { INTERNET_STATUS } from '../../../preload/contract/win32/constants/status';
import type { ArgValue } from '../../../preload/contract/win32/signature';
import { readUint64 } from '../../../preload/contract/win32/memory';
import type { StatusCallback, ThreadId } from '../engine';
import { describeHandle, HandleRecords, isTold, type HandleRecord } from './handle-records';
import { asUint64, type CValue } from './load-koffi';
import type { PendingOperation } from './pending-operation';
import type { WindowsProcess } from './system';
import { registerWithThread } from './thread-callback';

/** A plain call that is running on JavaScript's thread. */
export interface Nesting {
  nested: boolean;
}

/** A call that is running on a pool thread. */
interface Aside {
  readonly subject: HandleRecord | undefined;
  nested: boolean;
  /** The thread it turned out to run on, once a callback told. */
  thread: ThreadId | undefined;
  /** Set when its REQUEST_COMPLETE came before it returned. */
  completed: CompletedEarly | undefined;
}

/** The payload of a REQUEST_COMPLETE that came before its call returned. */
export interface CompletedEarly {
  readonly bytes: Uint8Array;
}

/**
 * INTERNET_STATUS_CALLBACK: one permanent function pointer a recorder. Payloads are copied at once, since they are valid
 * only until the callback returns; the handle a callback belongs to is found by the token it carries.
 */
export class StatusCallbacks {
  private readonly recorders = new Map<string, bigint>();
  private readonly running: Nesting[] = [];
  private readonly asides = new Set<Aside>();
  /** Handles that a pending operation will make: dwResult of its REQUEST_COMPLETE names them. */
  private readonly expected = new Map<PendingOperation, HandleRecord>();
  /** Operations whose REQUEST_COMPLETE is owed. */
  private readonly owed = new Map<PendingOperation, HandleRecord>();

  constructor(
    private readonly process: WindowsProcess,
    private readonly records: HandleRecords,
    private readonly tell: (event: StatusCallback) => MaybePromise<void> | undefined,
  ) {}

  get pending(): number {
    return this.owed.size;
  }

  /** What is owed, in words. */
  describe(): readonly string[] {
    return [...this.owed].map(([{ name }, record]) => `the end of ${name} on ${describeHandle(record)}`);
  }

  recorder(name: string): bigint {
    const known = this.recorders.get(name);
    if (known !== undefined) return known;
    const address = registerWithThread(this.process, (args, thread) => this.made(name, args, thread));
    this.recorders.set(name, address);
    return address;
  }

  /** A plain call begins: a callback that reaches JavaScript before it ends is made on its thread. */
  enter(): Nesting {
    const nesting: Nesting = { nested: false };
    this.running.push(nesting);
    return nesting;
  }

  /** Whether a callback ran inside the call, and so may have overwritten its last error. */
  leave(nesting: Nesting): boolean {
    this.running.splice(this.running.indexOf(nesting), 1);
    return nesting.nested;
  }

  enterAside(subject: HandleRecord | undefined): Aside {
    const aside: Aside = { subject, nested: false, thread: undefined, completed: undefined };
    this.asides.add(aside);
    return aside;
  }

  leaveAside(aside: Aside): { readonly nested: boolean; readonly thread: ThreadId | undefined; readonly completed: CompletedEarly | undefined } {
    this.asides.delete(aside);
    return aside;
  }

  /** The call's REQUEST_COMPLETE came before the call returned: nothing is owed any more. */
  completedEarly(operation: PendingOperation, child: HandleRecord | undefined, { bytes }: CompletedEarly): void {
    if (child !== undefined) this.expected.set(operation, child);
    this.adopt(operation, bytes);
    this.end(operation);
  }

  /** The call answered ERROR_IO_PENDING: its REQUEST_COMPLETE, or HANDLE_CLOSING, will end it. */
  pends(subject: HandleRecord, operation: PendingOperation, child: HandleRecord | undefined): void {
    if (subject.gone && isTold(subject)) {
      // Its HANDLE_CLOSING came before the call's return from a pool thread: with it everything has ended.
      operation.end();
      return;
    }
    subject.pending.push(operation);
    if (child !== undefined) this.expected.set(operation, child);
    // No callback will ever tell, so the process cannot wait for one; the memory stays held.
    if (!isTold(subject)) return;
    this.owed.set(operation, subject);
    operation.pend();
  }

  /** InternetSetStatusCallback succeeded. Children have the callback that their parent had when they were made. */
  callbackSet(record: HandleRecord, address: ArgValue): void {
    record.calledBack = [...this.recorders.values()].some((recorder) => recorder === address);
  }

  /**
   * InternetCloseHandle succeeded, which closes what was opened under the handle too. Where callbacks tell, HANDLE_CLOSING
   * is still to come, or has just been.
   */
  closed(record: HandleRecord): void {
    for (const closing of HandleRecords.subtree(record)) {
      if (isTold(closing)) continue;
      // Its callback may have been taken away while they were pending: their ends are awaited no longer.
      for (const operation of closing.pending) {
        this.owed.delete(operation);
        operation.unpend();
      }
      if (closing.pending.length === 0) this.records.forget(closing);
    }
  }

  private made(via: string, args: readonly CValue[], thread: ThreadId): void {
    const [hInternet, dwContext, status, information, length] = args;
    const token = asUint64(dwContext ?? 0);
    const raw = asUint64(hInternet ?? 0);
    const dwInternetStatus = Number(status ?? 0);
    const record = token === 0n ? this.records.find(raw) : this.records.findToken(token);
    this.markNested(raw, thread);
    const address = asUint64(information ?? 0);
    const bytes = address === 0n ? new Uint8Array(0) : this.process.read(address, Number(length ?? 0));
    const completed = dwInternetStatus === INTERNET_STATUS.INTERNET_STATUS_REQUEST_COMPLETE ? record?.pending.shift() : undefined;
    if (completed !== undefined) this.adopt(completed, bytes);
    else if (dwInternetStatus === INTERNET_STATUS.INTERNET_STATUS_REQUEST_COMPLETE) this.completeAside(raw, bytes);
    try {
      const told = this.tell({
        hInternet: raw, dwContext: record !== undefined && token !== 0n ? record.context : token, dwInternetStatus, information: bytes,
        width: record?.callbackWidth ?? 'W', thread, via,
      });
      // Windows' thread cannot be held for a promise: what waits inside a callback goes on after it has returned.
      if (told !== undefined && isPromiseLike(told)) told.then(undefined, rethrow);
    } finally {
      if (completed !== undefined) this.end(completed);
      if (dwInternetStatus === INTERNET_STATUS.INTERNET_STATUS_HANDLE_CLOSING && record !== undefined) this.gone(record);
    }
  }

  private markNested(raw: bigint, thread: ThreadId): void {
    const here = this.running.at(-1);
    if (here !== undefined) {
      here.nested = true;
      return;
    }
    for (const aside of this.asides) {
      if (aside.subject?.raw !== raw) continue;
      aside.nested = true;
      aside.thread = thread;
    }
  }

  private completeAside(raw: bigint, bytes: Uint8Array): void {
    for (const aside of this.asides) {
      if (aside.subject?.raw !== raw || aside.completed !== undefined) continue;
      aside.completed = { bytes };
      return;
    }
  }

  /** A handle that was opened asynchronously, as FtpOpenFile does: the result is the handle. */
  private adopt(operation: PendingOperation, bytes: Uint8Array): void {
    const child = this.expected.get(operation);
    if (child === undefined) return;
    this.expected.delete(operation);
    const handle = bytes.length < 8 ? 0n : readUint64({ read: (at, size) => bytes.slice(Number(at), Number(at) + size) }, 0n);
    if (handle === 0n) this.records.forget(child);
    else this.records.made(child, handle);
  }

  private gone(record: HandleRecord): void {
    for (const operation of record.pending.splice(0)) this.end(operation);
    this.records.forget(record);
  }

  private end(operation: PendingOperation): void {
    this.owed.delete(operation);
    operation.end();
  }
}

function rethrow(error: unknown): void {
  setImmediate(() => {
    throw error;
  });
}
