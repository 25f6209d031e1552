import type { FunctionSignature } from './signature';

const hInternet = { kind: 'handle', of: 'HINTERNET' } as const;
const flags = (...groups: readonly string[]) => ({ kind: 'int', bits: 32, flags: groups }) as const;
const oneOf = (group: string, bits: 16 | 32 = 32) => ({ kind: 'int', bits, constants: group }) as const;
const dword = { kind: 'int', bits: 32 } as const;
const text = { kind: 'string', width: 'call' } as const;
const context = { kind: 'dword_ptr' } as const;

/** The WinINet functions (wininet.h), by their own names and parameters. */
export const WININET_FUNCTIONS = {
  InternetOpen: {
    dll: 'wininet', widths: true, returns: 'HINTERNET', page: 'wininet/nf-wininet-internetopenw',
    params: {
      lpszAgent: text, dwAccessType: oneOf('INTERNET_OPEN_TYPE'), lpszProxy: text, lpszProxyBypass: text,
      dwFlags: flags('INTERNET_FLAG'),
    },
  },
  InternetSetStatusCallback: {
    dll: 'wininet', widths: true, returns: 'CALLBACK', subject: 'hInternet', page: 'wininet/nf-wininet-internetsetstatuscallback',
    params: { hInternet, lpfnInternetCallback: { kind: 'callback' } },
  },
  InternetConnect: {
    dll: 'wininet', widths: true, returns: 'HINTERNET', subject: 'hInternet', page: 'wininet/nf-wininet-internetconnectw',
    params: {
      hInternet, lpszServerName: text, nServerPort: { kind: 'int', bits: 16 }, lpszUserName: text, lpszPassword: text,
      dwService: oneOf('INTERNET_SERVICE'), dwFlags: flags('INTERNET_FLAG'), dwContext: context,
    },
  },
  HttpOpenRequest: {
    dll: 'wininet', widths: true, returns: 'HINTERNET', subject: 'hConnect', page: 'wininet/nf-wininet-httpopenrequestw',
    params: {
      hConnect: hInternet, lpszVerb: text, lpszObjectName: text, lpszVersion: text, lpszReferrer: text,
      lplpszAcceptTypes: { kind: 'reserved' }, dwFlags: flags('INTERNET_FLAG'), dwContext: context,
    },
  },
  HttpAddRequestHeaders: {
    dll: 'wininet', widths: true, returns: 'BOOL', subject: 'hRequest', page: 'wininet/nf-wininet-httpaddrequestheadersw',
    params: {
      hRequest: hInternet, lpszHeaders: { kind: 'string', width: 'call', length: 'dwHeadersLength' }, dwHeadersLength: dword,
      dwModifiers: flags('HTTP_ADDREQ'),
    },
  },
  HttpSendRequest: {
    dll: 'wininet', widths: true, returns: 'BOOL', subject: 'hRequest', page: 'wininet/nf-wininet-httpsendrequestw',
    params: {
      hRequest: hInternet, lpszHeaders: { kind: 'string', width: 'call', length: 'dwHeadersLength' }, dwHeadersLength: dword,
      lpOptional: { kind: 'bytes', length: 'dwOptionalLength' }, dwOptionalLength: dword,
    },
  },
  HttpQueryInfo: {
    dll: 'wininet', widths: true, returns: 'BOOL', subject: 'hRequest', page: 'wininet/nf-wininet-httpqueryinfow',
    params: {
      hRequest: hInternet, dwInfoLevel: { kind: 'int', bits: 32, constants: 'HTTP_QUERY', flags: ['HTTP_QUERY'] },
      lpBuffer: { kind: 'out-buffer', length: 'lpdwBufferLength', typedBy: 'dwInfoLevel' },
      lpdwBufferLength: { kind: 'out', of: 'DWORD', inout: true }, lpdwIndex: { kind: 'out', of: 'DWORD', inout: true },
    },
  },
  InternetOpenUrl: {
    dll: 'wininet', widths: true, returns: 'HINTERNET', subject: 'hInternet', page: 'wininet/nf-wininet-internetopenurlw',
    params: {
      hInternet, lpszUrl: text, lpszHeaders: { kind: 'string', width: 'call', length: 'dwHeadersLength' }, dwHeadersLength: dword,
      dwFlags: flags('INTERNET_FLAG'), dwContext: context,
    },
  },
  HttpSendRequestEx: {
    dll: 'wininet', widths: true, returns: 'BOOL', subject: 'hRequest', page: 'wininet/nf-wininet-httpsendrequestexw',
    params: {
      hRequest: hInternet, lpBuffersIn: { kind: 'in-struct', struct: 'INTERNET_BUFFERS' },
      lpBuffersOut: { kind: 'in-struct', struct: 'INTERNET_BUFFERS' }, dwFlags: flags('HSR'), dwContext: context,
    },
  },
  HttpEndRequest: {
    dll: 'wininet', widths: true, returns: 'BOOL', subject: 'hRequest', page: 'wininet/nf-wininet-httpendrequestw',
    params: {
      hRequest: hInternet, lpBuffersOut: { kind: 'in-struct', struct: 'INTERNET_BUFFERS' }, dwFlags: flags('HSR'), dwContext: context,
    },
  },
  InternetReadFileEx: {
    dll: 'wininet', widths: true, returns: 'BOOL', subject: 'hFile', page: 'wininet/nf-wininet-internetreadfileexw',
    params: {
      hFile: hInternet, lpBuffersOut: { kind: 'in-struct', struct: 'INTERNET_BUFFERS', inout: true },
      dwFlags: flags('IRF_WININET_API_FLAGS'), dwContext: context,
    },
  },
  InternetReadFile: {
    dll: 'wininet', widths: false, returns: 'BOOL', subject: 'hFile', page: 'wininet/nf-wininet-internetreadfile',
    params: {
      hFile: hInternet, lpBuffer: { kind: 'out-buffer', length: 'dwNumberOfBytesToRead', count: 'lpdwNumberOfBytesRead' },
      dwNumberOfBytesToRead: dword, lpdwNumberOfBytesRead: { kind: 'out', of: 'DWORD' },
    },
  },
  InternetSetFilePointer: {
    dll: 'wininet', widths: false, returns: 'DWORD', subject: 'hFile', page: 'wininet/nf-wininet-internetsetfilepointer',
    params: {
      hFile: hInternet, lDistanceToMove: { kind: 'int', bits: 32, signed: true }, lpDistanceToMoveHigh: { kind: 'reserved' },
      dwMoveMethod: oneOf('FILE_MOVE_METHOD'), dwContext: context,
    },
  },
  InternetLockRequestFile: {
    dll: 'wininet', widths: false, returns: 'BOOL', subject: 'hInternet', page: 'wininet/nf-wininet-internetlockrequestfile',
    params: { hInternet, lphLockRequestInfo: { kind: 'out', of: 'HANDLE' } },
  },
  InternetUnlockRequestFile: {
    dll: 'wininet', widths: false, returns: 'BOOL', page: 'wininet/nf-wininet-internetunlockrequestfile',
    params: { hLockRequestInfo: { kind: 'handle', of: 'HANDLE' } },
  },
  InternetQueryDataAvailable: {
    dll: 'wininet', widths: false, returns: 'BOOL', subject: 'hFile', page: 'wininet/nf-wininet-internetquerydataavailable',
    params: { hFile: hInternet, lpdwNumberOfBytesAvailable: { kind: 'out', of: 'DWORD' }, dwFlags: dword, dwContext: context },
  },
  InternetQueryOption: {
    dll: 'wininet', widths: true, returns: 'BOOL', subject: 'hInternet', page: 'wininet/nf-wininet-internetqueryoptionw',
    params: {
      hInternet, dwOption: oneOf('INTERNET_OPTION'), lpBuffer: { kind: 'out-buffer', length: 'lpdwBufferLength', typedBy: 'dwOption' },
      lpdwBufferLength: { kind: 'out', of: 'DWORD', inout: true },
    },
  },
  InternetSetOption: {
    dll: 'wininet', widths: true, returns: 'BOOL', subject: 'hInternet', page: 'wininet/nf-wininet-internetsetoptionw',
    params: {
      hInternet, dwOption: oneOf('INTERNET_OPTION'), lpBuffer: { kind: 'bytes', length: 'dwBufferLength', typedBy: 'dwOption' },
      dwBufferLength: dword,
    },
  },
  InternetCloseHandle: {
    dll: 'wininet', widths: false, returns: 'BOOL', subject: 'hInternet', page: 'wininet/nf-wininet-internetclosehandle',
    params: { hInternet },
  },
} as const satisfies Readonly<Record<string, FunctionSignature>>;
