import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answer, Peer } from './peer';
import { PATIENT, Probe } from './probe';

let peer: Peer;

const BODIES = ['/now', '/late', '/never', '/half', '/redirect', '/close', '/reset', '/chunked'] as const;

beforeAll(async () => {
  peer = await Peer.start(({ socket }, request) => {
    const path = request.split(' ')[1] ?? '';
    switch (path) {
      case '/late': setTimeout(() => socket.write(answer('late')), 8); break;
      case '/never': break;
      case '/half': socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf'); break;
      case '/redirect': socket.write(answer('', 'Location: /late\r\n', '302 Found')); break;
      case '/close': socket.end('HTTP/1.1 200 OK\r\n\r\nuntil the end'); break;
      case '/reset': socket.resetAndDestroy(); break;
      case '/chunked': socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n'); setTimeout(() => socket.write('0\r\n\r\n'), 4); break;
      default: socket.write(answer('now'));
    }
  });
});

afterAll(() => peer.stop());

/** One thing that an application does; handles are named by their place among those made so far. */
const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('connect' as const), context: fc.constantFrom(0n, 2n, 2n) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('open' as const), at: fc.nat(5), path: fc.constantFrom(...BODIES), context: fc.constantFrom(0n, 3n, 3n, 3n) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('send' as const), at: fc.nat(9) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('read' as const), at: fc.nat(9), size: fc.constantFrom(1, 4, 64) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('available' as const), at: fc.nat(9) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('close' as const), at: fc.nat(14) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('closeInside' as const), nth: fc.nat(20) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat(12) }) },
);

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** So that there is always something to close. */
const FIRST: readonly Step[] = [
  { do: 'connect', context: 2n }, { do: 'open', at: 0, path: '/late', context: 3n }, { do: 'open', at: 0, path: '/now', context: 3n },
  { do: 'send', at: 0 }, { do: 'send', at: 1 },
];

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function run(steps: readonly Step[], asynchronous: boolean, slowListener: boolean): Promise<void> {
  const probe = new Probe();
  const session = probe.session(asynchronous ? 0x1000_0000 : 0);
  const handles: bigint[] = [session];
  const connections: bigint[] = [];
  const requests: bigint[] = [];
  const blocked: PromiseLike<unknown>[] = [];
  const pended = new Map<bigint, number>();
  const closeInside = new Set<number>();
  let heard = 0;
  probe.react = (event) => {
    heard += 1;
    const close = (): void => {
      blocked.push(Promise.resolve(probe.start('InternetCloseHandle', { hInternet: event.handle }, 'W', event.thread)));
    };
    if (closeInside.has(heard)) close();
    return slowListener && heard % 3 === 0 && event.status !== 'HANDLE_CREATED' ? pause(1) : undefined;
  };
  const begin = (handle: bigint, outcome: ReturnType<Probe['start']>): void => {
    if ('then' in outcome) blocked.push(outcome);
    else if (outcome.lastError === 997) pended.set(handle, (pended.get(handle) ?? 0) + 1);
  };
  const memory = probe.engine.memory;
  for (const one of steps) {
    switch (one.do) {
      case 'connect': {
        const outcome = probe.call('InternetConnect', { hInternet: session, lpszServerName: '127.0.0.1', nServerPort: peer.port, dwService: 3, dwContext: one.context });
        if (typeof outcome.returns === 'bigint' && outcome.returns !== 0n) { connections.push(outcome.returns); handles.push(outcome.returns); }
        break;
      }
      case 'open': {
        const hConnect = connections[one.at % Math.max(1, connections.length)] ?? 0n;
        const outcome = probe.call('HttpOpenRequest', { hConnect, lpszObjectName: one.path, dwContext: one.context });
        if (typeof outcome.returns === 'bigint' && outcome.returns !== 0n) { requests.push(outcome.returns); handles.push(outcome.returns); }
        break;
      }
      case 'send': case 'read': case 'available': {
        const request = requests[one.at % Math.max(1, requests.length)];
        if (request === undefined) break;
        if (one.do === 'send') begin(request, probe.start('HttpSendRequest', { hRequest: request }));
        else if (one.do === 'available') begin(request, probe.start('InternetQueryDataAvailable', { hFile: request, lpdwNumberOfBytesAvailable: probe.dword() }));
        else begin(request, probe.start('InternetReadFile', { hFile: request, lpBuffer: memory.alloc(one.size), dwNumberOfBytesToRead: one.size, lpdwNumberOfBytesRead: probe.dword() }));
        break;
      }
      case 'close': {
        const handle = handles[one.at % handles.length];
        if (handle !== undefined) blocked.push(Promise.resolve(probe.start('InternetCloseHandle', { hInternet: handle })));
        break;
      }
      case 'closeInside': closeInside.add(heard + 1 + one.nth); break;
      case 'wait': await pause(one.ms); break;
    }
  }
  await probe.start('InternetCloseHandle', { hInternet: session });
  await Promise.all(blocked);
  // Everything that was pending must have ended by itself: nothing here waits for it but the sockets' own end.
  await expect.poll(() => probe.engine.openClientSockets - probe.engine.keptClientSockets, { ...PATIENT, interval: 2 }).toBe(0);
  await expect.poll(() => handles.filter((handle) => handle !== session).every((handle) => isOver(probe, handle)), { ...PATIENT, interval: 2 }).toBe(true);
  await pause(3);
  for (const handle of handles) judge(probe, handle, pended.get(handle) ?? 0);
  expect(probe.engine.openInternetHandles).toBe(0);
  await probe.engine.dispose();
}

/** A handle that could hear of its end has; one with a NULL context hears of nothing. */
function isOver(probe: Probe, handle: bigint): boolean {
  const created = probe.callbacks.some((event) => event.status === 'HANDLE_CREATED' && event.payload.kind === 'handle' && event.payload.raw === handle);
  return !created || probe.statuses(handle).includes('HANDLE_CLOSING');
}

function judge(probe: Probe, handle: bigint, pended: number): void {
  const own = probe.of(handle).filter((event) => event.status !== 'HANDLE_CREATED').map((event) => event.status);
  const closing = own.indexOf('HANDLE_CLOSING');
  if (closing < 0) {
    expect(own).toEqual([]);
    return;
  }
  expect(own.slice(closing)).toEqual(['HANDLE_CLOSING']);
  expect(own.filter((status) => status === 'REQUEST_COMPLETE')).toHaveLength(pended);
  const children = probe.callbacks.filter((event) => event.status === 'HANDLE_CREATED' && event.handle === handle);
  const position = (one: bigint): number => probe.callbacks.findIndex((event) => event.status === 'HANDLE_CLOSING' && event.handle === one);
  for (const { payload } of children) if (payload.kind === 'handle') expect(position(payload.raw)).toBeLessThan(position(handle));
}

for (const asynchronous of [true, false]) {
  for (const slowListener of [false, true]) {
    test(`closing at any moment: ${asynchronous ? 'asynchronous' : 'synchronous'}${slowListener ? ', with a listener that takes its time' : ''}`, { timeout: 60_000 }, async () => {
      await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 40 }), (steps) => run([...FIRST, ...steps], asynchronous, slowListener)), { numRuns: 80 });
    });
  }
}
