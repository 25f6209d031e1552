import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Outcome } from '../../../electron/engine/engine';
import { PATIENT, Probe } from '../portable-wininet/probe';
import { HandFtp, type Hand } from './hand-ftp';

const GENERIC_READ = 0x8000_0000;
const GENERIC_WRITE = 0x4000_0000;
const PASSIVE = 0x0800_0000;

const FILES = ['now', 'late', 'never', 'half', 'reset', 'missing', 'dropped'] as const;

let server: HandFtp;

beforeAll(async () => {
  server = await HandFtp.start(serve);
});

afterAll(() => server.stop());

const pause = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

async function serve(line: string, hand: Hand): Promise<void> {
  const [verb = '', name = ''] = line.split(' ');
  if (name === 'missing') hand.reply('550 No such file');
  else if (name === 'dropped') hand.reply('421 Enough');
  else if (verb === 'RETR' || verb === 'LIST') await send(name, hand);
  else if (verb === 'STOR') await receive(hand);
  else if (verb === 'PWD') hand.reply('257 "/"');
  else if (name !== 'never') hand.reply(verb === 'PORT' ? '502 Not here' : '250 Done');
}

async function send(name: string, hand: Hand): Promise<void> {
  hand.reply('150 Here');
  const data = await hand.data();
  if (name === 'late') await pause(4);
  if (name === 'reset') data.resetAndDestroy();
  else if (name === 'half' || name === 'never') data.write(name === 'half' ? 'half' : '');
  else data.end('-rw-r--r-- 1 ftp ftp 3 Jan 01 2024 a.txt\r\n');
  data.once('close', () => hand.reply('226 Over'));
  data.resume();
}

async function receive(hand: Hand): Promise<void> {
  hand.reply('150 Go');
  const data = await hand.data();
  data.resume().once('end', () => {
    data.end();
    hand.reply('226 Stored');
  });
}

/** One thing that an application does; handles are named by their place among those made so far. */
const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('connect' as const), context: fc.constantFrom(0n, 2n, 2n), active: fc.boolean() }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('open' as const), at: fc.nat(3), name: fc.constantFrom(...FILES), write: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('find' as const), at: fc.nat(3), name: fc.constantFrom(...FILES) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('delete' as const), at: fc.nat(3), name: fc.constantFrom(...FILES) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('read' as const), at: fc.nat(5), size: fc.constantFrom(1, 64) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('write' as const), at: fc.nat(5), size: fc.constantFrom(1, 100_000) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('close' as const), at: fc.nat(9) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('closeInside' as const), nth: fc.nat(30) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat(12) }) },
);

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const FIRST: readonly Step[] = [
  { do: 'connect', context: 2n, active: false }, { do: 'wait', ms: 10 }, { do: 'open', at: 0, name: 'now', write: false }, { do: 'wait', ms: 6 },
];

class Run {
  readonly probe = new Probe();
  readonly session: bigint;
  private readonly connections: bigint[] = [];
  private readonly files: bigint[] = [];
  readonly blocked: PromiseLike<unknown>[] = [];
  /** Calls on a handle that answered ERROR_IO_PENDING and whose callbacks have a context. */
  readonly pended = new Map<bigint, number>();

  constructor(asynchronous: boolean) {
    this.session = this.probe.session(asynchronous ? 0x1000_0000 : 0);
  }

  do(one: Exclude<Step, { do: 'wait' | 'closeInside' }>): void {
    const { probe } = this;
    switch (one.do) {
      case 'connect':
        return this.opens(this.session, this.connections, one.context, probe.start('InternetConnect', {
          hInternet: this.session, lpszServerName: '127.0.0.1', nServerPort: server.port, dwService: 1, dwFlags: one.active ? 0 : PASSIVE, dwContext: one.context,
        }));
      case 'open':
        return this.opens(this.connection(one.at), this.files, 3n, probe.start('FtpOpenFile', {
          hConnect: this.connection(one.at), lpszFileName: one.name, dwAccess: one.write ? GENERIC_WRITE : GENERIC_READ, dwContext: 3n,
        }));
      case 'find':
        return this.opens(this.connection(one.at), [], 4n, probe.start('FtpFindFirstFile', {
          hConnect: this.connection(one.at), lpszSearchFile: one.name, lpFindFileData: probe.engine.memory.alloc(592), dwContext: 4n,
        }));
      case 'delete':
        return this.begins(this.connection(one.at), this.contextOf(this.connection(one.at)), probe.start('FtpDeleteFile', { hConnect: this.connection(one.at), lpszFileName: one.name }));
      case 'read': {
        const file = this.files[one.at % Math.max(1, this.files.length)] ?? 0n;
        return this.begins(file, 3n, probe.start('InternetReadFile', {
          hFile: file, lpBuffer: probe.engine.memory.alloc(one.size), dwNumberOfBytesToRead: one.size, lpdwNumberOfBytesRead: probe.dword(),
        }));
      }
      case 'write': {
        const file = this.files[one.at % Math.max(1, this.files.length)] ?? 0n;
        return this.begins(file, 3n, probe.start('InternetWriteFile', {
          hFile: file, lpBuffer: new Uint8Array(one.size), dwNumberOfBytesToWrite: one.size, lpdwNumberOfBytesWritten: probe.dword(),
        }));
      }
      case 'close': {
        const all = [...this.connections, ...this.files];
        const handle = all[one.at % Math.max(1, all.length)];
        if (handle !== undefined) this.blocked.push(Promise.resolve(probe.start('InternetCloseHandle', { hInternet: handle })));
      }
    }
  }

  private connection(at: number): bigint {
    return this.connections[at % Math.max(1, this.connections.length)] ?? 0n;
  }

  private contextOf(handle: bigint): bigint {
    return this.probe.callbacks.some((event) => event.status === 'HANDLE_CREATED' && event.payload.kind === 'handle' && event.payload.raw === handle) ? 2n : 0n;
  }

  private opens(subject: bigint, into: bigint[], context: bigint, outcome: ReturnType<Probe['start']>): void {
    this.begins(subject, context, outcome, ({ returns }) => {
      if (typeof returns === 'bigint' && returns !== 0n) into.push(returns);
    });
  }

  private begins(subject: bigint, context: bigint, outcome: ReturnType<Probe['start']>, then: (done: Outcome) => void = () => undefined): void {
    const count = (done: Outcome): void => {
      then(done);
      if (done.lastError === 997 && context !== 0n) this.pended.set(subject, (this.pended.get(subject) ?? 0) + 1);
    };
    // A call lasts as long as the callback in it: also one that then pends.
    if ('then' in outcome) this.blocked.push(outcome.then(count));
    else count(outcome);
  }

  /** What an asynchronous open hands over. */
  adopt(): void {
    for (const { payload, context } of this.probe.callbacks.filter((event) => event.status === 'REQUEST_COMPLETE')) {
      if (payload.kind !== 'async-result' || payload.dwResult < 2n) continue;
      const into = context === 2n ? this.connections : context === 3n ? this.files : undefined;
      if (into !== undefined && !into.includes(payload.dwResult)) into.push(payload.dwResult);
    }
  }
}

async function run(steps: readonly Step[], asynchronous: boolean, slowListener: boolean): Promise<void> {
  const one = new Run(asynchronous);
  const { probe } = one;
  const closeInside = new Set<number>();
  let heard = 0;
  probe.react = (event) => {
    heard += 1;
    if (closeInside.has(heard) && event.handle !== one.session) {
      one.blocked.push(Promise.resolve(probe.start('InternetCloseHandle', { hInternet: event.handle }, 'W', event.thread)));
    }
    return slowListener && heard % 3 === 0 ? pause(1) : undefined;
  };
  for (const next of steps) {
    if (next.do === 'wait') await pause(next.ms);
    else if (next.do === 'closeInside') closeInside.add(heard + 1 + next.nth);
    else one.do(next);
    one.adopt();
  }
  await probe.start('InternetCloseHandle', { hInternet: one.session });
  await Promise.all(one.blocked);
  await expect.poll(() => probe.engine.openClientSockets, { ...PATIENT, interval: 2 }).toBe(0);
  await expect.poll(() => unclosed(probe), { ...PATIENT, interval: 2 }).toEqual([]);
  await expect.poll(() => completes(probe), { ...PATIENT, interval: 2 }).toEqual(one.pended);
  await pause(2);
  judge(probe);
  expect(completes(probe)).toEqual(one.pended);
  expect(probe.engine.openInternetHandles).toBe(0);
  await probe.engine.dispose();
}

function raws(probe: Probe, status: string): readonly bigint[] {
  return probe.callbacks.flatMap((event) => (event.status === status && event.payload.kind === 'handle' ? [event.payload.raw] : []));
}

function unclosed(probe: Probe): readonly bigint[] {
  const closed = raws(probe, 'HANDLE_CLOSING');
  return raws(probe, 'HANDLE_CREATED').filter((handle) => !closed.includes(handle));
}

function completes(probe: Probe): ReadonlyMap<bigint, number> {
  const counts = new Map<bigint, number>();
  for (const { status, handle } of probe.callbacks) if (status === 'REQUEST_COMPLETE') counts.set(handle, (counts.get(handle) ?? 0) + 1);
  return counts;
}

/** One HANDLE_CLOSING a handle, nothing after it, and children before their parents. */
function judge(probe: Probe): void {
  expect(new Set(raws(probe, 'HANDLE_CLOSING')).size).toBe(raws(probe, 'HANDLE_CLOSING').length);
  const closedAt = (handle: bigint): number => probe.callbacks.findIndex((event) => event.status === 'HANDLE_CLOSING' && event.handle === handle);
  for (const handle of raws(probe, 'HANDLE_CREATED')) {
    const last = probe.callbacks.findLastIndex((event) => event.handle === handle);
    expect(last).toBe(closedAt(handle));
  }
  for (const { status, handle, payload } of probe.callbacks) {
    if (status === 'HANDLE_CREATED' && payload.kind === 'handle' && closedAt(handle) >= 0) expect(closedAt(payload.raw)).toBeLessThan(closedAt(handle));
  }
}

for (const asynchronous of [true, false]) {
  for (const slowListener of [false, true]) {
    test(`closing FTP handles at any moment: ${asynchronous ? 'asynchronous' : 'synchronous'}${slowListener ? ', with a listener that takes its time' : ''}`, { timeout: 60_000 }, async () => {
      await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 30 }), (steps) => run([...FIRST, ...steps], asynchronous, slowListener)), { numRuns: 60 });
    });
  }
}
