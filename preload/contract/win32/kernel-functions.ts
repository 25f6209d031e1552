import type { FunctionSignature } from './signature';

const handle = { kind: 'handle', of: 'HANDLE' } as const;
const dword = { kind: 'int', bits: 32 } as const;
const overlapped = { kind: 'overlapped' } as const;

/** What kernel32 adds to overlapped I/O: waiting for it, asking for its result, and cancelling it. */
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
  DeleteFile: {
    dll: 'kernel32', widths: true, returns: 'BOOL', page: 'fileapi/nf-fileapi-deletefilew',
    params: { lpFileName: { kind: 'string', width: 'call' } },
  },
} as const satisfies Readonly<Record<string, FunctionSignature>>;
