import type { ThreadId } from '../../../engine';
import type { ErrorCode } from '../call';

export interface LastResponse {
  /** 0 when the server was content. */
  readonly error: ErrorCode;
  readonly text: string;
}

const NONE: LastResponse = { error: 0, text: '' };

/**
 * What InternetGetLastResponseInfo tells: the last reply of a server to what ran on a thread, until another WinINet
 * function is called there (wininet/nf-wininet-internetgetlastresponseinfow, remarks).
 */
export class LastResponses {
  private readonly byThread = new Map<ThreadId, LastResponse>();

  of(thread: ThreadId): LastResponse {
    return this.byThread.get(thread) ?? NONE;
  }

  set(thread: ThreadId, response: LastResponse): void {
    this.byThread.set(thread, response);
  }

  clear(thread: ThreadId): void {
    this.byThread.delete(thread);
  }
}
