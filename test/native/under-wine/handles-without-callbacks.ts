// Handles that are owed no HANDLE_CLOSING: without a callback, or with a NULL context. Argument: FILE for the report.
import { createServer } from 'node:http';
import { NativeEngine } from '../../../electron/engine/native/native-engine';
import { INTERNET_OPTION } from '../../../preload/contract/win32/constants/options';
import { INTERNET_FLAG, INTERNET_OPEN_TYPE, INTERNET_SERVICE } from '../../../preload/contract/win32/constants/wininet-flags';
import { callNow, listener, program, report } from './report';

const [, , file = ''] = process.argv;

interface Tree {
  readonly session: bigint;
  readonly connection: bigint;
  readonly request: bigint;
}

program(async () => {
  const engine = new NativeEngine();
  engine.listen(listener({}));
  const server = createServer(() => undefined);
  const nServerPort = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  const handle = (name: 'InternetOpen' | 'InternetConnect' | 'HttpOpenRequest', args: object): bigint => BigInt(callNow(engine, name, args).returns);
  const setCallback = (hInternet: bigint, lpfnInternetCallback: bigint): void => { callNow(engine, 'InternetSetStatusCallback', { hInternet, lpfnInternetCallback }); };
  const open = (callback: bigint, dwContext: bigint): Tree => {
    const session = handle('InternetOpen', { lpszAgent: 'test', dwAccessType: INTERNET_OPEN_TYPE.INTERNET_OPEN_TYPE_DIRECT, dwFlags: INTERNET_FLAG.INTERNET_FLAG_ASYNC });
    if (callback !== 0n) setCallback(session, callback);
    const connection = handle('InternetConnect', { hInternet: session, lpszServerName: '127.0.0.1', nServerPort, dwService: INTERNET_SERVICE.INTERNET_SERVICE_HTTP, dwContext });
    return { session, connection, request: handle('HttpOpenRequest', { hConnect: connection, lpszVerb: 'GET', lpszObjectName: '/', dwContext }) };
  };
  const close = (...handles: readonly bigint[]): void => { for (const hInternet of handles) callNow(engine, 'InternetCloseHandle', { hInternet }); };
  /** What asking for the type of a handle that should be gone answers. */
  const askedAfterwards = (hInternet: bigint): number => {
    const [lpBuffer, lpdwBufferLength] = [engine.memory.alloc(4), engine.memory.alloc(4)];
    engine.memory.write(lpdwBufferLength, new Uint8Array([4, 0, 0, 0]));
    const { returns } = callNow(engine, 'InternetQueryOption', { hInternet, dwOption: INTERNET_OPTION.INTERNET_OPTION_HANDLE_TYPE, lpBuffer, lpdwBufferLength });
    engine.memory.free(lpBuffer);
    engine.memory.free(lpdwBufferLength);
    return Number(returns);
  };
  const recorder = engine.recorder('test');

  const silent = open(0n, 7n);
  // The session's callback comes too late for them.
  setCallback(silent.session, recorder);
  close(silent.connection);
  const withoutCallback = { left: engine.left, requestAnswers: askedAfterwards(silent.request) };
  close(silent.session);

  const quietened = open(recorder, 7n);
  setCallback(quietened.request, 0n);
  close(quietened.request);
  const callbackRemoved = engine.left.length;
  close(quietened.connection, quietened.session);

  const nameless = open(recorder, 0n);
  close(nameless.session);
  const nullContexts = { left: engine.left, requestAnswers: askedAfterwards(nameless.request) };

  const waiting = open(0n, 7n);
  const sent = callNow(engine, 'HttpSendRequest', { hRequest: waiting.request });
  const pendingUntold = { lastError: sent.lastError, owed: engine.tables['pending operations'] };

  const taken = open(recorder, 7n);
  callNow(engine, 'HttpSendRequest', { hRequest: taken.request });
  const owedBefore = engine.tables['pending operations'];
  setCallback(taken.request, 0n);
  close(taken.request);
  const pendingTaken = { owedBefore, owedAfter: engine.tables['pending operations'] };

  report(file, { withoutCallback, callbackRemoved, nullContexts, pendingUntold, pendingTaken });
});
