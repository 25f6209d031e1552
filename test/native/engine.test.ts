import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleNativeProgram } from '../../build/native-program.mjs';
import { root } from '../../build/setup/project.mjs';
import { run } from '../../build/setup/run.mjs';
import { ensureMingw } from '../../build/setup/wine.mjs';
import { pathForProgram, runProgram } from './under-wine/programs';

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'hinspector-native-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What a program of under-wine/ reported. */
async function reported(name: string, args: readonly string[], timeout: number): Promise<unknown> {
  const file = path.join(folder, `${name}.json`);
  const end = await runProgram(await bundleNativeProgram(name), [...args, pathForProgram(file)], timeout);
  expect({ code: end.code, timedOut: end.timedOut, stderr: end.stderr }).toEqual({ code: 0, timedOut: false, stderr: '' });
  return JSON.parse(readFileSync(file, 'utf8'));
}

async function buildDll(source: string): Promise<string> {
  const dll = path.join(folder, source.replace('.c', '.dll'));
  const compiler = await ensureMingw();
  const built = await run(compiler, ['-shared', '-O1', '-o', dll, path.join(root, 'test', 'native', 'under-wine', source)]);
  expect(built.output).toBe('');
  return pathForProgram(dll);
}

// The DLL is built by a compiler for Linux.
describe.skipIf(process.platform === 'win32')('the binding of HttpCancelHttpRequest, on a DLL with its signature', () => {
  test('ids stay whole, NULL answers at once, an OVERLAPPED completes, error codes come back', async () => {
    const seen = await reported('cancel-binding', [await buildDll('cancel-request.c')], 60_000);
    expect(seen).toMatchObject({
      availability: { available: true },
      missing: { available: false, reason: expect.stringContaining('does not export HttpReceiveHttpRequest') },
      synchronous: 0, seenSynchronous: ['0x123456789abc', '0xfa00000060000123', '0x0'],
      pending: 997, completion: { error: 0, bytes: 0, otherThread: true },
      eventAfterwards: '0x0', codes: [6, 50, 87, 1229], outstandingWhilePending: 1, outstandingAtTheEnd: 0,
    });
    const { overlapped, seenPending, completion } = seen as { overlapped: string; seenPending: readonly string[]; completion: { overlapped: string } };
    expect(seenPending).toEqual(['0x123456789abc', '0xfa00000060000123', overlapped]);
    expect(completion.overlapped).toBe(overlapped);
  });
});

describe('under load on the real wininet', () => {
  test('cycles leave nothing behind, 200 requests at once all answer, and leaving with 200 pending ends', async () => {
    const seen = await reported('load', [], 110_000);
    expect(seen).toMatchObject({
      pended: 1000, before: 0, afterCycles: 0, afterTogether: 0, bodies: 200, closedOnce: 1200, contextsOutOfPlace: [], left: true,
    });
    // Each cycle holds its header text while it is pending, and no cycle another's.
    expect((seen as { most: number }).most).toBeLessThanOrEqual(2);
  });
});

const NOTHING_LEFT = { HINTERNETs: 0, 'blocks of memory': 0, 'pending operations': 0 };

describe.skipIf(process.platform === 'win32')('a call that returns from a thread of the pool when its handle is no longer what it was', () => {
  test('ends, whatever 997 stands on the thread; only with an asynchronous handle it goes on, until that is told of', async () => {
    const seen = await reported('pool-thread', [await buildDll('pool-thread.c')], 60_000);
    expect(seen).toEqual({
      stale: { outcome: { returns: 0, lastError: 0, lastErrorReliable: false }, tables: expect.objectContaining({ ...NOTHING_LEFT, HINTERNETs: 3 }) },
      reused: {
        outcome: expect.objectContaining({ returns: 0, lastError: 997 }),
        // The caller has freed both blocks: they are held for as long as the handle may be written for.
        pending: expect.objectContaining({ 'pending operations': 1, 'blocks of memory': 2 }),
        left: expect.arrayContaining([
          '0x3 of HttpOpenRequest, asynchronous, context 0x2, a callback, InternetReadFile pending',
          'the end of InternetReadFile on 0x3 of HttpOpenRequest, asynchronous, context 0x2, a callback, InternetReadFile pending',
        ]),
        completed: expect.objectContaining({ ...NOTHING_LEFT, HINTERNETs: 3 }),
      },
      closedFirst: { outcome: expect.objectContaining({ returns: 0, lastError: 997 }), tables: expect.objectContaining(NOTHING_LEFT) },
    });
  });
});

describe('a handle that is owed no HANDLE_CLOSING', () => {
  test('is forgotten with its close or with that of the handle above it, and nothing is waited for', async () => {
    expect(await reported('handles-without-callbacks', [], 60_000)).toEqual({
      withoutCallback: { left: [expect.stringMatching(/ of InternetOpen, asynchronous, a NULL context, a callback$/)], requestAnswers: 0 },
      callbackRemoved: 2,
      nullContexts: { left: [], requestAnswers: 0 },
      pendingUntold: { lastError: 997, owed: 0 },
      pendingTaken: { owedBefore: 1, owedAfter: 0 },
    });
  });
});
