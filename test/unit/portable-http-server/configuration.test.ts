import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Address } from '../../../preload/contract/win32/memory';
import { decodeStruct, layoutOf, type StructFields } from '../../../preload/contract/win32/struct-codec';
import { Client, ServerUnderTest, V2 } from './server-under-test';

let server: ServerUnderTest;
beforeEach(async () => {
  server = new ServerUnderTest();
  await server.code('HttpInitialize', { Version: V2, Flags: 2 });
});
afterEach(() => server.dispose());

const CONFIG = { IP_LISTEN: 0, SSL: 1, URL_ACL: 2, TIMEOUT: 3 } as const;
const acl = (port: number): StructFields => ({ KeyDesc: { pUrlPrefix: `http://+:${port}/app/` }, ParamDesc: { pStringSecurityDescriptor: 'D:(A;;GX;;;WD)' } });

function call(name: 'HttpSetServiceConfiguration' | 'HttpDeleteServiceConfiguration', id: number, struct: string, fields: StructFields): Promise<number> {
  return server.code(name, { ConfigId: id, pConfigInformation: server.struct(struct, fields), ConfigInformationLength: layoutOf(struct).size });
}

async function query(id: number, input: { readonly struct: string; readonly fields: StructFields } | undefined, room: number): Promise<{
  readonly code: number; readonly size: number; readonly out: Address;
}> {
  const out = server.memory.alloc(512);
  const size = server.memory.alloc(4);
  const code = await server.code('HttpQueryServiceConfiguration', {
    ConfigId: id, pInput: input === undefined ? 0n : server.struct(input.struct, input.fields), InputLength: input === undefined ? 0 : layoutOf(input.struct).size,
    pOutput: out, OutputLength: room, pReturnLength: size,
  });
  return { code, size: server.u32(size), out };
}

const SET = 'HTTP_SERVICE_CONFIG_URLACL_SET';
const QUERY = 'HTTP_SERVICE_CONFIG_URLACL_QUERY';

describe('URL reservations', () => {
  test('set once, found by their URL and one after another, deleted once', async () => {
    expect(await call('HttpSetServiceConfiguration', CONFIG.URL_ACL, SET, acl(1))).toBe(0);
    expect(await call('HttpSetServiceConfiguration', CONFIG.URL_ACL, SET, acl(1))).toBe(183);
    expect(await call('HttpSetServiceConfiguration', CONFIG.URL_ACL, SET, acl(2))).toBe(0);
    const exact = { struct: QUERY, fields: { QueryDesc: 0, KeyDesc: { pUrlPrefix: 'http://+:2/APP/' } } };
    const short = await query(CONFIG.URL_ACL, exact, 16);
    expect(short.code).toBe(122);
    const found = await query(CONFIG.URL_ACL, exact, short.size);
    expect(decodeStruct(server.memory, SET, found.out)).toEqual(acl(2));
    const walk = await Promise.all([0, 1, 2].map(async (dwToken) => (await query(CONFIG.URL_ACL, { struct: QUERY, fields: { QueryDesc: 1, dwToken } }, 512)).code));
    expect(walk).toEqual([0, 0, 259]);
    expect(await call('HttpDeleteServiceConfiguration', CONFIG.URL_ACL, SET, acl(1))).toBe(0);
    expect(await call('HttpDeleteServiceConfiguration', CONFIG.URL_ACL, SET, acl(1))).toBe(2);
    expect((await query(CONFIG.URL_ACL, { struct: QUERY, fields: { QueryDesc: 0, KeyDesc: { pUrlPrefix: 'http://+:1/app/' } } }, 512)).code).toBe(2);
  });

  test('a URL or a descriptor that is none, and lengths and kinds that are wrong', async () => {
    const bad = (KeyDesc: StructFields, ParamDesc: StructFields): Promise<number> => call('HttpSetServiceConfiguration', CONFIG.URL_ACL, SET, { KeyDesc, ParamDesc });
    expect(await bad({ pUrlPrefix: 'http://+/app/' }, { pStringSecurityDescriptor: 'D:(A;;GX;;;WD)' })).toBe(87);
    expect(await bad({ pUrlPrefix: 'http://+:1/app/' }, { pStringSecurityDescriptor: 'everyone' })).toBe(87);
    const info = server.struct(SET, acl(1));
    expect(await server.code('HttpSetServiceConfiguration', { ConfigId: CONFIG.URL_ACL, pConfigInformation: info, ConfigInformationLength: 8 })).toBe(122);
    expect(await server.code('HttpSetServiceConfiguration', { ConfigId: 77, pConfigInformation: info, ConfigInformationLength: 16 })).toBe(87);
    expect(await server.code('HttpSetServiceConfiguration', { ServiceHandle: 4n, ConfigId: 2, pConfigInformation: info, ConfigInformationLength: 16 })).toBe(6);
    expect(await server.code('HttpQueryServiceConfiguration', { ConfigId: CONFIG.URL_ACL })).toBe(87);
  });
});

describe('TLS bindings', () => {
  const binding = (hash: number): StructFields => ({
    KeyDesc: { pIpPort: '127.0.0.1:443' }, ParamDesc: { pSslHash: new Uint8Array(hash).fill(7), AppId: new Uint8Array(16).fill(1), pSslCertStoreName: 'MY', DefaultFlags: 2 },
  });

  test('set, changed in place, found and deleted; a hash of no certificate is refused', async () => {
    const struct = 'HTTP_SERVICE_CONFIG_SSL_SET';
    expect(await call('HttpSetServiceConfiguration', CONFIG.SSL, struct, binding(5))).toBe(1312);
    const update = (): Promise<number> => server.code('HttpUpdateServiceConfiguration', { ConfigId: CONFIG.SSL, ConfigInfo: server.struct(struct, binding(32)), ConfigInfoLength: 88 });
    expect(await update()).toBe(2);
    expect(await call('HttpSetServiceConfiguration', CONFIG.SSL, struct, binding(20))).toBe(0);
    expect(await update()).toBe(0);
    const input = { struct: 'HTTP_SERVICE_CONFIG_SSL_QUERY', fields: { QueryDesc: 0, KeyDesc: { pIpPort: '127.0.0.1:443' } } };
    const { code, out } = await query(CONFIG.SSL, input, 512);
    expect(code).toBe(0);
    const { KeyDesc, ParamDesc } = decodeStruct(server.memory, struct, out);
    expect(KeyDesc).toEqual({ pIpPort: '127.0.0.1:443' });
    expect(ParamDesc).toMatchObject({ SslHashLength: 32, pSslCertStoreName: 'MY', DefaultFlags: 2 });
    expect(await call('HttpDeleteServiceConfiguration', CONFIG.SSL, struct, binding(20))).toBe(0);
    expect((await query(CONFIG.SSL, input, 512)).code).toBe(2);
  });
});

describe('the IP listen list', () => {
  test('an address in it is listened on and no other', async () => {
    expect((await query(CONFIG.IP_LISTEN, undefined, 512)).code).toBe(2);
    expect(await call('HttpSetServiceConfiguration', CONFIG.IP_LISTEN, 'HTTP_SERVICE_CONFIG_IP_LISTEN_PARAM', { pAddress: '[::1]:0' })).toBe(0);
    expect(await call('HttpSetServiceConfiguration', CONFIG.IP_LISTEN, 'HTTP_SERVICE_CONFIG_IP_LISTEN_PARAM', { pAddress: '[::1]:0' })).toBe(183);
    const { code, out } = await query(CONFIG.IP_LISTEN, undefined, 512);
    expect(code).toBe(0);
    expect(decodeStruct(server.memory, 'HTTP_SERVICE_CONFIG_IP_LISTEN_QUERY', out)).toEqual({ AddrCount: 1, AddrList: ['[0:0:0:0:0:0:0:1]:0'] });
    const { port } = await server.serve();
    await expect(Client.connect(port, '127.0.0.1')).rejects.toThrow('ECONNREFUSED');
    (await Client.connect(port, '::1')).close();
  });
});

test('a timeout for the whole machine is set, queried and deleted', async () => {
  const set = { KeyDesc: 0, ParamDesc: 30 };
  expect(await call('HttpSetServiceConfiguration', CONFIG.TIMEOUT, 'HTTP_SERVICE_CONFIG_TIMEOUT_SET', set)).toBe(0);
  const which = server.memory.alloc(4);
  const out = server.memory.alloc(8);
  const asked = { ConfigId: CONFIG.TIMEOUT, pInput: which, InputLength: 4, pOutput: out, OutputLength: 8 };
  expect(await server.code('HttpQueryServiceConfiguration', asked)).toBe(0);
  expect(server.memory.read(out, 2)).toEqual(Uint8Array.of(30, 0));
  expect(await server.code('HttpDeleteServiceConfiguration', { ConfigId: CONFIG.TIMEOUT, pConfigInformation: which, ConfigInformationLength: 4 })).toBe(0);
  expect(await server.code('HttpQueryServiceConfiguration', asked)).toBe(2);
});
