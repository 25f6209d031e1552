import { afterEach, beforeEach, expect, test } from 'vitest';
import { INTERNET_OPTION } from '../../../preload/contract/win32/constants/options';
import { App } from './app';

let app: App;
beforeEach(() => { app = new App(); });
afterEach(async () => app.dispose());

/** What the record says that InternetQueryOption left of a session's user agent. */
async function recordedAgent(width: 'A' | 'W'): Promise<unknown> {
  const { memory } = app.engine;
  const session = await app.inspector.call('InternetOpen', { lpszAgent: 'an agent of forty characters, give or take', dwAccessType: 1 });
  const handle = session.outcome.returns;
  if (typeof handle !== 'bigint') throw new Error('no session');
  const length = memory.alloc(4);
  memory.write(length, new Uint8Array([0, 1, 0, 0]));
  const asked = await app.inspector.call(
    'InternetQueryOption', { hInternet: handle, dwOption: INTERNET_OPTION.INTERNET_OPTION_USER_AGENT, lpBuffer: memory.alloc(256), lpdwBufferLength: length }, { width },
  );
  return asked.returned.out['lpBuffer'];
}

test.each(['A', 'W'] as const)('the record has the whole text of an option, in width %s', async (width) => {
  expect(await recordedAgent(width)).toBe('an agent of forty characters, give or take');
});
