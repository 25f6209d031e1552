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
    queueState: 'active', groupState: 'active', drainTimeout: 8, queueTimeout: 7, headerTimeout: 6, minSendRate: 5, bandwidth: 4096, connections: 3,
  });
  expect(opened).toMatchObject({ ok: true });
  const calls = [...app.trace.log].flatMap((event) => (event.kind === 'call' ? [[event.api, event.args['PropertyInformation'] ?? event.args['pFullyQualifiedUrl']]] : []));
  expect(calls).toContainEqual(['HttpSetRequestQueueProperty', 7]);
  expect(calls).toContainEqual(['HttpSetRequestQueueProperty', 2]);
  expect(calls).toContainEqual(['HttpSetUrlGroupProperty', { Flags: 1, EntityBody: 9, DrainEntityBody: 8, RequestQueue: 7, IdleConnection: 11, HeaderWait: 6, MinSendRate: 5 }]);
  expect(calls).toContainEqual(['HttpSetRequestQueueProperty', 0]);
  expect(calls).toContainEqual(['HttpSetUrlGroupProperty', { Flags: 1, State: 0 }]);
  expect(calls).toContainEqual(['HttpSetUrlGroupProperty', { QosType: 0, QosSetting: { Flags: 1, MaxBandwidth: 4096 } }]);
  expect(calls).toContainEqual(['HttpSetUrlGroupProperty', { QosType: 1, QosSetting: { Flags: 1, MaxConnections: 3 } }]);
  expect(calls.filter(([api]) => api === 'HttpAddUrlToUrlGroup').map(([, url]) => url)).toEqual([`http://localhost:${port}/a/`, `http://localhost:${port}/b/`]);
  expect([...app.trace.log].filter((event) => event.kind === 'return' && event.outcome === 'failure')).toEqual([]);
});

const RULE = { method: '', matching: 'prefix', path: '', header: '', action: { kind: 'answer', delay: 0, status: 200, reason: '', headers: '', body: '' } };

test.each([
  ['a second prefix without a port', { morePrefixes: 'http://localhost:80/b/\nhttp://localhost/' }, 'morePrefixes', 'line 2'],
  ['a bandwidth that http.sys does not take', { bandwidth: 1023 }, 'bandwidth', '1,024 to'],
  ['a rule with a status that is none', { rules: [RULE, { ...RULE, action: { ...RULE.action, status: 42 } }] }, 'rules.1.action.status', '100 to 999'],
  ['a rule whose path is none', { rules: [{ ...RULE, path: 'a' }] }, 'rules.0.path', 'does not begin with'],
  ['a rule that answers with what is no JSON', { rules: [{ ...RULE, action: { ...RULE.action, bodyKind: 'json', body: '{' } }] }, 'rules.0.action.body', 'is not JSON'],
  ['a rule of an unknown action', { rules: [{ ...RULE, action: { kind: 'explode' } }] }, 'rules.0.action.kind', 'answer, cancel or leave'],
  ['a delay of a day', { rules: [{ ...RULE, action: { kind: 'cancel', delay: 86_400_000 } }] }, 'rules.0.action.delay', '3,600,000'],
  ['a hundred and one rules', { rules: Array.from({ length: 101 }, () => RULE) }, 'rules', 'more than 100'],
  ['bodies of more than four megabytes', { rules: Array.from({ length: 5 }, () => ({ ...RULE, action: { ...RULE.action, body: 'x'.repeat(1024 * 1024) } })) }, 'rules', '4 MB'],
  ['a queue of no length', { queueLength: 0 }, 'queueLength', '1 to 65,535'],
])('%s is refused beside its field', (_what, wrong, field, says) => {
  expect(commandIssues({ kind: 'open-server', urlPrefix: 'http://localhost:8080/', queueName: '', ...wrong })).toEqual([{ field, message: expect.stringContaining(says) }]);
});
