import { INTERNET_STATUS } from '../../../../preload/contract/win32/constants/status';
import { INTERNET_FLAG } from '../../../../preload/contract/win32/constants/wininet-flags';
import type { ThreadId } from '../../engine';
import { authorizationField } from './authentication';
import type { RequestHandle } from './handle';
import type { HeaderField } from './header-list';
import { requestTargetOf } from './request-head';
import type { Sending } from './sending';
import type { ResponseHead } from './response-head';
import type { WinInetCore } from './wininet-core';

function keepsCookies(request: RequestHandle): boolean {
  return (request.flags & INTERNET_FLAG.INTERNET_FLAG_NO_COOKIES) === 0;
}

/** What WinINet adds to a request by itself at each send: proofs and cookies. COOKIE_SENT tells how many. */
export async function addedFields(core: WinInetCore, request: RequestHandle, sending: Sending, thread: ThreadId): Promise<readonly HeaderField[]> {
  // In a tunnel the proxy sees nothing of the request: what is for it stands in CONNECT.
  const parties = sending.url.secure ? ['server'] as const : ['server', 'proxy'] as const;
  const proofs = parties.flatMap((party) => authorizationField(request, party, sending.verb, requestTargetOf(request, sending), core.passwords) ?? []);
  const cookies = keepsCookies(request) ? core.cookies.for(sending.url, true) : undefined;
  if (cookies === undefined) return proofs;
  await core.notifier.progress(request, INTERNET_STATUS.INTERNET_STATUS_COOKIE_SENT, thread, { dword: cookies.count });
  return [...proofs, { name: 'Cookie', value: cookies.text }];
}

/** Keeps the cookies of a response. COOKIE_RECEIVED tells how many there were. */
export async function keepCookies(core: WinInetCore, request: RequestHandle, sending: Sending, head: ResponseHead, thread: ThreadId): Promise<void> {
  const fields = keepsCookies(request) ? head.headers.all('set-cookie') : [];
  if (fields.length === 0) return;
  for (const field of fields) core.cookies.set(sending.url, field);
  await core.notifier.progress(request, INTERNET_STATUS.INTERNET_STATUS_COOKIE_RECEIVED, thread, { dword: fields.length });
}
