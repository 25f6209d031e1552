import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isTrustworthy, updateFeed, type InstalledCopy } from '../../../electron/updates/update-feed';

let folder = '';
beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), 'hinspector-copy-')); });
afterEach(() => rm(folder, { recursive: true, force: true }));

async function feedOf(config: string | undefined, copy: Partial<InstalledCopy> = {}): ReturnType<typeof updateFeed> {
  const file = path.join(folder, 'app-update.yml');
  if (config !== undefined) await writeFile(file, config);
  return updateFeed({ packaged: true, platform: 'win32', config: file, byInstaller: true, ...copy });
}

/** As electron-builder writes it for a signed package. */
const SIGNED = 'provider: generic\nurl: https://updates.example/hinspector\nupdaterCacheDirName: hinspector-updater\npublisherName:\n  - Somebody, Inc.\n';

test('an installed copy of a signed package with a feed has it', async () => {
  expect(await feedOf(SIGNED)).toEqual({ ok: true, value: { file: path.join(folder, 'app-update.yml'), url: 'https://updates.example/hinspector', publishers: ['Somebody, Inc.'] } });
});

test('every other copy has none, and says why and what to do', async () => {
  const cases: readonly (readonly [why: RegExp, config: string | undefined, copy?: Partial<InstalledCopy>])[] = [
    [/runs from its sources/, SIGNED, { packaged: false }],
    [/have no signature/, SIGNED, { platform: 'linux' }],
    [/made without an update feed/, undefined],
    [/is not signed/, SIGNED.replace(/publisherName:[\s\S]*/, '')],
    [/is not signed/, SIGNED.replace(/publisherName:[\s\S]*/, "publisherName: ''\n")],
    [/not https/, SIGNED.replace('https:', 'http:')],
    [/cannot be read/, 'provider: github\nowner: x\nrepo: y\n'],
    [/cannot be read/, ': : :'],
    [/cannot be read/, SIGNED.replace('https://updates.example/hinspector', 'nowhere')],
    [/replaced in the same way/, SIGNED, { byInstaller: false }],
  ];
  for (const [why, config, copy] of cases) {
    await rm(path.join(folder, 'app-update.yml'), { force: true });
    expect(await feedOf(config, copy)).toEqual({ ok: false, error: expect.stringMatching(why) });
  }
});

test('only https, and programs of this machine, can be trusted to say what they said', () => {
  const trusted = (address: string): boolean => isTrustworthy(new URL(address));
  expect(['https://a.example/', 'http://127.0.0.1:8080/', 'http://localhost/', 'http://[::1]/'].map(trusted)).toEqual([true, true, true, true]);
  expect(['http://a.example/', 'ftp://127.0.0.1/', 'http://127.0.0.1.a.example/', 'http://localhost.a.example/', 'file:///c:/'].map(trusted)).toEqual([false, false, false, false, false]);
});
