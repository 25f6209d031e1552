import type { FunctionSignature } from './signature';

const hConnect = { kind: 'handle', of: 'HINTERNET' } as const;
const text = { kind: 'string', width: 'call' } as const;
const dword = { kind: 'int', bits: 32 } as const;
const context = { kind: 'dword_ptr' } as const;
const findData = { kind: 'out-struct', struct: 'WIN32_FIND_DATA' } as const;
const transferFlags = { kind: 'int', bits: 32, flags: ['FTP_TRANSFER', 'INTERNET_FLAG'] } as const;
const cacheFlags = { kind: 'int', bits: 32, flags: ['INTERNET_FLAG'] } as const;

/** WinINet's functions for FTP sessions (WinInet/ftp-sessions), and the common ones that only files and finds need. */
export const FTP_FUNCTIONS = {
  FtpOpenFile: {
    dll: 'wininet', widths: true, returns: 'HINTERNET', subject: 'hConnect', page: 'wininet/nf-wininet-ftpopenfilew',
    params: { hConnect, lpszFileName: text, dwAccess: { kind: 'int', bits: 32, flags: ['GENERIC_ACCESS'] }, dwFlags: transferFlags, dwContext: context },
  },
  FtpFindFirstFile: {
    dll: 'wininet', widths: true, returns: 'HINTERNET', subject: 'hConnect', page: 'wininet/nf-wininet-ftpfindfirstfilew',
    params: { hConnect, lpszSearchFile: text, lpFindFileData: findData, dwFlags: cacheFlags, dwContext: context },
  },
  InternetFindNextFile: {
    dll: 'wininet', widths: true, returns: 'BOOL', subject: 'hFind', page: 'wininet/nf-wininet-internetfindnextfilew',
    params: { hFind: hConnect, lpvFindData: findData },
  },
  InternetWriteFile: {
    dll: 'wininet', widths: false, returns: 'BOOL', subject: 'hFile', page: 'wininet/nf-wininet-internetwritefile',
    params: {
      hFile: hConnect, lpBuffer: { kind: 'bytes', length: 'dwNumberOfBytesToWrite' }, dwNumberOfBytesToWrite: dword,
      lpdwNumberOfBytesWritten: { kind: 'out', of: 'DWORD' },
    },
  },
  FtpGetFile: {
    dll: 'wininet', widths: true, returns: 'BOOL', subject: 'hConnect', page: 'wininet/nf-wininet-ftpgetfilew',
    params: {
      hConnect, lpszRemoteFile: text, lpszNewFile: text, fFailIfExists: dword,
      dwFlagsAndAttributes: { kind: 'int', bits: 32, flags: ['FILE_ATTRIBUTE'] }, dwFlags: transferFlags, dwContext: context,
    },
  },
  FtpPutFile: {
    dll: 'wininet', widths: true, returns: 'BOOL', subject: 'hConnect', page: 'wininet/nf-wininet-ftpputfilew',
    params: { hConnect, lpszLocalFile: text, lpszNewRemoteFile: text, dwFlags: transferFlags, dwContext: context },
  },
  FtpDeleteFile: {
    dll: 'wininet', widths: true, returns: 'BOOL', subject: 'hConnect', page: 'wininet/nf-wininet-ftpdeletefilew',
    params: { hConnect, lpszFileName: text },
  },
  FtpRenameFile: {
    dll: 'wininet', widths: true, returns: 'BOOL', subject: 'hConnect', page: 'wininet/nf-wininet-ftprenamefilew',
    params: { hConnect, lpszExisting: text, lpszNew: text },
  },
  FtpCreateDirectory: {
    dll: 'wininet', widths: true, returns: 'BOOL', subject: 'hConnect', page: 'wininet/nf-wininet-ftpcreatedirectoryw',
    params: { hConnect, lpszDirectory: text },
  },
  FtpRemoveDirectory: {
    dll: 'wininet', widths: true, returns: 'BOOL', subject: 'hConnect', page: 'wininet/nf-wininet-ftpremovedirectoryw',
    params: { hConnect, lpszDirectory: text },
  },
  FtpSetCurrentDirectory: {
    dll: 'wininet', widths: true, returns: 'BOOL', subject: 'hConnect', page: 'wininet/nf-wininet-ftpsetcurrentdirectoryw',
    params: { hConnect, lpszDirectory: text },
  },
  FtpGetCurrentDirectory: {
    dll: 'wininet', widths: true, returns: 'BOOL', subject: 'hConnect', page: 'wininet/nf-wininet-ftpgetcurrentdirectoryw',
    params: {
      hConnect, lpszCurrentDirectory: { kind: 'out-text', length: 'lpdwCurrentDirectory' },
      lpdwCurrentDirectory: { kind: 'out', of: 'DWORD', inout: true },
    },
  },
  FtpGetFileSize: {
    dll: 'wininet', widths: false, returns: 'DWORD', subject: 'hFile', page: 'wininet/nf-wininet-ftpgetfilesize',
    params: { hFile: hConnect, lpdwFileSizeHigh: { kind: 'out', of: 'DWORD' } },
  },
  FtpCommand: {
    dll: 'wininet', widths: true, returns: 'BOOL', subject: 'hConnect', page: 'wininet/nf-wininet-ftpcommandw',
    params: {
      hConnect, fExpectResponse: dword, dwFlags: transferFlags, lpszCommand: text, dwContext: context, phFtpCommand: { kind: 'out', of: 'HANDLE' },
    },
  },
  InternetGetLastResponseInfo: {
    dll: 'wininet', widths: true, returns: 'BOOL', page: 'wininet/nf-wininet-internetgetlastresponseinfow',
    params: {
      lpdwError: { kind: 'out', of: 'DWORD' }, lpszBuffer: { kind: 'out-text', length: 'lpdwBufferLength' },
      lpdwBufferLength: { kind: 'out', of: 'DWORD', inout: true },
    },
  },
} as const satisfies Readonly<Record<string, FunctionSignature>>;
