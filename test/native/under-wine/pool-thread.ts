// Calls that return from a thread of the pool when their handle is no longer what it was, on a DLL that lets the program
// choose handle values and moments. Arguments: DLL, FILE for the report.
import { SYSTEM_DLLS } from '../../../electron/engine/native/bound-functions';
import { NativeEngine } from '../../../electron/engine/native/native-engine';
import { WindowsProcess } from '../../../electron/engine/native/system';
import { INTERNET_FLAG } from '../../../preload/contract/win32/constants/wininet-flags';
import { call, callNow, listener, program, report } from './report';

const [, , dll = '', file = ''] = process.argv;
const SIZE = 16;

program(async () => {
  const engine = new NativeEngine({ ...SYSTEM_DLLS, wininet: dll });
  engine.listen(listener({}));
  const windows = new WindowsProcess();
  const library = windows.loadLibrary(dll);
  const tell = (name: 'SetGate' | 'GiveOut' | 'Complete', value: bigint): void => {
    const address = library === undefined ? undefined : windows.findExport(library, name);
    if (address === undefined) throw new Error(`${name} is not exported`);
    windows.bind(address, 'void', ['uint64_t'])(value);
  };
  /** A session, a connection and a request, whose values begin there. */
  const open = (first: bigint, dwFlags: number): { readonly session: bigint; readonly connection: bigint; readonly request: bigint } => {
    tell('GiveOut', first);
    const session = BigInt(callNow(engine, 'InternetOpen', { dwFlags }).returns);
    callNow(engine, 'InternetSetStatusCallback', { hInternet: session, lpfnInternetCallback: engine.recorder('test') });
    const connection = BigInt(callNow(engine, 'InternetConnect', { hInternet: session, dwContext: 1n }).returns);
    return { session, connection, request: BigInt(callNow(engine, 'HttpOpenRequest', { hConnect: connection, dwContext: 2n }).returns) };
  };
  const close = (...handles: readonly bigint[]): void => { for (const hInternet of handles) callNow(engine, 'InternetCloseHandle', { hInternet }); };
  const read = async (hFile: bigint): Promise<unknown> => {
    const [lpBuffer, lpdwNumberOfBytesRead] = [engine.memory.alloc(SIZE), engine.memory.alloc(4)];
    const { returns, lastError, lastErrorReliable } = await call(engine, 'InternetReadFile', { hFile, lpBuffer, dwNumberOfBytesToRead: SIZE, lpdwNumberOfBytesRead });
    engine.memory.free(lpBuffer);
    engine.memory.free(lpdwNumberOfBytesRead);
    return { returns, lastError, lastErrorReliable };
  };

  const plain = open(1n, 0);
  const stale = { outcome: await read(plain.request), tables: engine.tables };
  close(plain.request, plain.connection, plain.session);

  // The value of a request is given to an asynchronous one while a read with it is under way.
  const before = open(1n, 0);
  tell('SetGate', 0n);
  const reading = read(before.request);
  close(before.request, before.connection, before.session);
  const after = open(1n, INTERNET_FLAG.INTERNET_FLAG_ASYNC);
  tell('SetGate', 1n);
  const reused = { outcome: await reading, pending: engine.tables, left: engine.left };
  tell('Complete', after.request);
  const completed = engine.tables;
  close(after.request, after.connection, after.session);

  // An asynchronous handle is closed before the return of the call that goes on with it is known.
  const ftp = open(1n, INTERNET_FLAG.INTERNET_FLAG_ASYNC);
  tell('SetGate', 0n);
  const deleting = call(engine, 'FtpDeleteFile', { hConnect: ftp.connection, lpszFileName: 'file' });
  close(ftp.request, ftp.connection, ftp.session);
  tell('SetGate', 1n);
  const closedFirst = { outcome: await deleting, tables: engine.tables };

  report(file, { stale, reused: { ...reused, completed }, closedFirst });
});
