import { err, ok, type Result } from '../../../../preload/contract/result';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import type { FunctionArgs } from '../../../../preload/contract/win32/functions';
import type { Call, ErrorCode } from './call';
import type { SessionHandle } from './handle';
import { crackUrl } from './url-parts';
import type { WinInetCore } from './wininet-core';

/** What InternetOpenUrl was asked to open. */
export interface OpenedUrl {
  readonly session: SessionHandle;
  readonly scheme: 'http' | 'https' | 'ftp';
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
  /** Undefined where the URL names none. */
  readonly userName: string | undefined;
  readonly password: string | undefined;
  /** Path and extra information, as they are written. */
  readonly target: string;
  /** Whether somebody would be told of the end; else nothing pends, whatever the session. */
  readonly told: boolean;
}

/** "Only URLs beginning with ftp:, http:, or https: are supported" (wininet/nf-wininet-internetopenurlw). The handle is looked at first. */
export function openedUrl(core: WinInetCore, args: FunctionArgs<'InternetOpenUrl'>, call: Call): Result<OpenedUrl, ErrorCode> {
  const found = core.table.of('session', args.hInternet);
  if (!found.ok) return found;
  const session = found.value;
  const url = call.text(args.lpszUrl);
  if (url === undefined) return err(WIN32_ERRORS.ERROR_INVALID_PARAMETER);
  const parts = crackUrl(url.trim());
  if (!parts.ok) return parts;
  const scheme = parts.value.scheme.text.toLowerCase();
  if (scheme !== 'http' && scheme !== 'https' && scheme !== 'ftp') return err(WININET_ERRORS.ERROR_INTERNET_UNRECOGNIZED_SCHEME);
  const { hostName, port, userName, password, urlPath, extraInfo } = parts.value;
  return ok({
    session, scheme, host: hostName.text.replace(/^\[|\]$/gu, ''), port, userName: given(userName.text), password: given(password.text),
    target: urlPath.text + extraInfo.text, told: args.dwContext !== 0n && session.callback !== undefined,
  });
}

function given(text: string): string | undefined {
  return text === '' ? undefined : unescapedPart(text);
}

/** What stands for itself in a part of a URL. */
export function unescapedPart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
