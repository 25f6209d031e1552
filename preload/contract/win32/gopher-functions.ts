import type { FunctionSignature } from './signature';

const hConnect = { kind: 'handle', of: 'HINTERNET' } as const;
const text = { kind: 'string', width: 'call' } as const;
const dword = { kind: 'int', bits: 32 } as const;
const context = { kind: 'dword_ptr' } as const;
const gopherType = { kind: 'int', bits: 32, flags: ['GOPHER_TYPE'] } as const;

/** The Gopher functions: still exported, but the protocol went with Windows XP and Windows Server 2003 R2. */
export const GOPHER_FUNCTIONS = {
  GopherCreateLocator: {
    dll: 'wininet', widths: true, returns: 'BOOL', page: 'wininet/nf-wininet-gophercreatelocatorw',
    params: {
      lpszHost: text, nServerPort: { kind: 'int', bits: 16 }, lpszDisplayString: text, lpszSelectorString: text, dwGopherType: gopherType,
      lpszLocator: { kind: 'out-text', length: 'lpdwBufferLength' }, lpdwBufferLength: { kind: 'out', of: 'DWORD', inout: true },
    },
  },
  GopherGetLocatorType: {
    dll: 'wininet', widths: true, returns: 'BOOL', page: 'wininet/nf-wininet-gophergetlocatortypew',
    params: { lpszLocator: text, lpdwGopherType: { kind: 'out', of: 'DWORD' } },
  },
  GopherFindFirstFile: {
    dll: 'wininet', widths: true, returns: 'HINTERNET', subject: 'hConnect', page: 'wininet/nf-wininet-gopherfindfirstfilew',
    params: {
      hConnect, lpszLocator: text, lpszSearchString: text, lpFindData: { kind: 'out-struct', struct: 'GOPHER_FIND_DATA' },
      dwFlags: { kind: 'int', bits: 32, flags: ['INTERNET_FLAG'] }, dwContext: context,
    },
  },
  GopherOpenFile: {
    dll: 'wininet', widths: true, returns: 'HINTERNET', subject: 'hConnect', page: 'wininet/nf-wininet-gopheropenfilew',
    params: {
      hConnect, lpszLocator: text, lpszView: text, dwFlags: { kind: 'int', bits: 32, flags: ['INTERNET_FLAG'] }, dwContext: context,
    },
  },
  GopherGetAttribute: {
    dll: 'wininet', widths: true, returns: 'BOOL', subject: 'hConnect', page: 'wininet/nf-wininet-gophergetattributew',
    params: {
      hConnect, lpszLocator: text, lpszAttributeName: text, lpBuffer: { kind: 'out-buffer', length: 'dwBufferLength', count: 'lpdwCharactersReturned' },
      dwBufferLength: dword, lpdwCharactersReturned: { kind: 'out', of: 'DWORD' }, lpfnEnumerator: { kind: 'reserved' }, dwContext: context,
    },
  },
} as const satisfies Readonly<Record<string, FunctionSignature>>;
