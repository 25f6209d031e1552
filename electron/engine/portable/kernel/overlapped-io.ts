import { MemoryFault, readUint64, uintBytes, type Address, type Memory } from '../../../../preload/contract/win32/memory';
import type { MaybePromise } from '../../../../preload/contract/result';
import { layoutOf } from '../../../../preload/contract/win32/struct-codec';
import type { OverlappedCompletion, ThreadId } from '../../engine';
import type { HandleTable } from './handle-table';
import { IoOperation, type IoFile, type IoResult } from './io-file';
import { isError, NTSTATUS, win32ErrorOf } from './ntstatus';
import type { Signal } from './signal';

const INTERNAL = fieldOffset('Internal');
const INTERNAL_HIGH = fieldOffset('InternalHigh');
const H_EVENT = fieldOffset('hEvent');

function fieldOffset(name: string): bigint {
  const field = layoutOf('OVERLAPPED').fields.find((candidate) => candidate.name === name);
  if (field === undefined) throw new Error(`OVERLAPPED has no ${name}`);
  return BigInt(field.offset);
}

/** What the call that started an I/O returns. */
export interface IoAnswer {
  /** Win32 error code; ERROR_IO_PENDING when it goes on. */
  readonly error: number;
  /** Undefined while it goes on. */
  readonly information: number | undefined;
}

export interface OverlappedIoParts {
  readonly memory: Memory;
  readonly handles: HandleTable;
  /** The thread that completions are reported on. */
  readonly completionThread: () => ThreadId;
  /** Called once for each I/O that answered ERROR_IO_PENDING, when it is done. */
  readonly onCompletion: (event: OverlappedCompletion) => void;
}

/**
 * The rules of overlapped I/O (Synchronization and Overlapped Input and Output): OVERLAPPED.Internal is STATUS_PENDING
 * while it goes on; then the status and the bytes are written, the event (or the file) is signalled, and a packet goes
 * to the completion port, unless the low bit of hEvent is set. A call that succeeds at once completes all the same;
 * one that fails at once does not.
 */
export class OverlappedIo {
  private readonly pending = new Map<Address, IoOperation>();
  private readonly waits = new Map<IoOperation, Set<() => void>>();

  constructor(private readonly parts: OverlappedIoParts) {}

  /**
   * Starts an I/O. `start` gives its result when it is over at once, or undefined and completes the operation later.
   * Without an OVERLAPPED the answer comes when it is over. @throws MemoryFault when the OVERLAPPED is not memory
   */
  perform(file: IoFile, overlapped: Address, thread: ThreadId, start: (operation: IoOperation) => IoResult | undefined): MaybePromise<IoAnswer> {
    return overlapped === 0n ? this.synchronous(file, thread, start) : this.overlapped(file, overlapped, thread, start);
  }

  /** Resolves when the I/O of this OVERLAPPED is over; undefined when none is known to be pending. */
  whenEnded(overlapped: Address): Promise<void> | undefined {
    const operation = this.pending.get(overlapped);
    if (operation === undefined) return undefined;
    return new Promise((resolve) => {
      const waits = this.waits.get(operation) ?? new Set();
      waits.add(resolve);
      this.waits.set(operation, waits);
    });
  }

  /** OVERLAPPED.Internal and InternalHigh. */
  read(overlapped: Address): { readonly status: number; readonly bytes: number } {
    const status = Number(BigInt.asUintN(32, readUint64(this.parts.memory, overlapped + INTERNAL)));
    return { status, bytes: Number(BigInt.asUintN(32, readUint64(this.parts.memory, overlapped + INTERNAL_HIGH))) };
  }

  /** OVERLAPPED.hEvent without its tag, or undefined when it names no event. */
  eventOf(overlapped: Address): Signal | undefined {
    return this.parts.handles.event(readUint64(this.parts.memory, overlapped + H_EVENT));
  }

  private synchronous(file: IoFile, thread: ThreadId, start: (operation: IoOperation) => IoResult | undefined): MaybePromise<IoAnswer> {
    let settle: (answer: IoAnswer) => void = () => undefined;
    const later = new Promise<IoAnswer>((resolve) => {
      settle = resolve;
    });
    const operation = new IoOperation(file, 0n, thread, (result) => {
      file.operations.delete(operation);
      settle(answerOf(result));
    });
    const result = start(operation) ?? operation.outcome;
    if (result !== undefined) {
      operation.complete(result);
      return answerOf(result);
    }
    file.operations.add(operation);
    return later;
  }

  private overlapped(file: IoFile, overlapped: Address, thread: ThreadId, start: (operation: IoOperation) => IoResult | undefined): IoAnswer {
    const tagged = readUint64(this.parts.memory, overlapped + H_EVENT);
    const event = this.parts.handles.event(tagged);
    this.write(overlapped, NTSTATUS.PENDING, 0);
    event?.reset();
    file.signal.reset();
    let returned = false;
    const operation = new IoOperation(file, overlapped, thread, (result) => {
      file.operations.delete(operation);
      if (this.pending.get(overlapped) === operation) this.pending.delete(overlapped);
      this.finish(operation, result, { event: tagged === 0n ? file.signal : event, toPort: (tagged & 1n) === 0n, returned });
    });
    const result = start(operation) ?? operation.outcome;
    if (result !== undefined) {
      operation.complete(result);
      return answerOf(result);
    }
    returned = true;
    file.operations.add(operation);
    this.pending.set(overlapped, operation);
    return { error: win32ErrorOf(NTSTATUS.PENDING), information: undefined };
  }

  private finish(
    operation: IoOperation, result: IoResult, how: { readonly event: Signal | undefined; readonly toPort: boolean; readonly returned: boolean },
  ): void {
    const { overlapped, file } = operation;
    this.write(overlapped, result.status, result.information);
    const completes = how.returned || !isError(result.status);
    if (completes) {
      how.event?.raise();
      if (how.toPort) file.association?.port.post({ status: result.status, bytes: result.information, key: file.association.key, overlapped });
    }
    for (const resolve of this.waits.get(operation) ?? []) resolve();
    this.waits.delete(operation);
    if (how.returned) {
      const thread = this.parts.completionThread();
      this.parts.onCompletion({ overlapped, error: win32ErrorOf(result.status), bytes: result.information, thread });
    }
  }

  /** An application that freed its OVERLAPPED too early corrupts memory on Windows; here the result is lost. */
  private write(overlapped: Address, status: number, information: number): void {
    try {
      this.parts.memory.write(overlapped + INTERNAL, uintBytes(status, 8));
      this.parts.memory.write(overlapped + INTERNAL_HIGH, uintBytes(information, 8));
    } catch (fault) {
      if (!(fault instanceof MemoryFault)) throw fault;
      if (status === NTSTATUS.PENDING) throw fault;
    }
  }
}

function answerOf(result: IoResult): IoAnswer {
  return { error: win32ErrorOf(result.status), information: result.information };
}
