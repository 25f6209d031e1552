import { createServer, type Server } from 'node:https';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { selfSigned } from '../../../electron/certificate/self-signed';
import { commandIssues } from '../../../preload/contract/schemas';
import { HIDDEN_VALUE, type CallEvent } from '../../../preload/contract/event';
import { App } from './app';

let app: App;
const secure: Server[] = [];

beforeEach(() => { app = new App(); });
afterEach(async () => {
  for (const server of secure.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  await app.dispose();
});

async function untrusted(): Promise<string> {
  const server = createServer(selfSigned(['127.0.0.1']), (_request, response) => { response.end('secret'); });
  secure.push(server);
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  return `https://127.0.0.1:${address.port}/`;
}

function calls(api: string): readonly CallEvent[] {
  return [...app.trace.log].flatMap((event) => (event.kind === 'call' && event.api === api ? [event] : []));
}

test('https is sent with INTERNET_FLAG_SECURE, and a certificate that nobody trusts only when that is ignored', async () => {
  const url = await untrusted();
  await app.client(url);
  await expect.poll(() => [...app.trace.log].some((event) => event.kind === 'callback' && event.payload.kind === 'async-result' && event.payload.dwError === 12045)).toBe(true);
  await app.client(url, { ignore: ['SECURITY_FLAG_IGNORE_UNKNOWN_CA', 'SECURITY_FLAG_IGNORE_CERT_CN_INVALID'] });
  await expect.poll(() => [...app.trace.log].some((event) => (event.kind === 'return' || event.kind === 'callback') && JSON.stringify(event.out).includes(Buffer.from('secret').toString('hex')))).toBe(true);
});

test('timeouts, agent, proxy and user reach the calls that take them', async () => {
  await app.client('http://127.0.0.1:1/', {
    userAgent: 'demo/2', connectTimeout: 1000, sendTimeout: 2000, receiveTimeout: 3000, proxy: 'named', proxyServer: '127.0.0.1:2', proxyBypass: '<local>', user: 'me', password: 'secret',
  });
  expect(calls('InternetOpen')[0]?.args).toMatchObject({ lpszAgent: 'demo/2', dwAccessType: 3, lpszProxy: '127.0.0.1:2', lpszProxyBypass: '<local>' });
  expect(calls('InternetSetOption').map(({ args }) => args['dwOption'])).toEqual([2, 5, 6]);
  expect(calls('InternetConnect')[0]?.args).toMatchObject({ lpszUserName: 'me', lpszPassword: HIDDEN_VALUE });
});

const COMMAND = { kind: 'open-client', url: 'http://127.0.0.1:1/', method: 'POST', headers: '', body: '', mode: 'async', context: 'own' } as const;

test.each([
  ['a proxy without a name', { proxy: 'named', proxyServer: '' }, 'proxyServer', 'host:port'],
  ['a timeout of no time', { connectTimeout: 0 }, 'connectTimeout', 'at least 1 ms'],
  ['a body that is no JSON', { bodyKind: 'json', body: '{' }, 'body', 'is not JSON'],
  ['no body where JSON is due', { bodyKind: 'json', body: ' ' }, 'body', 'is empty'],
  ['a file that was not chosen', { bodyKind: 'file' }, 'bodyFile', 'not chosen yet'],
  ['a flag of another function', { flags: ['INTERNET_FLAG_ASYNC'] }, 'flags.0', 'HttpOpenRequest'],
  ['an agent of two lines', { userAgent: 'a\r\nb' }, 'userAgent', 'line break'],
])('%s is refused beside its field', (_what, wrong, field, says) => {
  expect(commandIssues({ ...COMMAND, ...wrong })).toEqual([{ field, message: expect.stringContaining(says) }]);
});
