import { readFileSync, writeFileSync, mkdtempSync, rmSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readText } from '../../../preload/contract/win32/memory';
import { WIN32_ERRORS } from '../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../preload/contract/win32/constants/wininet-errors';
import type { Outcome } from '../../../electron/engine/engine';
import { Probe } from '../portable-wininet/probe';
import { HandFtp, type Hand } from './hand-ftp';

const GENERIC_READ = 0x8000_0000;
const GENERIC_WRITE = 0x4000_0000;
const PASSIVE = 0x0800_0000;
const SYNCHRONOUS = 0;

let probe: Probe;
let server: HandFtp | undefined;
let folder = '';

beforeEach(() => {
  probe = new Probe();
  folder = mkdtempSync(path.join(tmpdir(), 'hinspector-ftp-'));
});

afterEach(async () => {
  await probe.engine.dispose();
  await server?.stop();
  server = undefined;
  rmSync(folder, { recursive: true, force: true });
});

async function connected(serve: (line: string, hand: Hand) => void | Promise<void>, flags = SYNCHRONOUS, mode = PASSIVE): Promise<bigint> {
  server = await HandFtp.start(serve);
  const session = probe.session(flags);
  const outcome = await probe.start('InternetConnect', { hInternet: session, lpszServerName: '127.0.0.1', nServerPort: server.port, dwService: 1, dwFlags: mode, dwContext: 2n });
  return flags === SYNCHRONOUS ? handleOf(outcome) : completed(session);
}

function handleOf(outcome: Outcome): bigint {
  if (typeof outcome.returns !== 'bigint' || outcome.returns === 0n) throw new Error(`failed: ${outcome.lastError}`);
  return outcome.returns;
}

/** The handle that the n-th REQUEST_COMPLETE on a handle brings. */
async function completed(handle: bigint, n = 1): Promise<bigint> {
  const { payload } = await probe.until(handle, 'REQUEST_COMPLETE', n);
  if (payload.kind !== 'async-result' || payload.dwResult === 0n) throw new Error(JSON.stringify(payload, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)));
  return payload.dwResult;
}

async function opened(connection: bigint, access = GENERIC_READ): Promise<bigint> {
  return handleOf(await probe.start('FtpOpenFile', { hConnect: connection, lpszFileName: 'a.txt', dwAccess: access, dwContext: 3n }));
}

function option(handle: bigint, dwOption: number, milliseconds: number): void {
  const buffer = new Uint8Array(4);
  new DataView(buffer.buffer).setUint32(0, milliseconds, true);
  expect(probe.call('InternetSetOption', { hInternet: handle, dwOption, lpBuffer: buffer, dwBufferLength: 4 }).returns).toBe(1);
}

function lastResponse(thread?: number): string {
  const [error, length, buffer] = [probe.dword(), probe.dword(200), probe.engine.memory.alloc(400)];
  expect(probe.call('InternetGetLastResponseInfo', { lpdwError: error, lpszBuffer: buffer, lpdwBufferLength: length }, 'W', thread).returns).toBe(1);
  return readText(probe.engine.memory, buffer, 'W');
}

function write(file: bigint, text: string): Promise<Outcome> {
  const lpBuffer = Buffer.from(text, 'latin1');
  return Promise.resolve(probe.start('InternetWriteFile', { hFile: file, lpBuffer, dwNumberOfBytesToWrite: lpBuffer.length, lpdwNumberOfBytesWritten: probe.dword() }));
}

describe('reading', () => {
  test('a read waits for all it was asked for, and at the end for the server’s word that the file is whole', async () => {
    let finish = (): void => undefined;
    const connection = await connected(async (line, hand) => {
      if (!line.startsWith('RETR')) return;
      hand.reply('150 Here it comes (7 bytes).');
      const data = await hand.data();
      data.write('one');
      finish = () => {
        data.end('four');
        hand.reply('226 Done');
      };
    });
    const file = await opened(connection);
    expect(probe.call('FtpGetFileSize', { hFile: file, lpdwFileSizeHigh: 0n }).returns).toBe(7);
    const reading = probe.read(file, 16);
    await probe.until(file, 'RECEIVING_RESPONSE');
    finish();
    expect((await reading).text).toBe('onefour');
    expect((await probe.read(file, 16)).text).toBe('');
  });

  test('a server that calls the transfer off after some bytes: the bytes first, then ERROR_INTERNET_EXTENDED_ERROR', async () => {
    const connection = await connected(async (line, hand) => {
      if (!line.startsWith('RETR')) return;
      hand.reply('150 Here it comes');
      (await hand.data()).end('part');
      hand.reply('451 Disk on fire');
    });
    const file = await opened(connection);
    expect((await probe.read(file, 16)).text).toBe('part');
    expect((await probe.read(file, 16)).outcome.lastError).toBe(WININET_ERRORS.ERROR_INTERNET_EXTENDED_ERROR);
  });

  test('a data connection that is reset is ERROR_INTERNET_CONNECTION_RESET', async () => {
    const connection = await connected(async (line, hand) => {
      if (!line.startsWith('RETR')) return;
      hand.reply('150 Here it comes');
      (await hand.data()).resetAndDestroy();
      hand.reply('426 Broken');
    });
    const file = await opened(connection);
    expect((await probe.read(file, 16)).outcome.lastError).toBe(WININET_ERRORS.ERROR_INTERNET_CONNECTION_RESET);
  });

  test('data that does not come is ERROR_INTERNET_TIMEOUT after the timeout of the data channel', async () => {
    const connection = await connected((line, hand) => {
      if (line.startsWith('RETR')) hand.reply('150 Here it comes');
    });
    option(connection, 8, 200);
    const file = await opened(connection);
    expect((await probe.read(file, 16)).outcome.lastError).toBe(WININET_ERRORS.ERROR_INTERNET_TIMEOUT);
  });

  test('closing a file ends its pending read with ERROR_INTERNET_OPERATION_CANCELLED, then it closes; the session lives on', async () => {
    const connection = await connected(async (line, hand) => {
      if (line === 'PWD') hand.reply('257 "/"');
      if (!line.startsWith('RETR')) return;
      hand.reply('150 Here it comes');
      (await hand.data()).resume().once('end', () => hand.reply('426 You left'));
    }, 0x1000_0000);
    await probe.start('FtpOpenFile', { hConnect: connection, lpszFileName: 'a.txt', dwAccess: GENERIC_READ, dwContext: 3n });
    const file = await completed(connection);
    const [buffer, count] = [probe.engine.memory.alloc(16), probe.dword()];
    const read = await probe.start('InternetReadFile', { hFile: file, lpBuffer: buffer, dwNumberOfBytesToRead: 16, lpdwNumberOfBytesRead: count });
    expect(read.lastError).toBe(WIN32_ERRORS.ERROR_IO_PENDING);
    expect(probe.close(file)).toMatchObject({ returns: 1, lastError: WIN32_ERRORS.ERROR_IO_PENDING });
    await probe.until(file, 'HANDLE_CLOSING');
    expect(probe.statuses(file).slice(-2)).toEqual(['REQUEST_COMPLETE', 'HANDLE_CLOSING']);
    expect((await probe.until(file, 'REQUEST_COMPLETE')).payload).toMatchObject({ dwResult: 0n, dwError: WININET_ERRORS.ERROR_INTERNET_OPERATION_CANCELLED });
    await probe.start('FtpGetCurrentDirectory', { hConnect: connection, lpszCurrentDirectory: probe.engine.memory.alloc(40), lpdwCurrentDirectory: probe.dword(20) });
    expect(await completed(connection, 2)).toBe(1n);
  });
});

describe('writing', () => {
  test('what was written arrives, and closing the handle is its end', async () => {
    let stored = '';
    let whole = false;
    const connection = await connected(async (line, hand) => {
      if (!line.startsWith('STOR')) return;
      hand.reply('150 Go ahead');
      const data = await hand.data();
      data.on('data', (bytes) => { stored += bytes.toString('latin1'); });
      data.on('end', () => {
        whole = true;
        data.end();
        hand.reply('226 Stored');
      });
    });
    const file = await opened(connection, GENERIC_WRITE);
    expect((await write(file, 'hello ')).returns).toBe(1);
    expect((await write(file, 'there')).returns).toBe(1);
    expect(whole).toBe(false);
    expect(probe.close(file).returns).toBe(1);
    await expect.poll(() => [whole, stored]).toEqual([true, 'hello there']);
  });

  test('a server that refuses the rest says why', async () => {
    const connection = await connected(async (line, hand) => {
      if (!line.startsWith('STOR')) return;
      hand.reply('150 Go ahead');
      const data = await hand.data();
      data.once('data', () => hand.reply('552 Disk full'));
    });
    const file = await opened(connection, GENERIC_WRITE);
    expect((await write(file, 'a little')).returns).toBe(1);
    let outcome = await write(file, 'more');
    while (outcome.returns === 1) {
      await new Promise((resolve) => { setTimeout(resolve, 10); });
      outcome = await write(file, 'more');
    }
    expect(outcome.lastError).toBe(WININET_ERRORS.ERROR_INTERNET_EXTENDED_ERROR);
    expect(lastResponse()).toBe('552 Disk full\r\n');
  });
});

test('what the server said is known to the thread that it was said to: in an asynchronous session that of the callback', async () => {
  const connection = await connected((_line, hand) => hand.reply('550 Not for you'), 0x1000_0000);
  let told = '';
  probe.react = (event) => {
    if (event.status === 'REQUEST_COMPLETE') told = lastResponse(event.thread);
  };
  expect(probe.call('FtpDeleteFile', { hConnect: connection, lpszFileName: 'a' }).lastError).toBe(WIN32_ERRORS.ERROR_IO_PENDING);
  await probe.until(connection, 'REQUEST_COMPLETE');
  expect(told).toBe('550 Not for you\r\n');
  expect(lastResponse()).toBe('');
});

describe('the data connection', () => {
  test('active mode: a server that does not connect is ERROR_INTERNET_TIMEOUT, and its late word is not taken for another’s', async () => {
    let giveUp = (): void => undefined;
    const connection = await connected((line, hand) => {
      if (line.startsWith('PORT')) hand.reply('200 OK');
      if (line === 'NOOP') hand.reply('200 Fine');
      if (!line.startsWith('RETR')) return;
      hand.reply('150 Connecting');
      giveUp = () => hand.reply('425 Cannot connect');
    }, SYNCHRONOUS, 0);
    option(connection, 6, 200);
    const open = await probe.start('FtpOpenFile', { hConnect: connection, lpszFileName: 'a.txt', dwAccess: GENERIC_READ });
    expect(open).toMatchObject({ returns: 0n, lastError: WININET_ERRORS.ERROR_INTERNET_TIMEOUT });
    option(connection, 6, 5000);
    const next = probe.start('FtpCommand', { hConnect: connection, lpszCommand: 'NOOP' });
    expect(server?.lines.at(-1)).toBe('RETR a.txt');
    giveUp();
    expect((await next).returns).toBe(1);
    expect(lastResponse()).toBe('200 Fine\r\n');
  });

  test('active mode: a server that gives up instead of connecting is heard', async () => {
    const connection = await connected((line, hand) => {
      if (line.startsWith('PORT')) hand.reply('200 OK');
      if (line.startsWith('RETR')) hand.reply('150 Connecting\r\n425 Cannot connect');
    }, SYNCHRONOUS, 0);
    const open = await probe.start('FtpOpenFile', { hConnect: connection, lpszFileName: 'a.txt', dwAccess: GENERIC_READ });
    expect(open).toMatchObject({ returns: 0n, lastError: WININET_ERRORS.ERROR_INTERNET_EXTENDED_ERROR });
    expect(lastResponse()).toBe('425 Cannot connect\r\n');
  });
});

test('a listing of a DOS-like server', async () => {
  const connection = await connected(async (line, hand) => {
    if (!line.startsWith('LIST')) return;
    hand.reply('125 List');
    (await hand.data()).end('01-02-23  03:04PM       <DIR>          pub\r\n12-31-99  11:00AM                 77 a.txt\r\n');
    hand.reply('226 Done');
  });
  const data = probe.engine.memory.alloc(320);
  const find = handleOf(await probe.start('FtpFindFirstFile', { hConnect: connection, lpszSearchFile: '*.txt', lpFindFileData: data }, 'A'));
  expect(readText(probe.engine.memory, data + 44n, 'A')).toBe('a.txt');
  expect(probe.readDword(data + 32n)).toBe(77);
  expect(probe.call('InternetFindNextFile', { hFind: find, lpvFindData: data }, 'A').lastError).toBe(WIN32_ERRORS.ERROR_NO_MORE_FILES);
});

describe('whole files', () => {
  const serve = async (line: string, hand: Hand): Promise<void> => {
    if (line.startsWith('RETR')) {
      hand.reply('150 Here');
      (await hand.data()).end('x'.repeat(300_000));
      hand.reply(line.includes('bad') ? '451 Broken' : '226 Done');
    }
    if (line.startsWith('STOR')) {
      hand.reply('150 Go');
      const data = await hand.data();
      let size = 0;
      data.on('data', (bytes) => { size += bytes.length; });
      data.on('end', () => {
        data.end();
        hand.reply(`226 ${size} bytes`);
      });
    }
  };

  test('FtpGetFile stores it', async () => {
    const connection = await connected(serve);
    const local = path.join(folder, 'got');
    const got = await probe.start('FtpGetFile', { hConnect: connection, lpszRemoteFile: 'a', lpszNewFile: local });
    expect(got.returns).toBe(1);
    expect(readFileSync(local, 'latin1')).toBe('x'.repeat(300_000));
  });

  test('FtpGetFile leaves no part of a file that is not whole', async () => {
    const connection = await connected(serve);
    const local = path.join(folder, 'got');
    const got = await probe.start('FtpGetFile', { hConnect: connection, lpszRemoteFile: 'bad', lpszNewFile: local });
    expect(got).toMatchObject({ returns: 0, lastError: WININET_ERRORS.ERROR_INTERNET_EXTENDED_ERROR });
    expect(existsSync(local)).toBe(false);
  });

  test('FtpPutFile sends it and waits for the server’s word', async () => {
    const connection = await connected(serve);
    const local = path.join(folder, 'put');
    writeFileSync(local, 'y'.repeat(200_000));
    expect((await probe.start('FtpPutFile', { hConnect: connection, lpszLocalFile: local, lpszNewRemoteFile: 'b' })).returns).toBe(1);
    expect(lastResponse()).toBe('226 200000 bytes\r\n');
  });
});

test('no socket outlives the handles, whatever they were busy with', async () => {
  const connection = await connected(async (line, hand) => {
    if (line.startsWith('RETR')) {
      hand.reply('150 Here it comes');
      (await hand.data()).write('x'.repeat(1_000_000));
    }
  }, 0x1000_0000);
  await probe.start('FtpOpenFile', { hConnect: connection, lpszFileName: 'a.txt', dwAccess: GENERIC_READ, dwContext: 3n });
  const file = await completed(connection);
  await probe.read(file, 100);
  probe.close(connection);
  await expect.poll(() => probe.engine.openClientSockets).toBe(0);
  await expect.poll(() => server?.open).toBe(0);
});
