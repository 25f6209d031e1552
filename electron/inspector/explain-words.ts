import type { CallbackEvent, CallEvent, CompletionEvent, ReturnEvent } from '../../preload/contract/event';
import type { HandleNode } from '../../preload/contract/handle';
import type { Tone } from '../../preload/contract/query';
import { INTERNET_STATUS } from '../../preload/contract/win32/constants/status';
import { WIN32_ERRORS } from '../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../preload/contract/win32/constants/wininet-errors';
import { statusTitle } from '../trace/event-words';
import { isOwedClosing } from '../trace/handle-tree';

/** What the page says in a place; the tone is set where it says more than the event by itself. */
export interface Documented {
  readonly tone?: Tone;
  readonly documented: string;
}

/** Of a handle that WinINet makes: its end is told by callbacks. */
export function isWinInet({ context }: HandleNode): boolean {
  return context !== undefined;
}

export function documentedCall(call: CallEvent, returned: ReturnEvent | undefined): string {
  if (returned?.outcome === 'failure') return documentedFailure(returned.error);
  const pends = returned?.outcome === 'pending';
  switch (call.api) {
    case 'InternetCloseHandle':
      return pends
        ? 'Requests were outstanding, so GetLastError gives ERROR_IO_PENDING: the handle is not closed at once but is invalid from now on.'
        : 'It ends pending operations on the handle and discards outstanding data. Nothing was outstanding: the handle closes at once.';
    case 'HttpCancelHttpRequest':
      return `${pends ? 'Given an OVERLAPPED it answers ERROR_IO_PENDING and completes once.' : 'NO_ERROR: the request is cancelled.'} The underlying transport connection is closed, and every other request on it is lost.`;
    case 'HttpCloseServerSession': return 'The session is closed with all its URL groups; pending requests on their queues are cancelled.';
    case 'HttpCloseUrlGroup': return 'The group is closed and its URLs are removed.';
    case 'HttpCloseRequestQueue': case 'CloseHandle': return 'The queue is closed: pending receives are cancelled and requests on it are lost.';
    default: return '';
  }
}

function documentedFailure(error: number): string {
  switch (error) {
    case WIN32_ERRORS.ERROR_INVALID_HANDLE: return 'A handle that is closed already, or never was one, gives ERROR_INVALID_HANDLE. Nothing was closed.';
    case WIN32_ERRORS.ERROR_CONNECTION_INVALID: return 'ERROR_CONNECTION_INVALID: the request is unknown, finished or on its way there. Nothing was cancelled.';
    default: return 'It failed: the handle stays as it was.';
  }
}

/** What the close does to a call that pends, or that runs on another thread. */
export function documentedPending(node: HandleNode): string {
  return isWinInet(node) && isOwedClosing(node)
    ? 'The close ends it: it completes once, before the final HANDLE_CLOSING.'
    : isWinInet(node) ? 'The close ends it. With no callback to tell, nothing says when.' : 'What is pending ends with it: it completes once, with ERROR_OPERATION_ABORTED.';
}

export function documentedRunning(): string {
  return 'It blocks its thread. The close ends it: the call returns with ERROR_INTERNET_OPERATION_CANCELLED.';
}

/** A call that was made after the end was asked for. */
export function documentedUse(event: ReturnEvent): Documented {
  if (event.error === WIN32_ERRORS.ERROR_INVALID_HANDLE) return { documented: 'A call after the close: an invalidated handle gives ERROR_INVALID_HANDLE. As documented, and a mistake of the caller.' };
  if (event.error === WIN32_ERRORS.ERROR_CONNECTION_INVALID) return { documented: 'A call after the end: the request is unknown or finished, ERROR_CONNECTION_INVALID. As documented.' };
  if (event.outcome === 'failure') return { documented: 'A call after the end was asked for.' };
  return { tone: 'bad', documented: 'It succeeded after the end was asked for: the page says that no further call may be issued.' };
}

/** A call that was under way when the end was asked for. */
export function documentedReturn(event: ReturnEvent): Documented {
  if (event.error === WININET_ERRORS.ERROR_INTERNET_OPERATION_CANCELLED || event.error === WIN32_ERRORS.ERROR_OPERATION_ABORTED) return { tone: 'good', documented: 'It was under way when the close came, and the close ended it.' };
  if (event.outcome === 'failure') return { documented: 'It was under way when the close came. Its own error came first.' };
  return { documented: 'It was under way when the close came, and had done its work by then.' };
}

export function documentedCompletion(event: CompletionEvent): Documented {
  if (event.error === WIN32_ERRORS.ERROR_OPERATION_ABORTED) return { tone: 'good', documented: 'What was pending ends with ERROR_OPERATION_ABORTED, once. Its OVERLAPPED and buffers may be freed now.' };
  return { documented: 'An OVERLAPPED completes exactly once. It and its buffers may be freed now.' };
}

export function documentedCallback(event: CallbackEvent, closed: boolean, node: HandleNode): Documented {
  if (closed) return { tone: 'bad', documented: 'HANDLE_CLOSING is the last callback of a handle: this one must not come.' };
  if (event.status === INTERNET_STATUS.INTERNET_STATUS_HANDLE_CLOSING) {
    // The tree holds what is pending now; what completed after this callback is told there.
    return node.pending.some(({ call }) => call < event.seq)
      ? { tone: 'bad', documented: 'The page promises each pending call its REQUEST_COMPLETE before this callback. This close differs: one is still owed.' }
      : { tone: 'good', documented: 'The last callback of the handle. Its context may be freed now.' };
  }
  if (event.status === INTERNET_STATUS.INTERNET_STATUS_REQUEST_COMPLETE && event.payload.kind === 'async-result') {
    return event.payload.dwError === WININET_ERRORS.ERROR_INTERNET_OPERATION_CANCELLED
      ? { tone: 'good', documented: 'A pending request completes with REQUEST_COMPLETE before the final HANDLE_CLOSING; the close cancelled it.' }
      : event.payload.dwResult === '0x0'
        ? { documented: 'A pending request completes with REQUEST_COMPLETE. It was not cancelled: its own error came first.' }
        : { tone: 'bad', documented: 'The page says that a close ends pending operations. This close differs: the operation completed with success.' };
  }
  return { documented: `${statusTitle(event.status)} may still arrive before the final HANDLE_CLOSING.` };
}

/** How a handle is gone that had so many calls outstanding. */
export function documentedGone(node: HandleNode, outstanding: number): string {
  if (!isWinInet(node)) return '';
  if (!isOwedClosing(node)) return 'No callback tells when: it counts as gone with the return of the close.';
  if (outstanding === 0) return '';
  return outstanding === 1
    ? 'With one call outstanding it was invalid at once, and gone when that had ended.'
    : `With ${outstanding} calls outstanding it was invalid at once, and gone when the last had ended.`;
}
