// Many requests on Wine's wininet: cycles of open, send and close, then many at once, then leaving with many pending.
// Argument: FILE for the report.
import { createServer } from 'node:http';
import { INTERNET_STATUS } from '../../../preload/contract/win32/constants/status';
import { readUint, type Address } from '../../../preload/contract/win32/memory';
import type { StatusCallback } from '../../../electron/engine/engine';
import { NativeEngine } from '../../../electron/engine/native/native-engine';
import { callNow, listener, program, report } from './report';

const [, , file = ''] = process.argv;
const CYCLES = 1000;
const AT_ONCE = 200;
const ASYNC = 0x10000000;
const HTTP_SERVICE = 3;
const IO_PENDING = 997;

const engine = new NativeEngine();
/** What waits for a status with a context. */
const waiting = new Map<string, (event: StatusCallback) => void>();
const closings = new Map<bigint, number>();
const contextsOutOfPlace: bigint[] = [];

engine.listen(listener({
  callback: (event) => {
    if (event.dwContext === 0n || event.dwContext > 100_000n) contextsOutOfPlace.push(event.dwContext);
    if (event.dwInternetStatus === INTERNET_STATUS.INTERNET_STATUS_HANDLE_CLOSING) closings.set(event.dwContext, (closings.get(event.dwContext) ?? 0) + 1);
    const key = `${event.dwInternetStatus} ${event.dwContext}`;
    const wanted = waiting.get(key);
    waiting.delete(key);
    wanted?.(event);
  },
}));

function status(of: number, context: bigint): Promise<StatusCallback> {
  return new Promise((resolve) => {
    waiting.set(`${of} ${context}`, resolve);
  });
}

const complete = (context: bigint): Promise<StatusCallback> => status(INTERNET_STATUS.INTERNET_STATUS_REQUEST_COMPLETE, context);
const closing = (context: bigint): Promise<StatusCallback> => status(INTERNET_STATUS.INTERNET_STATUS_HANDLE_CLOSING, context);

function handle(name: 'InternetConnect' | 'HttpOpenRequest', args: object): bigint {
  return BigInt(callNow(engine, name, args).returns);
}

/** Reads until nothing is left; reads that pend answer in their REQUEST_COMPLETE. */
async function readAll(request: bigint, context: bigint, buffer: Address, count: Address): Promise<string> {
  let text = '';
  for (;;) {
    const done = complete(context);
    const read = callNow(engine, 'InternetReadFile', { hFile: request, lpBuffer: buffer, dwNumberOfBytesToRead: 256, lpdwNumberOfBytesRead: count });
    if (read.returns === 0 && read.lastError !== IO_PENDING) throw new Error(`InternetReadFile: ${read.lastError}`);
    if (read.returns === 0) await done;
    waiting.delete(`${INTERNET_STATUS.INTERNET_STATUS_REQUEST_COMPLETE} ${context}`);
    const bytes = readUint(engine.memory, count, 4);
    if (bytes === 0) return text;
    text += Buffer.from(engine.memory.read(buffer, bytes)).toString('latin1');
  }
}

program(async () => {
  const held: (() => void)[] = [];
  const server = createServer((request, response) => {
    if (request.url === '/never') return;
    if (request.url === '/together') {
      // Answered only when all of them are here: they are pending at once.
      held.push(() => response.end(`answer ${request.headers['x-number'] ?? ''}`));
      if (held.length === AT_ONCE) for (const answer of held.splice(0)) answer();
      return;
    }
    response.end('ok');
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  const session = BigInt(callNow(engine, 'InternetOpen', { lpszAgent: 'load', dwAccessType: 1, dwFlags: ASYNC }).returns);
  callNow(engine, 'InternetSetStatusCallback', { hInternet: session, lpfnInternetCallback: engine.recorder('load') });
  const connection = handle('InternetConnect', { hInternet: session, lpszServerName: '127.0.0.1', nServerPort: port, dwService: HTTP_SERVICE, dwContext: 1n });
  const before = engine.outstanding.length;
  let most = before;
  let pended = 0;

  for (let i = 0; i < CYCLES; i += 1) {
    const context = BigInt(1000 + i);
    const request = handle('HttpOpenRequest', { hConnect: connection, lpszVerb: 'GET', lpszObjectName: '/ok', dwContext: context });
    const sent = callNow(engine, 'HttpSendRequest', { hRequest: request, lpszHeaders: 'X-Some: thing\r\n', dwHeadersLength: 15 });
    if (sent.lastError === IO_PENDING) pended += 1;
    const closed = closing(context);
    callNow(engine, 'InternetCloseHandle', { hInternet: request });
    most = Math.max(most, engine.outstanding.length);
    await closed;
  }
  const afterCycles = engine.outstanding.length;

  const bodies = await Promise.all(Array.from({ length: AT_ONCE }, async (_, i) => {
    const context = BigInt(10_000 + i);
    const request = handle('HttpOpenRequest', { hConnect: connection, lpszVerb: 'GET', lpszObjectName: '/together', dwContext: context });
    const done = complete(context);
    const header = `X-Number: ${i}\r\n`;
    callNow(engine, 'HttpSendRequest', { hRequest: request, lpszHeaders: header, dwHeadersLength: header.length });
    await done;
    const [buffer, count] = [engine.memory.alloc(256), engine.memory.alloc(4)];
    const body = await readAll(request, context, buffer, count);
    engine.memory.free(buffer);
    engine.memory.free(count);
    const closed = closing(context);
    callNow(engine, 'InternetCloseHandle', { hInternet: request });
    await closed;
    return body;
  }));
  // The last operation of a handle is let go once its callback has returned.
  await new Promise((resolve) => setImmediate(resolve));
  const afterTogether = engine.outstanding.length;

  for (let i = 0; i < AT_ONCE; i += 1) {
    const request = handle('HttpOpenRequest', { hConnect: connection, lpszVerb: 'GET', lpszObjectName: '/never', dwContext: BigInt(20_000 + i) });
    callNow(engine, 'HttpSendRequest', { hRequest: request });
  }
  await engine.dispose();
  report(file, {
    cycles: CYCLES, pended, before, most, afterCycles, afterTogether, left: true, contextsOutOfPlace,
    closedOnce: [...closings].filter(([context, times]) => context >= 1000n && context < 20_000n && times === 1).length,
    bodies: bodies.filter((body, i) => body === `answer ${i}`).length, atOnce: AT_ONCE,
  });
});
