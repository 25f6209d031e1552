import type { ArgValue, FunctionSignature } from '../../../preload/contract/win32/signature';

/** WinINet functions that answer without the network even on a synchronous session. */
const NEVER_WAITS: ReadonlySet<string> = new Set([
  'InternetOpen', 'InternetSetStatusCallback', 'InternetConnect', 'HttpOpenRequest', 'HttpAddRequestHeaders', 'HttpQueryInfo',
  'InternetQueryOption', 'InternetSetOption', 'InternetCloseHandle', 'InternetSetFilePointer', 'InternetGetLastResponseInfo',
]);

const INTERNET_SERVICE_FTP = 1;

/**
 * Whether a call may wait for somebody else and so must not be made on JavaScript's own thread: the peer it waits for,
 * or the callback that another thread waits in, may need that very thread.
 *
 * @param synchronous whether the HINTERNET it is made with belongs to a synchronous session
 */
export function mayBlock(name: string, signature: FunctionSignature, args: Readonly<Record<string, ArgValue>>, synchronous: boolean): boolean {
  switch (signature.dll) {
    case 'wininet':
      // Wine logs in to an FTP server before it returns, on asynchronous sessions too.
      if (name === 'InternetConnect' && args['dwService'] === INTERNET_SERVICE_FTP) return true;
      return synchronous && !NEVER_WAITS.has(name);
    case 'httpapi': return args['Overlapped'] === 0n;
    case 'kernel32':
      if (name === 'GetOverlappedResult') return args['bWait'] !== 0;
      return args['dwMilliseconds'] !== undefined && args['dwMilliseconds'] !== 0;
  }
}
