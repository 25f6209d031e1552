import type { FunctionSignature } from './signature';

const text = { kind: 'string', width: 'call' } as const;
const dword = { kind: 'int', bits: 32 } as const;
const flags = (...groups: readonly string[]) => ({ kind: 'int', bits: 32, flags: groups }) as const;
const size = { kind: 'out', of: 'DWORD', inout: true } as const;

/** Asks for every part, by a pointer into the URL. */
const EVERY_PART = {
  dwSchemeLength: 1, dwHostNameLength: 1, dwUserNameLength: 1, dwPasswordLength: 1, dwUrlPathLength: 1, dwExtraInfoLength: 1,
} as const;

/** WinINet's functions without a handle: URLs, dates, cookies and the state of the connection (wininet.h). */
export const WININET_URL_FUNCTIONS = {
  InternetCrackUrl: {
    dll: 'wininet', widths: true, returns: 'BOOL', page: 'wininet/nf-wininet-internetcrackurlw',
    params: {
      lpszUrl: { kind: 'string', width: 'call', length: 'dwUrlLength' }, dwUrlLength: dword, dwFlags: flags('ICU'),
      lpUrlComponents: { kind: 'in-struct', struct: 'URL_COMPONENTS', inout: true, entry: EVERY_PART },
    },
  },
  InternetCreateUrl: {
    dll: 'wininet', widths: true, returns: 'BOOL', page: 'wininet/nf-wininet-internetcreateurlw',
    params: {
      lpUrlComponents: { kind: 'in-struct', struct: 'URL_COMPONENTS' }, dwFlags: flags('ICU'),
      lpszUrl: { kind: 'out-text', length: 'lpdwUrlLength' }, lpdwUrlLength: size,
    },
  },
  InternetCanonicalizeUrl: {
    dll: 'wininet', widths: true, returns: 'BOOL', page: 'wininet/nf-wininet-internetcanonicalizeurlw',
    params: { lpszUrl: text, lpszBuffer: { kind: 'out-text', length: 'lpdwBufferLength' }, lpdwBufferLength: size, dwFlags: flags('ICU') },
  },
  InternetCombineUrl: {
    dll: 'wininet', widths: true, returns: 'BOOL', page: 'wininet/nf-wininet-internetcombineurlw',
    params: {
      lpszBaseUrl: text, lpszRelativeUrl: text, lpszBuffer: { kind: 'out-text', length: 'lpdwBufferLength' }, lpdwBufferLength: size,
      dwFlags: flags('ICU'),
    },
  },
  InternetTimeFromSystemTime: {
    dll: 'wininet', widths: true, returns: 'BOOL', page: 'wininet/nf-wininet-internettimefromsystemtimew',
    params: { pst: { kind: 'in-struct', struct: 'SYSTEMTIME' }, dwRFC: dword, lpszTime: { kind: 'out-text', length: 'cbTime' }, cbTime: dword },
  },
  InternetTimeToSystemTime: {
    dll: 'wininet', widths: true, returns: 'BOOL', page: 'wininet/nf-wininet-internettimetosystemtimew',
    params: { lpszTime: text, pst: { kind: 'out-struct', struct: 'SYSTEMTIME' }, dwReserved: dword },
  },
  InternetSetCookie: {
    dll: 'wininet', widths: true, returns: 'BOOL', page: 'wininet/nf-wininet-internetsetcookiew',
    params: { lpszUrl: text, lpszCookieName: text, lpszCookieData: text },
  },
  InternetSetCookieEx: {
    dll: 'wininet', widths: true, returns: 'DWORD', page: 'wininet/nf-wininet-internetsetcookieexw',
    params: { lpszUrl: text, lpszCookieName: text, lpszCookieData: text, dwFlags: flags('INTERNET_COOKIE'), dwReserved: { kind: 'dword_ptr' } },
  },
  InternetGetCookie: {
    dll: 'wininet', widths: true, returns: 'BOOL', page: 'wininet/nf-wininet-internetgetcookiew',
    params: { lpszUrl: text, lpszCookieName: text, lpszCookieData: { kind: 'out-text', length: 'lpdwSize' }, lpdwSize: size },
  },
  InternetGetCookieEx: {
    dll: 'wininet', widths: true, returns: 'BOOL', page: 'wininet/nf-wininet-internetgetcookieexw',
    params: {
      lpszUrl: text, lpszCookieName: text, lpszCookieData: { kind: 'out-text', length: 'lpdwSize' }, lpdwSize: size,
      dwFlags: flags('INTERNET_COOKIE'), lpReserved: { kind: 'reserved' },
    },
  },
  InternetAttemptConnect: {
    dll: 'wininet', widths: false, returns: 'ERROR', page: 'wininet/nf-wininet-internetattemptconnect', params: { dwReserved: dword },
  },
  InternetCheckConnection: {
    dll: 'wininet', widths: true, returns: 'BOOL', page: 'wininet/nf-wininet-internetcheckconnectionw',
    params: { lpszUrl: text, dwFlags: flags('FLAG_ICC'), dwReserved: dword },
  },
  InternetGetConnectedState: {
    dll: 'wininet', widths: false, returns: 'BOOL', page: 'wininet/nf-wininet-internetgetconnectedstate',
    params: { lpdwFlags: { kind: 'out', of: 'DWORD' }, dwReserved: dword },
  },
} as const satisfies Readonly<Record<string, FunctionSignature>>;
