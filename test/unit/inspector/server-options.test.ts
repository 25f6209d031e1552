import { afterEach, beforeEach, expect, test } from 'vitest';
import { commandIssues } from '../../../preload/contract/schemas';
import { App } from './app';
import { freePort } from '../../ui/free-port';

let app: App;

beforeEach(() => { app = new App(); });
afterEach(() => app.dispose());

test('queue length, verbosity and timeouts are set before the URLs, of which there may be several', async () => {
  const port = await freePort();
  const opened = await app.commands.run({
    kind: 'open-server', urlPrefix: `http://localhost:${port}/a/`, morePrefixes: `http://localhost:${port}/b/\n\n`, queueName: '', queueLength: 7, verbosity: 'full', entityBodyTimeout: 9, idleTimeout: 11,
  });
  expect(opened).toMatchObject({ ok: true });
  const calls = [...app.trace.log].flatMap((event) => (event.kind === 'call' ? [[event.api, event.args['PropertyInformation'] ?? event.args['pFullyQualifiedUrl']]] : []));
  expect(calls).toContainEqual(['HttpSetRequestQueueProperty', 7]);
  expect(calls).toContainEqual(['HttpSetRequestQueueProperty', 2]);
  expect(calls).toContainEqual(['HttpSetUrlGroupProperty', expect.objectContaining({ EntityBody: 9, IdleConnection: 11 })]);
  expect(calls.filter(([api]) => api === 'HttpAddUrlToUrlGroup').map(([, url]) => url)).toEqual([`http://localhost:${port}/a/`, `http://localhost:${port}/b/`]);
  expect([...app.trace.log].filter((event) => event.kind === 'return' && event.outcome === 'failure')).toEqual([]);
});

test.each([
  ['a second prefix without a port', { morePrefixes: 'http://localhost:80/b/\nhttp://localhost/' }, 'morePrefixes', 'line 2'],
  ['a queue of no length', { queueLength: 0 }, 'queueLength', '1 to 65,535'],
])('%s is refused beside its field', (_what, wrong, field, says) => {
  expect(commandIssues({ kind: 'open-server', urlPrefix: 'http://localhost:8080/', queueName: '', ...wrong })).toEqual([{ field, message: expect.stringContaining(says) }]);
});
