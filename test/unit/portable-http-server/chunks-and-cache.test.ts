import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Address } from '../../../preload/contract/win32/memory';
import { textBytes } from '../../../preload/contract/win32/memory';
import type { StructInput } from '../../../preload/contract/win32/struct-codec';
import { Client, idOf, ServerUnderTest } from './server-under-test';

let server: ServerUnderTest;
let folder: string;
beforeEach(() => {
  server = new ServerUnderTest();
  folder = mkdtempSync(path.join(tmpdir(), 'hinspector-chunks-'));
});
afterEach(async () => {
  await server.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const READ_WRITE = 0xc0000000;
const CREATE_ALWAYS = 2;
const OPEN_EXISTING = 3;
const TO_EOF = -1n;

async function open(name: string, access = READ_WRITE, disposition = CREATE_ALWAYS): Promise<{ readonly handle: bigint; readonly error: number }> {
  const outcome = await server.call('CreateFile', { lpFileName: path.join(folder, name), dwDesiredAccess: access, dwCreationDisposition: disposition });
  return { handle: BigInt(outcome.returns), error: outcome.lastError };
}

async function fileWith(text: string): Promise<bigint> {
  const { handle } = await open('body');
  const bytes = textBytes(text, 'A');
  const written = server.memory.alloc(4);
  await server.call('WriteFile', { hFile: handle, lpBuffer: bytes, nNumberOfBytesToWrite: bytes.length, lpNumberOfBytesWritten: written });
  expect(server.u32(written)).toBe(bytes.length);
  return handle;
}

async function answered(...chunks: readonly StructInput[]): Promise<{ readonly code: number; readonly body: string }> {
  const { port, queue } = await server.serve();
  return answer(port, queue, chunks);
}

async function answer(port: number, queue: bigint, chunks: readonly StructInput[]): Promise<{ readonly code: number; readonly body: string }> {
  const client = await Client.connect(port);
  client.get(port);
  const { fields } = await server.receive(queue);
  // A list of chunks is a value of a structure's field.
  const code = await server.respond(queue, idOf(fields), { StatusCode: 200, pEntityChunks: chunks as never }, 1);
  if (code !== 0) return { code, body: '' };
  await client.closed();
  return { code, body: client.text.split('\r\n\r\n')[1] ?? '' };
}

describe('chunks from a file', () => {
  test('all of it, a part of it, and together with memory', async () => {
    const FileHandle = await fileWith('0123456789');
    const chunks = [{ DataChunkType: 1, StartingOffset: 0n, Length: TO_EOF, FileHandle }, 'and ', { DataChunkType: 1, StartingOffset: 3n, Length: 4n, FileHandle }];
    expect(await answered(...chunks)).toEqual({ code: 0, body: '0123456789and 3456' });
  });

  test('a range beyond the end, and what is no file', async () => {
    const FileHandle = await fileWith('0123456789');
    const { port, queue } = await server.serve();
    expect(await answer(port, queue, [{ DataChunkType: 1, StartingOffset: 8n, Length: 3n, FileHandle }])).toMatchObject({ code: 38 });
    expect(await answer(port, queue, [{ DataChunkType: 1, StartingOffset: 0n, Length: 1n, FileHandle: queue }])).toMatchObject({ code: 6 });
    expect(await answer(port, queue, [{ DataChunkType: 1, StartingOffset: 0n, Length: 1n, FileHandle: 0n }])).toMatchObject({ code: 6 });
  });

  test('a file that is not there, one that is there already, and a closed handle', async () => {
    expect(await open('none', READ_WRITE, OPEN_EXISTING)).toEqual({ handle: 0xffff_ffff_ffff_ffffn, error: 2 });
    const { handle } = await open('there');
    expect(await open('there', READ_WRITE, 1)).toMatchObject({ error: 80 });
    expect(Number((await server.call('CloseHandle', { hObject: handle })).returns)).toBe(1);
    expect((await server.call('WriteFile', { hFile: handle, lpBuffer: new Uint8Array(1), nNumberOfBytesToWrite: 1 })).lastError).toBe(6);
  });
});

describe('the fragment cache', () => {
  const add = (queue: bigint, name: string, text: string, policy: { readonly Policy: number; readonly SecondsToLive?: number } = { Policy: 1 }): Promise<number> =>
    server.code('HttpAddFragmentToCache', {
      RequestQueueHandle: queue, UrlPrefix: name, DataChunk: server.chunks(text).EntityChunks, CachePolicy: server.struct('HTTP_CACHE_POLICY', policy),
    });
  const read = async (queue: bigint, name: string, room = 64, range: Address = 0n): Promise<{ readonly code: number; readonly text: string; readonly bytes: number }> => {
    const buffer = server.memory.alloc(64);
    const bytes = server.memory.alloc(4);
    const code = await server.code('HttpReadFragmentFromCache', {
      RequestQueueHandle: queue, UrlPrefix: name, ByteRange: range, Buffer: buffer, BufferLength: room, BytesRead: bytes,
    });
    const count = server.u32(bytes);
    return { code, bytes: count, text: code === 0 ? Buffer.from(server.memory.read(buffer, count)).toString('latin1') : '' };
  };

  test('a fragment is read, whole or a range of it, and sent as a chunk', async () => {
    const { port, queue } = await server.serve();
    const name = `http://localhost:${port}/logo`;
    expect(await add(queue, name, 'fragment')).toBe(0);
    expect(await read(queue, name)).toEqual({ code: 0, bytes: 8, text: 'fragment' });
    expect(await read(queue, name, 4)).toMatchObject({ code: 234, bytes: 8 });
    expect(await read(queue, name, 64, server.struct('HTTP_BYTE_RANGE', { StartingOffset: 4n, Length: 3n }))).toMatchObject({ code: 0, text: 'men' });
    expect(await read(queue, name, 64, server.struct('HTTP_BYTE_RANGE', { StartingOffset: 4n, Length: 5n }))).toMatchObject({ code: 87 });
    expect(await answer(port, queue, [{ DataChunkType: 2, pFragmentName: name }, '!'])).toEqual({ code: 0, body: 'fragment!' });
    expect(await answer(port, queue, [{ DataChunkType: 3, pFragmentName: name, StartingOffset: 1n, Length: 2n }])).toEqual({ code: 0, body: 'ra' });
    expect(await answer(port, queue, [{ DataChunkType: 2, pFragmentName: `${name}s` }])).toMatchObject({ code: 2 });
  });

  test('a name is replaced, flushed by itself or with what is below it, and expires', async () => {
    const { port, queue } = await server.serve();
    const url = `http://localhost:${port}`;
    for (const name of ['/a/', '/a/b', '/a/c/d', '/ab']) await add(queue, url + name, name);
    await add(queue, `${url}/ab`, 'again');
    await add(queue, `${url}/gone`, 'x', { Policy: 2, SecondsToLive: 0 });
    await add(queue, `${url}/never`, 'x', { Policy: 0 });
    expect(await read(queue, `${url}/ab`)).toMatchObject({ text: 'again' });
    expect(await server.code('HttpFlushResponseCache', { RequestQueueHandle: queue, UrlPrefix: `${url}/a/b` })).toBe(0);
    const found = async (): Promise<readonly number[]> => Promise.all(['/a/', '/a/b', '/a/c/d', '/ab', '/gone', '/never'].map(async (name) => (await read(queue, url + name)).code));
    expect(await found()).toEqual([0, 2, 0, 0, 2, 2]);
    expect(await server.code('HttpFlushResponseCache', { RequestQueueHandle: queue, UrlPrefix: `${url}/a/`, Flags: 1 })).toBe(0);
    expect(await found()).toEqual([2, 2, 2, 0, 2, 2]);
    expect(await server.code('HttpFlushResponseCache', { RequestQueueHandle: queue, UrlPrefix: `${url}/a/`, Flags: 2 })).toBe(87);
    expect(await add(queue, 'http://other:1/x', 'x')).toBe(87);
  });
});

describe('cached responses', () => {
  const first = 'HTTP/1.1 200 OK\r\n';

  async function cachedAt(path: string, policy: { readonly Policy: number; readonly SecondsToLive?: number }): Promise<{ readonly port: number; readonly queue: bigint; readonly client: Client }> {
    const { port, queue } = await server.serve();
    const client = await Client.connect(port);
    client.get(port, path);
    const { fields } = await server.receive(queue);
    const CachePolicy = server.struct('HTTP_CACHE_POLICY', policy);
    expect(await server.respond(queue, idOf(fields), { StatusCode: 200, pEntityChunks: ['kept'] }, 0, { CachePolicy })).toBe(0);
    await client.until('kept');
    return { port, queue, client };
  }

  test('later requests of the URL are answered without the application, until it is flushed', async () => {
    const { port, queue, client } = await cachedAt('/page', { Policy: 1 });
    client.get(port, '/PAGE');
    while (client.text.split(first).length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(client.text.split('kept')).toHaveLength(3);
    client.get(port, '/page?q');
    expect((await server.receive(queue)).fields['pRawUrl']).toBe('/page?q');
    expect(await server.code('HttpFlushResponseCache', { RequestQueueHandle: queue, UrlPrefix: `http://localhost:${port}/page` })).toBe(0);
    const other = await Client.connect(port);
    other.get(port, '/page');
    expect((await server.receive(queue)).fields['pRawUrl']).toBe('/page');
  });

  test('a request with credentials is never answered from the cache', async () => {
    const { port, queue, client } = await cachedAt('/page', { Policy: 1 });
    client.get(port, '/page', 'Authorization: Basic x\r\n');
    expect((await server.receive(queue)).code).toBe(0);
  });

  test('a policy that caches nothing, and one that is none', async () => {
    const { port, queue, client } = await cachedAt('/page', { Policy: 0 });
    client.get(port, '/page');
    const { fields } = await server.receive(queue);
    const CachePolicy = server.struct('HTTP_CACHE_POLICY', { Policy: 3 });
    expect(await server.respond(queue, idOf(fields), { StatusCode: 200 }, 0, { CachePolicy })).toBe(87);
  });
});
