import { andThen, isPromiseLike, type MaybePromise } from '../../../../preload/contract/result';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import { INTERNET_STATUS } from '../../../../preload/contract/win32/constants/status';
import type { Outcome, ThreadId } from '../../engine';
import { guarded, type Call } from './call';
import type { FtpConnectionHandle } from './ftp/ftp-handles';
import type { InternetHandle, RequestHandle } from './handle';
import type { WinInetCore } from './wininet-core';

/** InternetCloseHandle (wininet/nf-wininet-internetclosehandle), and the end of handles that were closed while pending. */
export class HandleCloser {
  constructor(private readonly core: WinInetCore) {}

  /**
   * The handle and all below it are invalid at once. Those with nothing pending say HANDLE_CLOSING before this returns,
   * children before their parents; of the others, operations are cancelled, and HANDLE_CLOSING follows their end.
   * Then TRUE comes with ERROR_IO_PENDING.
   */
  close(call: Call, value: bigint): MaybePromise<Outcome> {
    return guarded(call, 0, () => {
      const found = this.core.table.any(value);
      if (!found.ok) return call.bool(found);
      const subtree = childrenFirst(found.value);
      for (const handle of subtree) {
        handle.state = handle.state === 'open' ? 'invalid' : handle.state;
        this.core.table.invalidate(handle);
      }
      const pending = subtree.some((handle) => handle.operations.size > 0);
      for (const handle of subtree) cancelAll(handle);
      return andThen(this.endEach(subtree, call.thread), () => call.outcome(1, pending ? WIN32_ERRORS.ERROR_IO_PENDING : 0));
    });
  }

  /**
   * Ends a closed handle once nothing of it or below it is left, then its parent if that was only waiting for it.
   * To be called when an operation has ended; does nothing for handles that are open.
   */
  end(handle: InternetHandle, thread: ThreadId): MaybePromise<void> {
    if (handle.state !== 'invalid' || handle.operations.size > 0 || handle.children.size > 0) return undefined;
    handle.state = 'closing';
    return andThen(this.release(handle, thread), () => andThen(this.core.notifier.closing(handle, thread), () => {
      handle.state = 'closed';
      const { parent } = handle;
      if (parent === undefined) return undefined;
      // Erases which of the unions it is: a child is only ever among its own parent's children.
      (parent.children as Set<InternetHandle>).delete(handle);
      this.dropHidden(parent);
      return this.end(parent, thread);
    }));
  }

  /** The connection that InternetOpenUrl made for itself goes with its request. */
  private dropHidden(parent: InternetHandle): void {
    if (parent.kind !== 'http-connection' || !parent.hidden || parent.state !== 'open' || parent.children.size > 0) return;
    parent.state = 'invalid';
    this.core.table.invalidate(parent);
  }

  /** CLOSING_CONNECTION and CONNECTION_CLOSED, if a connection of the request was closed and that was not told yet. */
  tellClosedConnection(request: RequestHandle, thread: ThreadId): MaybePromise<void> {
    if (request.exchange?.takeCloseNotice() !== true) return undefined;
    return this.tellConnectionClosed(request, thread);
  }

  tellConnectionClosed(request: RequestHandle, thread: ThreadId): MaybePromise<void> {
    return request.state === 'invalid' ? undefined : this.tellClosing(request, thread);
  }

  /** The control connection of an FTP session ends with its handle. */
  private tellSessionEnd(connection: FtpConnectionHandle, thread: ThreadId): MaybePromise<void> {
    return connection.control === undefined ? undefined : this.tellClosing(connection, thread);
  }

  private tellClosing(handle: InternetHandle, thread: ThreadId): MaybePromise<void> {
    const { notifier } = this.core;
    return andThen(notifier.last(handle, INTERNET_STATUS.INTERNET_STATUS_CLOSING_CONNECTION, thread), () =>
      notifier.last(handle, INTERNET_STATUS.INTERNET_STATUS_CONNECTION_CLOSED, thread));
  }

  /** A loop, not a recursion, while no listener takes its time: there may be tens of thousands of them. */
  private endEach(handles: readonly InternetHandle[], thread: ThreadId): MaybePromise<void> {
    for (const [index, handle] of handles.entries()) {
      const ended = this.end(handle, thread);
      if (isPromiseLike(ended)) return ended.then(() => this.endEach(handles.slice(index + 1), thread));
    }
    return undefined;
  }

  /** Gives up what the handle holds of the network. */
  private release(handle: InternetHandle, thread: ThreadId): MaybePromise<void> {
    switch (handle.kind) {
      case 'session': case 'http-connection': return undefined;
      case 'ftp-connection': return andThen(this.tellSessionEnd(handle, thread), () => handle.release());
      case 'ftp-file': case 'ftp-find': handle.release(); return undefined;
      case 'http-request': handle.abandon(); return this.tellClosedConnection(handle, thread);
    }
  }
}

function childrenFirst(handle: InternetHandle): readonly InternetHandle[] {
  return [...[...handle.children].flatMap(childrenFirst), handle];
}

function cancelAll(handle: InternetHandle): void {
  if (handle.operations.size === 0) return;
  for (const operation of handle.operations) operation.cancel();
  if (handle.kind !== 'http-request') return;
  handle.abandon();
  // The operation's own end, 12017, tells what happened: no further progress of it is told.
  handle.exchange?.takeCloseNotice();
}
