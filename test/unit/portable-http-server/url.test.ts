import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseUrlPrefix } from '../../../electron/engine/portable/http-server/url-prefix';
import { Client, freePort, ServerUnderTest, V2 } from './server-under-test';

describe('UrlPrefix', () => {
  test.each([
    ['http://www.adatum.com:80/vroot/', 'explicit', 'www.adatum.com', 80, '/vroot/'],
    ['https://adatum.com:443/secure/Database/', 'explicit', 'adatum.com', 443, '/secure/database/'],
    ['http://+:80/vroot/', 'strong-wildcard', '+', 80, '/vroot/'],
    ['http://*:65535/', 'weak-wildcard', '*', 65535, '/'],
    ['http://192.168.0.0:8080/', 'ip', '192.168.0.0', 8080, '/'],
    ['http://[3ffe:ffff::6ECB:0101]:1/', 'ip', '[3ffe:ffff::6ecb:101]', 1, '/'],
  ])('%s', (text, category, host, port, path) => {
    expect(parseUrlPrefix(text)).toMatchObject({ category, host, port, path });
  });

  test.each([
    'http://localhost/', 'http://localhost:/', 'http://localhost:0/', 'http://localhost:080/', 'http://localhost:65536/', 'http://localhost:80',
    'http://localhost:80/a', 'http://:80/', 'http:/localhost:80/', 'localhost:80/', 'HTTP://localhost:80/', 'ftp://localhost:80/',
    'http://localhost:80a/', 'http://localhost:+/', 'http://a b:80/', 'http://300.1.1.1:80/', 'http://localhost:80/?q=/', 'http://+x:80/', 'http://[1:2:3]:80/', '',
  ])('%j is none', (text) => {
    expect(parseUrlPrefix(text)).toBeUndefined();
  });
});

describe('registering', () => {
  let server: ServerUnderTest;
  beforeEach(() => {
    server = new ServerUnderTest();
  });
  afterEach(() => server.dispose());

  test('duplicates, bad URLs, unknown groups, removal', async () => {
    const { group, session, port } = await server.serve();
    const url = `http://localhost:${port}/`;
    const add = (pFullyQualifiedUrl: string | undefined, UrlGroupId = group): Promise<number> => server.code('HttpAddUrlToUrlGroup', { UrlGroupId, pFullyQualifiedUrl });
    const remove = (pFullyQualifiedUrl: string | undefined, Flags = 0, UrlGroupId = group): Promise<number> =>
      server.code('HttpRemoveUrlFromUrlGroup', { UrlGroupId, pFullyQualifiedUrl, Flags });
    const other = await server.making('HttpCreateUrlGroup', (out) => ({ ServerSessionId: session, pUrlGroupId: out }));
    expect(await add(url)).toBe(183);
    expect(await add(url.toUpperCase().replace('HTTP', 'http'))).toBe(183);
    expect(await add(url, other)).toBe(183);
    expect(await add(`https://localhost:${port}/tls/`)).toBe(183);
    expect(await add(`http://+:${port}/`)).toBe(0);
    expect(await add('http://localhost/')).toBe(87);
    expect(await add(undefined)).toBe(87);
    expect(await add(url, 0x77n)).toBe(87);
    expect(await server.code('HttpAddUrlToUrlGroup', { UrlGroupId: group, pFullyQualifiedUrl: `${url}x/`, Reserved: 1 })).toBe(87);
    expect(await remove(url, 0, other)).toBe(2);
    expect(await remove(url, 2)).toBe(87);
    expect(await remove(url, 1)).toBe(87);
    expect(await remove('http://localhost/')).toBe(87);
    expect(await remove(url)).toBe(0);
    expect(await remove(url)).toBe(2);
    expect(await remove(undefined, 1)).toBe(0);
    await expect(Client.connect(port)).rejects.toThrow('ECONNREFUSED');
    expect(await add(url)).toBe(0);
    await Client.connect(port);
  });

  test('a port that another program listens on gives ERROR_SHARING_VIOLATION, and may be tried again', async () => {
    const { group } = await server.serve();
    const port = await freePort();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    const pFullyQualifiedUrl = `http://localhost:${port}/`;
    expect(await server.code('HttpAddUrlToUrlGroup', { UrlGroupId: group, pFullyQualifiedUrl })).toBe(32);
    await new Promise((resolve) => other.close(resolve));
    expect(await server.code('HttpAddUrlToUrlGroup', { UrlGroupId: group, pFullyQualifiedUrl })).toBe(0);
  });

  test('two URLs added at once share one listener', async () => {
    const { group } = await server.serve();
    const port = await freePort();
    const codes = await Promise.all(['a', 'b', 'a'].map((name) =>
      server.code('HttpAddUrlToUrlGroup', { UrlGroupId: group, pFullyQualifiedUrl: `http://localhost:${port}/${name}/` })));
    expect(codes).toEqual([0, 0, 183]);
    await server.code('HttpRemoveUrlFromUrlGroup', { UrlGroupId: group, pFullyQualifiedUrl: `http://localhost:${port}/a/` });
    await Client.connect(port);
  });

  /** A group and queue of its own for each URL; gives what path and host reach which. */
  async function routing(...hosts: readonly string[]): Promise<(path: string, host: string, through?: string) => Promise<string>> {
    const { session } = await server.serve();
    const port = await freePort();
    const queues = new Map<string, bigint>();
    for (const host of hosts) {
      const group = await server.making('HttpCreateUrlGroup', (out) => ({ ServerSessionId: session, pUrlGroupId: out }));
      const queue = await server.making('HttpCreateRequestQueue', (out) => ({ Version: V2, RequestQueueHandle: out }));
      await server.bind(group, queue);
      const [name = '', path = ''] = host.split('|');
      expect(await server.code('HttpAddUrlToUrlGroup', { UrlGroupId: group, pFullyQualifiedUrl: `http://${name}:${port}${path}` })).toBe(0);
      queues.set(host, queue);
    }
    return async (path, host, through = '127.0.0.1') => {
      const waiting = await Promise.all([...queues].map(async ([name, queue]) => ({ name, queue, ...(await server.receivePending(queue)) })));
      const client = await Client.connect(port, through);
      client.send(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
      const reached = await Promise.race([
        ...waiting.map(({ name, overlapped }) => server.result(overlapped, true).then(({ returns }) => (returns === 1 ? name : new Promise<string>(() => undefined)))),
        client.until('</HTML>').then((text) => text.slice(9, 12)),
      ]);
      for (const { queue } of waiting) await server.call('CancelIoEx', { hFile: queue });
      client.close();
      return reached;
    };
  }

  test('the longest match wins, by whole segments and in any case', async () => {
    const reach = await routing('localhost|/', 'localhost|/foobar/foo/');
    expect(await reach('/foobar', 'localhost')).toBe('localhost|/');
    expect(await reach('/foobar/foo', 'localhost')).toBe('localhost|/foobar/foo/');
    expect(await reach('/FooBar/Foo/deeper?x=1', 'LOCALHOST:1')).toBe('localhost|/foobar/foo/');
    expect(await reach('/foobar/foox', 'localhost')).toBe('localhost|/');
    expect(await reach('/foobar/x/../foo/', 'localhost')).toBe('localhost|/foobar/foo/');
  });

  test('strong wildcard, explicit host, address, weak wildcard: in this order', async () => {
    const reach = await routing('+|/vroot/', 'adatum.com|/', '127.0.0.1|/ip/', '*|/');
    expect(await reach('/vroot/subdir/file.htm', 'adatum.com')).toBe('+|/vroot/');
    expect(await reach('/default.htm', 'adatum.com')).toBe('adatum.com|/');
    expect(await reach('/ip/x', 'adatum.com')).toBe('adatum.com|/');
    expect(await reach('/ip/x', 'other.com')).toBe('127.0.0.1|/ip/');
    expect(await reach('/ip/x', 'other.com', '::1')).toBe('*|/');
    expect(await reach('/file.htm', 'otheradatum.com')).toBe('*|/');
  });

  test('a host that is not served gives 400, a path that is not gives 404', async () => {
    const reach = await routing('localhost|/only/');
    expect(await reach('/', 'localhost')).toBe('404');
    expect(await reach('/only/', 'elsewhere')).toBe('400');
  });
});
