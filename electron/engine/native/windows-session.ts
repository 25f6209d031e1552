import { loadKoffi } from './load-koffi';

/**
 * The Windows session that this process runs in: 0 is that of services, where WinINet is not supported.
 * Undefined where Windows does not tell (processthreadsapi.ProcessIdToSessionId).
 */
export function windowsSession(): number | undefined {
  const koffi = loadKoffi();
  const idToSession = koffi.load('kernel32.dll').func('ProcessIdToSessionId', 'int32_t', ['uint32_t', 'void *']);
  const session = Buffer.alloc(4);
  return idToSession(process.pid, session) === 0 ? undefined : session.readUInt32LE(0);
}
