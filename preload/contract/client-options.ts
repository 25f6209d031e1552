import type { INTERNET_FLAG, SECURITY_FLAG } from './win32/constants/wininet-flags';

/** A flag that a person may choose, with what its page says of it in a line. */
export interface FlagChoice<T extends string> {
  readonly name: T;
  readonly meaning: string;
}

/** Flags of HttpOpenRequest (wininet/nf-wininet-httpopenrequestw; WinInet/api-flags). INTERNET_FLAG_SECURE follows from the URL. */
export const REQUEST_FLAGS = [
  { name: 'INTERNET_FLAG_KEEP_CONNECTION', meaning: 'Keeps the connection for the next request. Also needed for NTLM and similar schemes.' },
  { name: 'INTERNET_FLAG_NO_CACHE_WRITE', meaning: 'Adds nothing to the cache.' },
  { name: 'INTERNET_FLAG_RELOAD', meaning: 'Takes the answer from the server, not from the cache.' },
  { name: 'INTERNET_FLAG_PRAGMA_NOCACHE', meaning: 'Asks the server for the resource even if a proxy has it.' },
  { name: 'INTERNET_FLAG_RESYNCHRONIZE', meaning: 'Takes the answer again if it has changed since it was cached.' },
  { name: 'INTERNET_FLAG_HYPERLINK', meaning: 'Reloads an answer without expiry and without a time of change.' },
  { name: 'INTERNET_FLAG_NO_AUTO_REDIRECT', meaning: 'Gives redirects to the program instead of following them.' },
  { name: 'INTERNET_FLAG_NO_AUTH', meaning: 'Does not try to authenticate by itself.' },
  { name: 'INTERNET_FLAG_NO_COOKIES', meaning: 'Adds no cookies, and keeps none of the answer.' },
  { name: 'INTERNET_FLAG_NO_UI', meaning: 'Shows no cookie dialog.' },
  { name: 'INTERNET_FLAG_IGNORE_REDIRECT_TO_HTTP', meaning: 'Follows redirects from https to http silently.' },
  { name: 'INTERNET_FLAG_IGNORE_REDIRECT_TO_HTTPS', meaning: 'Follows redirects from http to https silently.' },
  { name: 'INTERNET_FLAG_NEED_FILE', meaning: 'Makes a temporary file when the answer cannot be cached.' },
] as const satisfies readonly FlagChoice<keyof typeof INTERNET_FLAG>[];

/** What INTERNET_OPTION_SECURITY_FLAGS may ignore (WinInet/option-flags). */
export const IGNORED_ERRORS = [
  { name: 'SECURITY_FLAG_IGNORE_UNKNOWN_CA', meaning: 'The certificate is issued by nobody that is trusted (12045).' },
  { name: 'SECURITY_FLAG_IGNORE_CERT_CN_INVALID', meaning: 'The certificate is for another host (12038).' },
  { name: 'SECURITY_FLAG_IGNORE_CERT_DATE_INVALID', meaning: 'The certificate is expired or not yet valid (12037).' },
  { name: 'SECURITY_FLAG_IGNORE_REVOCATION', meaning: 'Whether it was revoked cannot be found out (12057).' },
  { name: 'SECURITY_FLAG_IGNORE_WRONG_USAGE', meaning: 'The certificate is not for servers (12179).' },
] as const satisfies readonly FlagChoice<keyof typeof SECURITY_FLAG>[];

export type RequestFlag = (typeof REQUEST_FLAGS)[number]['name'];
export type IgnoredError = (typeof IGNORED_ERRORS)[number]['name'];

export const USUAL_FLAGS: readonly RequestFlag[] = ['INTERNET_FLAG_KEEP_CONNECTION', 'INTERNET_FLAG_NO_CACHE_WRITE'];

/** What New client sets beside the request itself; what is left out stays as WinINet has it. */
export interface ClientOptions {
  /** Of HttpOpenRequest; left out: USUAL_FLAGS. */
  readonly flags?: readonly RequestFlag[] | undefined;
  /** Of InternetOpen; left out or empty: Hinspector. */
  readonly userAgent?: string | undefined;
  /** Milliseconds, for INTERNET_OPTION_*_TIMEOUT of the session. */
  readonly connectTimeout?: number | undefined;
  readonly sendTimeout?: number | undefined;
  readonly receiveTimeout?: number | undefined;
  readonly proxy?: 'direct' | 'preconfig' | 'named' | undefined;
  /** lpszProxy: "host:port". */
  readonly proxyServer?: string | undefined;
  /** lpszProxyBypass: hosts that need no proxy, between spaces. */
  readonly proxyBypass?: string | undefined;
  /** Of InternetConnect, for Basic and Digest when the server asks. */
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** Whether the recording keeps the password as it is given; left out, it keeps a mask in its place. */
  readonly showPassword?: boolean | undefined;
  readonly ignore?: readonly IgnoredError[] | undefined;
  /** Whether the response's head is asked for by HttpQueryInfo before its body is read; left out: it is. */
  readonly readHeaders?: boolean | undefined;
}
