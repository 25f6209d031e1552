import type { Address } from '../../../../preload/contract/win32/memory';
import type { ThreadId } from '../../engine';
import type { CompletionPort } from './completion-port';
import { NTSTATUS } from './ntstatus';
import { Signal } from './signal';

/** How an I/O ended: an NTSTATUS, and the bytes it moved (or, for STATUS_BUFFER_OVERFLOW, would need). */
export interface IoResult {
  readonly status: number;
  readonly information: number;
}

export function ended(status: number, information = 0): IoResult {
  return { status, information };
}

/** A file object on which I/O is made, such as a request queue handle. */
export class IoFile {
  /** Signalled once it is open, and again whenever an I/O without an event of its own ends. */
  readonly signal = new Signal(true, true);
  readonly operations = new Set<IoOperation>();
  association: { readonly port: CompletionPort; readonly key: bigint } | undefined;

  constructor(
    /** What closing the last handle does besides cancelling the I/O that is pending. */
    readonly onClose: () => void,
  ) {}

  /** Cancels what is pending and chosen; tells whether there was any. */
  cancel(chosen: (operation: IoOperation) => boolean): boolean {
    const found = [...this.operations].filter(chosen);
    for (const operation of found) operation.cancel();
    return found.length > 0;
  }
}

/** One I/O that was started and has not ended yet. */
export class IoOperation {
  /** What undoes the start, when the I/O is cancelled from outside before it is completed. */
  onCancelled: (() => void) | undefined;
  private result: IoResult | undefined;

  constructor(
    readonly file: IoFile,
    readonly overlapped: Address,
    readonly thread: ThreadId,
    private readonly settle: (result: IoResult) => void,
  ) {}

  get ended(): boolean {
    return this.result !== undefined;
  }

  /** How it ended, once it has. */
  get outcome(): IoResult | undefined {
    return this.result;
  }

  /** Ends it; only the first end counts, since a cancel and a completion may race. */
  complete(result: IoResult): void {
    if (this.result !== undefined) return;
    this.result = result;
    this.settle(result);
  }

  cancel(): void {
    if (this.result !== undefined) return;
    this.onCancelled?.();
    this.complete(ended(NTSTATUS.CANCELLED));
  }
}
