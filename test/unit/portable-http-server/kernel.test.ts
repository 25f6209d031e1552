import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readUint64 } from '../../../preload/contract/win32/memory';
import { Client, idOf, ServerUnderTest } from './server-under-test';

let server: ServerUnderTest;
beforeEach(() => {
  server = new ServerUnderTest();
});
afterEach(() => server.dispose());

const wait = async (hHandle: bigint, dwMilliseconds = 0): Promise<number> => Number((await server.call('WaitForSingleObject', { hHandle, dwMilliseconds })).returns);

describe('events', () => {
  test('a manual-reset event stays signalled, an auto-reset one lets one waiter through', async () => {
    const manual = BigInt((await server.call('CreateEvent', { bManualReset: 1, bInitialState: 1 })).returns);
    const auto = BigInt((await server.call('CreateEvent', { bInitialState: 1 })).returns);
    expect([await wait(manual), await wait(manual), await wait(auto), await wait(auto)]).toEqual([0, 0, 0, 258]);
    expect(await wait(auto, 10)).toBe(258);
  });

  test('a name finds the event there is: the same state, another handle, ERROR_ALREADY_EXISTS', async () => {
    const first = await server.call('CreateEvent', { lpName: 'ready' });
    const second = await server.call('CreateEvent', { lpName: 'ready', bInitialState: 1 });
    expect(first.lastError).toBe(0);
    expect(second.lastError).toBe(183);
    expect(second.returns).not.toBe(first.returns);
    expect(await wait(BigInt(second.returns))).toBe(258);
  });

  test('what is no handle gives WAIT_FAILED or FALSE with ERROR_INVALID_HANDLE', async () => {
    expect(await server.call('WaitForSingleObject', { hHandle: 0x9998n })).toMatchObject({ returns: 0xffffffff, lastError: 6 });
    expect(await server.call('CloseHandle', { hObject: 0n })).toMatchObject({ returns: 0, lastError: 6 });
    const event = BigInt((await server.call('CreateEvent', {})).returns);
    expect((await server.call('CloseHandle', { hObject: event })).returns).toBe(1);
    expect((await server.call('CloseHandle', { hObject: event })).lastError).toBe(6);
  });
});

describe('cancelling I/O', () => {
  test('CancelIo: the receive ends with 995, its event is set', async () => {
    const { queue } = await server.serve();
    const { overlapped } = await server.receivePending(queue);
    expect(await wait(overlapped.event)).toBe(258);
    expect((await server.call('CancelIo', { hFile: queue })).returns).toBe(1);
    expect(await wait(overlapped.event)).toBe(0);
    expect(await server.result(overlapped, false)).toEqual({ returns: 0, error: 995, bytes: 0 });
    expect(server.completions).toHaveLength(1);
    expect((await server.call('CancelIo', { hFile: 0n })).lastError).toBe(6);
  });

  test('CancelIo cancels only what its own thread started', async () => {
    const { queue } = await server.serve();
    const { overlapped } = await server.receivePending(queue);
    await server.call('CancelIo', { hFile: queue }, 77);
    expect((await server.result(overlapped, false)).error).toBe(996);
  });

  test('CancelIoEx: the one that is named, or all; ERROR_NOT_FOUND when there is none', async () => {
    const { queue } = await server.serve();
    const [a, b, c] = [await server.receivePending(queue), await server.receivePending(queue), await server.receivePending(queue)];
    expect((await server.call('CancelIoEx', { hFile: queue, lpOverlapped: b.overlapped.address }, 77)).returns).toBe(1);
    expect((await server.result(a.overlapped, false)).error).toBe(996);
    expect((await server.result(b.overlapped, false)).error).toBe(995);
    expect((await server.call('CancelIoEx', { hFile: queue })).returns).toBe(1);
    expect((await server.result(c.overlapped, false)).error).toBe(995);
    expect(await server.call('CancelIoEx', { hFile: queue })).toMatchObject({ returns: 0, lastError: 1168 });
    expect((await server.call('CancelIoEx', { hFile: 0n })).lastError).toBe(6);
  });

  test('a cancelled receive takes no request', async () => {
    const { queue, port } = await server.serve();
    await server.receivePending(queue);
    await server.call('CancelIoEx', { hFile: queue });
    (await Client.connect(port)).get(port);
    expect((await server.receive(queue)).code).toBe(0);
  });
});

describe('results', () => {
  test('a queue handle is signalled when an I/O without an event ends', async () => {
    const { queue, port } = await server.serve();
    expect(await wait(queue)).toBe(0);
    const address = server.struct('OVERLAPPED', {});
    await server.code('HttpReceiveHttpRequest', { RequestQueueHandle: queue, RequestBuffer: server.memory.alloc(4096), RequestBufferLength: 4096, Overlapped: address });
    expect(await wait(queue)).toBe(258);
    (await Client.connect(port)).get(port);
    expect(await wait(queue, 5000)).toBe(0);
    expect((await server.result({ address, event: 0n }, false)).returns).toBe(1);
  });

  test('GetOverlappedResult needs its pointers, and does not wait for ever on an OVERLAPPED of no I/O', async () => {
    const out = server.memory.alloc(4);
    const pending = server.struct('OVERLAPPED', { Internal: 0x103 });
    expect((await server.call('GetOverlappedResult', { lpNumberOfBytesTransferred: out })).lastError).toBe(87);
    expect((await server.call('GetOverlappedResult', { lpOverlapped: pending })).lastError).toBe(87);
    expect((await server.call('GetOverlappedResult', { lpOverlapped: 0x10n, lpNumberOfBytesTransferred: out })).lastError).toBe(998);
    expect((await server.call('GetOverlappedResult', { lpOverlapped: pending, lpNumberOfBytesTransferred: out, bWait: 1 })).lastError).toBe(6);
  });

  test('an OVERLAPPED that is no memory gives ERROR_NOACCESS and starts nothing', async () => {
    const { queue, port } = await server.serve();
    expect(await server.code('HttpReceiveHttpRequest', {
      RequestQueueHandle: queue, RequestBuffer: server.memory.alloc(4096), RequestBufferLength: 4096, Overlapped: 0x50n,
    })).toBe(998);
    (await Client.connect(port)).get(port);
    expect((await server.receive(queue)).code).toBe(0);
  });
});

describe('completion ports', () => {
  const NONE = -1n;
  const take = async (CompletionPort: bigint, dwMilliseconds = 0): Promise<{ returns: unknown; lastError: number; bytes: number; key: bigint; overlapped: bigint }> => {
    const out = server.memory.alloc(24);
    const { returns, lastError } = await server.call('GetQueuedCompletionStatus', {
      CompletionPort, lpNumberOfBytesTransferred: out, lpCompletionKey: out + 8n, lpOverlapped: out + 16n, dwMilliseconds,
    });
    return { returns, lastError, bytes: server.u32(out), key: readUint64(server.memory, out + 8n), overlapped: readUint64(server.memory, out + 16n) };
  };

  test('a receive that pended, a response that was sent at once and a cancel each leave one packet with the key', async () => {
    const { queue, port } = await server.serve();
    const made = await server.call('CreateIoCompletionPort', { FileHandle: NONE });
    const completionPort = BigInt(made.returns);
    expect(await server.call('CreateIoCompletionPort', { FileHandle: queue, ExistingCompletionPort: completionPort, CompletionKey: 0x7777n }))
      .toMatchObject({ returns: completionPort, lastError: 0 });
    expect(await take(completionPort)).toMatchObject({ returns: 0, lastError: 258, overlapped: 0n });
    const receive = await server.receivePending(queue);
    const taking = take(completionPort, 5000);
    (await Client.connect(port)).get(port);
    expect(await taking).toMatchObject({ returns: 1, key: 0x7777n, overlapped: receive.overlapped.address });
    const id = readUint64(server.memory, receive.buffer + 16n);
    const sending = await server.overlapped();
    expect(await server.respond(queue, id, { StatusCode: 200 }, 0, { Overlapped: sending.address })).toBe(0);
    expect(await take(completionPort)).toMatchObject({ returns: 1, overlapped: sending.address });
    const cancelled = await server.receivePending(queue);
    await server.call('CancelIoEx', { hFile: queue });
    expect(await take(completionPort)).toMatchObject({ returns: 0, lastError: 995, overlapped: cancelled.overlapped.address });
    expect(await take(completionPort)).toMatchObject({ returns: 0, lastError: 258 });
  });

  test('an event with its low bit set keeps the packet away', async () => {
    const { queue } = await server.serve();
    const completionPort = BigInt((await server.call('CreateIoCompletionPort', { FileHandle: queue })).returns);
    const event = BigInt((await server.call('CreateEvent', { bManualReset: 1 })).returns);
    const address = server.struct('OVERLAPPED', { hEvent: event + 1n });
    await server.code('HttpReceiveHttpRequest', { RequestQueueHandle: queue, RequestBuffer: server.memory.alloc(4096), RequestBufferLength: 4096, Overlapped: address });
    await server.call('CancelIoEx', { hFile: queue });
    expect(await wait(event)).toBe(0);
    expect((await take(completionPort)).lastError).toBe(258);
  });

  test('associating twice, with what is no port, or waiting on a port that is closed', async () => {
    const { queue } = await server.serve();
    const completionPort = BigInt((await server.call('CreateIoCompletionPort', { FileHandle: queue })).returns);
    expect((await server.call('CreateIoCompletionPort', { FileHandle: queue, ExistingCompletionPort: completionPort })).lastError).toBe(87);
    expect((await server.call('CreateIoCompletionPort', { FileHandle: NONE, ExistingCompletionPort: completionPort })).lastError).toBe(87);
    expect((await server.call('CreateIoCompletionPort', { FileHandle: queue, ExistingCompletionPort: queue })).lastError).toBe(6);
    expect((await server.call('CreateIoCompletionPort', { FileHandle: 0n })).lastError).toBe(6);
    const waiting = take(completionPort, 0xffffffff);
    await server.call('CloseHandle', { hObject: completionPort });
    expect(await waiting).toMatchObject({ returns: 0, lastError: 735, overlapped: 0n });
    expect((await take(completionPort)).lastError).toBe(6);
  });
});

test('DeleteFile removes a file, and says why it cannot', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hinspector-'));
  const file = join(folder, 'a.txt');
  writeFileSync(file, 'x');
  expect((await server.call('DeleteFile', { lpFileName: file })).returns).toBe(1);
  expect(existsSync(file)).toBe(false);
  expect(await server.call('DeleteFile', { lpFileName: file })).toMatchObject({ returns: 0, lastError: 2 });
  expect((await server.call('DeleteFile', { lpFileName: folder })).lastError).toBe(5);
  rmSync(folder, { recursive: true });
});

test('an id is never given twice', async () => {
  const { queue, port } = await server.serve();
  const ids = new Set<bigint>();
  for (let i = 0; i < 20; i += 1) {
    const client = await Client.connect(port);
    client.get(port);
    const { fields } = await server.receive(queue);
    ids.add(idOf(fields)).add(idOf(fields, 'ConnectionId'));
    client.close();
  }
  expect(ids.size).toBe(40);
});
