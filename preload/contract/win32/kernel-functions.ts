import type { FunctionSignature } from './signature';

const handle = { kind: 'handle', of: 'HANDLE' } as const;
const dword = { kind: 'int', bits: 32 } as const;
const overlapped = { kind: 'overlapped' } as const;

/** What kernel32 adds: overlapped I/O, waited for, asked after and cancelled, and files that a response can be taken from. */
export const KERNEL_FUNCTIONS = {
  CreateEvent: {
    dll: 'kernel32', widths: true, returns: 'HANDLE', page: 'synchapi/nf-synchapi-createeventw',
    params: { lpEventAttributes: { kind: 'reserved' }, bManualReset: dword, bInitialState: dword, lpName: { kind: 'string', width: 'call' } },
  },
  CloseHandle: {
    dll: 'kernel32', widths: false, returns: 'BOOL', subject: 'hObject', page: 'handleapi/nf-handleapi-closehandle',
    params: { hObject: handle },
  },
  CancelIo: {
    dll: 'kernel32', widths: false, returns: 'BOOL', subject: 'hFile', page: 'ioapiset/nf-ioapiset-cancelio',
    params: { hFile: handle },
  },
  CancelIoEx: {
    dll: 'kernel32', widths: false, returns: 'BOOL', subject: 'hFile', page: 'ioapiset/nf-ioapiset-cancelioex',
    params: { hFile: handle, lpOverlapped: overlapped },
  },
  GetOverlappedResult: {
    dll: 'kernel32', widths: false, returns: 'BOOL', subject: 'hFile', page: 'ioapiset/nf-ioapiset-getoverlappedresult',
    params: { hFile: handle, lpOverlapped: overlapped, lpNumberOfBytesTransferred: { kind: 'out', of: 'DWORD' }, bWait: dword },
  },
  WaitForSingleObject: {
    dll: 'kernel32', widths: false, returns: 'DWORD', page: 'synchapi/nf-synchapi-waitforsingleobject',
    params: { hHandle: handle, dwMilliseconds: dword },
  },
  CreateIoCompletionPort: {
    dll: 'kernel32', widths: false, returns: 'HANDLE', subject: 'FileHandle', page: 'fileio/createiocompletionport',
    params: { FileHandle: handle, ExistingCompletionPort: handle, CompletionKey: { kind: 'dword_ptr' }, NumberOfConcurrentThreads: dword },
  },
  GetQueuedCompletionStatus: {
    dll: 'kernel32', widths: false, returns: 'BOOL', page: 'ioapiset/nf-ioapiset-getqueuedcompletionstatus',
    params: {
      CompletionPort: handle, lpNumberOfBytesTransferred: { kind: 'out', of: 'DWORD' }, lpCompletionKey: { kind: 'out', of: 'DWORD_PTR' },
      lpOverlapped: { kind: 'out', of: 'POINTER' }, dwMilliseconds: dword,
    },
  },
  CreateFile: {
    dll: 'kernel32', widths: true, returns: 'HANDLE', page: 'fileapi/nf-fileapi-createfilew',
    params: {
      lpFileName: { kind: 'string', width: 'call' }, dwDesiredAccess: { kind: 'int', bits: 32, flags: ['GENERIC_ACCESS'] }, dwShareMode: dword,
      lpSecurityAttributes: { kind: 'reserved' }, dwCreationDisposition: { kind: 'int', bits: 32, constants: 'CREATION_DISPOSITION' },
      dwFlagsAndAttributes: dword, hTemplateFile: handle,
    },
  },
  WriteFile: {
    dll: 'kernel32', widths: false, returns: 'BOOL', subject: 'hFile', page: 'fileapi/nf-fileapi-writefile',
    params: {
      hFile: handle, lpBuffer: { kind: 'bytes', length: 'nNumberOfBytesToWrite' }, nNumberOfBytesToWrite: dword,
      lpNumberOfBytesWritten: { kind: 'out', of: 'DWORD' }, lpOverlapped: overlapped,
    },
  },
  DeleteFile: {
    dll: 'kernel32', widths: true, returns: 'BOOL', page: 'fileapi/nf-fileapi-deletefilew',
    params: { lpFileName: { kind: 'string', width: 'call' } },
  },
} as const satisfies Readonly<Record<string, FunctionSignature>>;
