import { chmod, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppUpdates } from '../../../electron/updates/app-updates';
import { createUpdater, type UpdatedCopy } from '../../../electron/updates/updater';
import type { AppUpdateState } from '../../../preload/contract/app-update';
import { err, ok } from '../../../preload/contract/result';
import { LocalFeed } from './local-feed';

/** Runs as an installer would: it writes down what it was called with. */
const INSTALLER = Buffer.from(`#!/bin/sh\nprintf '%s' "$*" > "$0.args"\n#${'x'.repeat(300_000)}`);

let feed: LocalFeed;
let states: AppUpdateState[];

beforeEach(async () => {
  feed = await LocalFeed.start('0.2.0', INSTALLER);
  states = [];
});
afterEach(() => feed.stop());

/** A copy of version 0.1.0 that was installed from a signed package of this feed. */
async function copy(more: Partial<UpdatedCopy> = {}): Promise<AppUpdates> {
  // Only Windows can tell whether a file is signed: what it would say is said for it.
  return new AppUpdates(ok(await feed.known()), async (known) => createUpdater(known, { version: '0.1.0', cache: feed.folder, verify: async () => undefined, ...more }), (state) => states.push(state));
}

function kinds(): readonly string[] {
  return states.map(({ kind }) => kind).filter((kind, index, all) => kind !== all[index - 1]);
}

/** Files of the cache below the feed's folder that an installer could be started from. */
async function installers(): Promise<readonly string[]> {
  const files = await readdir(feed.folder, { recursive: true });
  return files.filter((name) => name.endsWith('.exe'));
}

test('a copy without a feed asks nobody, loads nothing, and says why', async () => {
  let loaded = 0;
  const updates = new AppUpdates(err('This package is not signed.'), async () => { loaded += 1; throw new Error('loaded'); }, (state) => states.push(state));
  expect(updates.state).toEqual({ kind: 'off', reason: 'This package is not signed.' });
  for (const step of ['check', 'download', 'stop', 'discard'] as const) expect(await updates.take(step)).toEqual({ ok: false, error: 'This package is not signed.' });
  await updates.leave();
  expect({ loaded, states }).toEqual({ loaded: 0, states: [] });
});

test('nothing is asked of the feed before a person asks', async () => {
  const updates = await copy();
  expect(updates.state).toEqual({ kind: 'idle' });
  await updates.leave();
  expect(feed.asked).toEqual([]);
});

test('a newer version is found, fetched only when the person agrees, and installed only when they leave', async () => {
  const updates = await copy();
  expect(await updates.take('check')).toEqual({ ok: true, value: undefined });
  expect(updates.state).toEqual({ kind: 'offered', offer: { version: '0.2.0', date: '2026-11-22T06:00:00.000Z', size: INSTALLER.length } });
  expect(feed.asked).toEqual([expect.stringMatching(/^GET \/latest.*\.yml$/)]);
  expect(await updates.take('download')).toEqual({ ok: true, value: undefined });
  expect(updates.state).toMatchObject({ kind: 'ready', offer: { version: '0.2.0' } });
  expect(kinds()).toEqual(['checking', 'offered', 'downloading', 'ready']);
  const [installer = ''] = await installers();
  const file = path.join(feed.folder, installer);
  expect(await readFile(file)).toEqual(INSTALLER);
  await expect(readFile(`${file}.args`)).rejects.toThrow('ENOENT');
  // On Windows any file of this name can be started.
  await chmod(file, 0o755);
  await updates.leave();
  await expect.poll(() => readFile(`${file}.args`, 'utf8').catch(() => '')).toBe('--updated /S');
});

test('no request tells the feed which installation asks', async () => {
  const headers: string[] = [];
  feed.answerInstaller = (response) => {
    headers.push(...(response.req.rawHeaders));
    response.end(INSTALLER);
  };
  const updates = await copy();
  await updates.take('check');
  await updates.take('download');
  expect(headers.join('\n')).toMatch(/x-user-staging-id\n0{8}-0{4}-0{4}-0{4}-0{12}/i);
  expect(headers.map((name) => name.toLowerCase())).not.toContain('cookie');
});

test('the newest version is told to be so, and an older one is not offered', async () => {
  for (const version of ['0.1.0', '0.0.9']) {
    feed.lies = { version };
    const updates = await copy();
    await updates.take('check');
    expect(updates.state).toEqual({ kind: 'current' });
    expect(await updates.take('download')).toMatchObject({ ok: false });
  }
});

describe('what was downloaded is refused, and nothing is installed on leaving', () => {
  const refused = async (updates: AppUpdates, words: RegExp): Promise<void> => {
    await updates.take('check');
    expect(await updates.take('download')).toEqual({ ok: false, error: expect.stringMatching(words) });
    expect(updates.state).toEqual({ kind: 'failed', message: expect.stringMatching(words) });
    await updates.leave();
    expect(await installers()).toEqual([]);
  };

  test('when it is not what the feed says', async () => {
    feed.lies = { sha512: Buffer.alloc(64, 7).toString('base64') };
    await refused(await copy(), /SHA-512 differs.*thrown away, and nothing is installed/);
  });

  test('when its signature is not that of the publisher', async () => {
    let asked: readonly string[] = [];
    await refused(await copy({ verify: async (publishers) => { asked = publishers; return 'signed by somebody else'; } }), /not signed by the publisher.*nothing is installed/);
    expect(asked).toEqual(['The publisher']);
  });

  test('when it breaks off', async () => {
    feed.answerInstaller = (response) => {
      response.writeHead(200, { 'Content-Length': INSTALLER.length });
      response.write(INSTALLER.subarray(0, 1000), () => response.destroy());
    };
    await refused(await copy(), /broke off|aborted|SHA-512/);
  });

  test('when the feed sends it on to plain http', async () => {
    feed.answerInstaller = (response) => { response.writeHead(302, { Location: 'http://elsewhere.invalid/Hinspector-setup.exe' }).end(); };
    await refused(await copy(), /not https/);
  });
});

test('a download can be stopped, and what was downloaded can be given up', async () => {
  let begun = (): void => undefined;
  const sending = new Promise<void>((resolve) => { begun = resolve; });
  feed.answerInstaller = (response) => {
    response.writeHead(200, { 'Content-Length': INSTALLER.length });
    response.write(INSTALLER.subarray(0, 1000), () => begun());
  };
  const updates = await copy();
  await updates.take('check');
  const download = updates.take('download');
  await sending;
  await updates.take('stop');
  expect(await download).toMatchObject({ ok: true });
  expect(updates.state).toMatchObject({ kind: 'offered' });
  feed.answerInstaller = undefined;
  await updates.take('download');
  expect(updates.state).toMatchObject({ kind: 'ready' });
  expect(await updates.take('check')).toMatchObject({ ok: false, error: expect.stringContaining('installed when Hinspector is left') });
  await updates.take('discard');
  const [installer = ''] = await installers();
  const file = path.join(feed.folder, installer);
  await chmod(file, 0o755);
  await updates.leave();
  await new Promise((resolve) => { setTimeout(resolve, 100); });
  await expect(readFile(`${file}.args`)).rejects.toThrow('ENOENT');
});

test('a feed that is not there, is empty or is none is told in words, with where it is', async () => {
  const cases: readonly (readonly [lie: string, words: RegExp])[] = [
    ['', /cannot be read/], ['<html>a login page</html>', /cannot be read|none|no file/], ['version: 0.2.0\n', /no (?:file|installer)|cannot be read/], ['version: next\nfiles: []\n', /none|no file/],
  ];
  for (const [list, words] of cases) {
    feed.lies = { list };
    const updates = await copy();
    await updates.take('check');
    if (updates.state.kind === 'offered') await updates.take('download');
    expect(updates.state, list).toEqual({ kind: 'failed', message: expect.stringMatching(words) });
    expect(updates.state, list).toMatchObject({ message: expect.stringContaining(feed.url) });
  }
  const { url } = feed;
  const updates = await copy();
  await feed.goAway();
  await updates.take('check');
  expect(updates.state).toEqual({ kind: 'failed', message: `The feed’s server does not answer. (${url})` });
});
