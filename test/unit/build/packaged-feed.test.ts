import { afterEach, expect, test, vi } from 'vitest';
import { configuration } from '../../../build/packaging/configuration.mjs';
import { targets, updateFeedFor } from '../../../build/packaging/targets.mjs';

const RUNTIME = { version: '45.4.1', dist: undefined, shippable: true };
const PARTS = { name: 'Hinspector', icons: 'icons', afterPack: async () => undefined };
const FEED = 'https://updates.example/hinspector';

afterEach(() => { vi.unstubAllEnvs(); });

function published(system: keyof typeof targets): unknown {
  return configuration(targets[system], RUNTIME, PARTS).publish;
}

test('a package has a feed only when it was asked for, is for Windows, and is signed', () => {
  const cases = [
    { system: 'win32', url: FEED, certificate: 'certificate.pfx', feed: { provider: 'generic', url: FEED }, why: undefined },
    { system: 'win32', url: '', certificate: 'certificate.pfx', feed: null, why: undefined },
    { system: 'win32', url: FEED, certificate: '', feed: null, why: expect.stringContaining('not signed') },
    { system: 'linux', url: FEED, certificate: 'certificate.pfx', feed: null, why: expect.stringContaining('no signature') },
    { system: 'linux', url: '', certificate: '', feed: null, why: undefined },
  ] as const;
  for (const { system, url, certificate, feed, why } of cases) {
    vi.stubEnv('HINSPECTOR_UPDATE_URL', url);
    vi.stubEnv('CSC_LINK', certificate);
    vi.stubEnv('WIN_CSC_LINK', '');
    expect(published(system)).toEqual(feed);
    expect(updateFeedFor(targets[system]).why).toEqual(why);
  }
});

test('a feed that is not https is refused when the package is made', () => {
  vi.stubEnv('CSC_LINK', 'certificate.pfx');
  vi.stubEnv('HINSPECTOR_UPDATE_URL', 'http://updates.example/');
  expect(() => published('win32')).toThrow('HINSPECTOR_UPDATE_URL is http://updates.example/: a feed is https.');
});
