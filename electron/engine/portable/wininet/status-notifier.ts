import type { MaybePromise } from '../../../../preload/contract/result';
import { INTERNET_STATUS } from '../../../../preload/contract/win32/constants/status';
import { textBytes, uintBytes } from '../../../../preload/contract/win32/memory';
import type { EngineListener, ThreadId } from '../../engine';
import type { ErrorCode } from './call';
import type { InternetHandle } from './handle';

/** lpvStatusInformation before it takes its place in memory. */
export type Information =
  | undefined
  | { readonly dword: number }
  /** In the width of the callback, NUL and all. */
  | { readonly text: string }
  /** Addresses are ANSI whatever the width (MicrosoftDocs/feedback#2972). */
  | { readonly ansi: string };

/** Whose callback is made: a handle, or a call with a context of its own on one. */
export type Speaker = Pick<InternetHandle, 'value' | 'state' | 'context' | 'callback'>;

/**
 * Makes status callbacks: only with a callback registered on the handle and a context of the handle that is not 0
 * (wininet/nc-wininet-internet_status_callback).
 */
export class StatusNotifier {
  private listener: EngineListener | undefined;
  private muted = false;

  constructor(private readonly nameOf: (pointer: bigint) => string) {}

  listen(listener: EngineListener): void {
    this.listener = listener;
  }

  /** No callback is made from now on. */
  mute(): void {
    this.muted = true;
  }

  /** How an operation gets on. A handle that was closed meanwhile hears no more of it. */
  progress(handle: Speaker, status: number, thread: ThreadId, information?: Information): MaybePromise<void> {
    if (handle.state !== 'open') return undefined;
    return this.last(handle, status, thread, information);
  }

  /** What a handle still hears of while it is being closed. */
  last(handle: Speaker, status: number, thread: ThreadId, information?: Information): MaybePromise<void> {
    return this.make(handle, handle.value, status, thread, encode(information, handle.callback?.width ?? 'A'));
  }

  /** INTERNET_ASYNC_RESULT: 16 bytes on x64. */
  complete(handle: Speaker, thread: ThreadId, dwResult: bigint, dwError: ErrorCode): MaybePromise<void> {
    const information = new Uint8Array(16);
    information.set(uintBytes(dwResult, 8));
    information.set(uintBytes(dwError, 4), 8);
    return this.make(handle, handle.value, INTERNET_STATUS.INTERNET_STATUS_REQUEST_COMPLETE, thread, information);
  }

  /** The callback's handle is the parent and its context the new handle's. */
  created(child: InternetHandle, parent: InternetHandle, thread: ThreadId): MaybePromise<void> {
    return this.make(child, parent.value, INTERNET_STATUS.INTERNET_STATUS_HANDLE_CREATED, thread, uintBytes(child.value, 8));
  }

  closing(handle: InternetHandle, thread: ThreadId): MaybePromise<void> {
    return this.make(handle, handle.value, INTERNET_STATUS.INTERNET_STATUS_HANDLE_CLOSING, thread, uintBytes(handle.value, 8));
  }

  private make(subject: Speaker, hInternet: bigint, status: number, thread: ThreadId, information: Uint8Array): MaybePromise<void> {
    const { callback, context } = subject;
    if (this.muted || callback === undefined || context === 0n) return undefined;
    return this.listener?.callback({
      hInternet, dwContext: context, dwInternetStatus: status, information, width: callback.width, thread, via: this.nameOf(callback.pointer),
    });
  }
}

function encode(information: Information, width: 'A' | 'W'): Uint8Array {
  if (information === undefined) return new Uint8Array(0);
  if ('dword' in information) return uintBytes(information.dword, 4);
  return 'text' in information ? textBytes(`${information.text}\0`, width) : textBytes(`${information.ansi}\0`, 'A');
}
