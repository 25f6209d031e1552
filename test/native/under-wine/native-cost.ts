// What the engine and the recording add to a bare koffi call, and how many callbacks a second are recorded.
// Arguments: rounds, FILE for the report.
import { createServer } from 'node:http';
import { INTERNET_STATUS } from '../../../preload/contract/win32/constants/status';
import { completeArgs } from '../../../preload/contract/win32/functions';
import { NativeEngine } from '../../../electron/engine/native/native-engine';
import { WindowsProcess } from '../../../electron/engine/native/system';
import { Inspector } from '../../../electron/inspector/inspector';
import { callNow, program, report } from './report';

const [, , rounds = '2000', file = ''] = process.argv;
const ROUNDS = Number(rounds);
const HANDLE_TYPE = 9;
const ASYNC = 0x10000000;
const HTTP_SERVICE = 3;
/** Requests at once: their callbacks come from as many threads as Windows likes. */
const AT_ONCE = 50;

const PARTS = 20;

/** Microseconds a round: the middle of the parts, so that neither the first nor one that was interrupted counts. */
function micros(run: () => void): number {
  const many = Math.ceil(ROUNDS / PARTS);
  const parts = Array.from({ length: PARTS }, () => {
    const began = performance.now();
    for (let i = 0; i < many; i += 1) run();
    return ((performance.now() - began) * 1000) / many;
  });
  return parts.sort((a, b) => a - b)[PARTS / 2] ?? 0;
}

program(async () => {
  const engine = new NativeEngine();
  const inspector = new Inspector(engine);
  const windows = new WindowsProcess();
  const session = BigInt(callNow(engine, 'InternetOpen', { lpszAgent: 'cost', dwAccessType: 1, dwFlags: ASYNC }).returns);
  const [buffer, length] = [engine.memory.alloc(4), engine.memory.alloc(4)];
  engine.memory.write(length, Uint8Array.of(4, 0, 0, 0));
  const args = { hInternet: session, dwOption: HANDLE_TYPE, lpBuffer: buffer, lpdwBufferLength: length };

  const wininet = windows.loadLibrary('wininet.dll');
  const address = wininet === undefined ? undefined : windows.findExport(wininet, 'InternetQueryOptionW');
  if (address === undefined) throw new Error('wininet.dll has no InternetQueryOptionW');
  const query = windows.bind(address, 'int32_t', ['uint64_t', 'uint32_t', 'uint64_t', 'uint64_t']);
  const bare = micros(() => {
    windows.kernel.SetLastError(0);
    query(session, HANDLE_TYPE, buffer, length);
    windows.kernel.GetLastError();
  });
  const complete = completeArgs('InternetQueryOption', args);
  const bound = micros(() => void engine.functions.InternetQueryOption(complete, { width: 'W', thread: undefined }));
  const recorded = micros(() => void inspector.call('InternetQueryOption', args));

  const server = createServer((_request, response) => response.end('ok'));
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const bound = server.address();
      resolve(typeof bound === 'object' && bound !== null ? bound.port : 0);
    });
  });
  callNow(engine, 'InternetSetStatusCallback', { hInternet: session, lpfnInternetCallback: engine.recorder('cost') });
  const connection = BigInt(callNow(engine, 'InternetConnect', { hInternet: session, lpszServerName: '127.0.0.1', nServerPort: port, dwService: HTTP_SERVICE, dwContext: 1n }).returns);
  let callbacks = 0;
  let left = 0;
  let done: () => void = () => undefined;
  inspector.onCallback(({ raw }) => {
    callbacks += 1;
    if (raw.dwInternetStatus !== INTERNET_STATUS.INTERNET_STATUS_REQUEST_COMPLETE) return;
    left -= 1;
    if (left === 0) done();
  });
  const began = performance.now();
  for (let round = 0; round < Math.ceil(ROUNDS / 1000); round += 1) {
    left = AT_ONCE;
    const all = new Promise<void>((resolve) => {
      done = resolve;
    });
    const requests = Array.from({ length: AT_ONCE }, (_, i) => {
      const request = BigInt(callNow(engine, 'HttpOpenRequest', { hConnect: connection, lpszVerb: 'GET', lpszObjectName: '/', dwContext: BigInt(i + 2) }).returns);
      callNow(engine, 'HttpSendRequest', { hRequest: request });
      return request;
    });
    await all;
    for (const request of requests) callNow(engine, 'InternetCloseHandle', { hInternet: request });
  }
  const perSecond = callbacks / ((performance.now() - began) / 1000);
  report(file, { bare, bound, recorded, callbacks, perSecond, engine: engine.description });
});
