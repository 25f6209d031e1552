import { INTERNET_SERVICE } from '../../../preload/contract/win32/constants/wininet-flags';
import type { ArgValue, FunctionSignature } from '../../../preload/contract/win32/signature';
import { HandleRecords, type HandleRecord } from './handle-records';

/** WinINet functions that answer without the network even on a synchronous session. */
const NEVER_WAITS: ReadonlySet<string> = new Set([
  'InternetOpen', 'InternetSetStatusCallback', 'InternetConnect', 'HttpOpenRequest', 'HttpAddRequestHeaders', 'HttpQueryInfo',
  'InternetQueryOption', 'InternetSetOption', 'InternetSetFilePointer', 'InternetGetLastResponseInfo',
]);

/**
 * Whether a call may wait for somebody else and so must not be made on JavaScript's own thread: the peer it waits for,
 * or the callback that another thread waits in, may need that very thread.
 *
 * @param subject the HINTERNET it is made with, if the engine made it
 */
export function mayBlock(name: string, signature: FunctionSignature, args: Readonly<Record<string, ArgValue>>, subject: HandleRecord | undefined): boolean {
  switch (signature.dll) {
    case 'wininet':
      // Wine logs in to an FTP server before it returns, on asynchronous sessions too.
      if (isFtpConnect(name, args)) return true;
      // Each speaks with the server over a connection that Wine may wait for, whatever the session is.
      if (name.startsWith('Ftp')) return true;
      // Their protocol is gone: they only say so.
      if (name.startsWith('Gopher')) return false;
      if (name === 'InternetCloseHandle') return subject !== undefined && HandleRecords.subtree(subject).some(({ ftp }) => ftp);
      // They reach for the network without a handle.
      if (name === 'InternetCheckConnection' || name === 'InternetAttemptConnect') return true;
      return subject?.asynchronous === false && !NEVER_WAITS.has(name);
    case 'httpapi': return args['Overlapped'] === 0n;
    case 'kernel32':
      if (name === 'GetOverlappedResult') return args['bWait'] !== 0;
      return args['dwMilliseconds'] !== undefined && args['dwMilliseconds'] !== 0;
  }
}

/** Whether a call opens an FTP session. */
export function isFtpConnect(name: string, args: Readonly<Record<string, ArgValue>>): boolean {
  return name === 'InternetConnect' && args['dwService'] === INTERNET_SERVICE.INTERNET_SERVICE_FTP;
}
