import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Client, freePort, idOf, SERVER, ServerUnderTest, turn, V1, V2 } from './server-under-test';

let server: ServerUnderTest;
beforeEach(() => {
  server = new ServerUnderTest();
});
afterEach(() => server.dispose());

const version = (major: number, minor: number): number => major + minor * 65536;

describe('HttpInitialize and HttpTerminate', () => {
  test('versions 1.0 and 2.0 are known, others give ERROR_REVISION_MISMATCH', async () => {
    expect(await server.code('HttpInitialize', { Version: V2, Flags: SERVER })).toBe(0);
    expect(await server.code('HttpInitialize', { Version: V1, Flags: SERVER })).toBe(0);
    for (const [major, minor] of [[0, 0], [1, 1], [2, 1], [3, 0]] as const) {
      expect(await server.code('HttpInitialize', { Version: version(major, minor), Flags: SERVER })).toBe(1306);
    }
    expect(await server.code('HttpTerminate', { Flags: SERVER })).toBe(0);
  });

  test('an unknown flag and a reserved parameter that is not NULL give ERROR_INVALID_PARAMETER', async () => {
    expect(await server.code('HttpInitialize', { Version: V2, Flags: 4 })).toBe(87);
    expect(await server.code('HttpInitialize', { Version: V2, Flags: SERVER, pReserved: 8n })).toBe(87);
    expect(await server.code('HttpTerminate', { Flags: 8 })).toBe(87);
  });

  test('a queue before HttpInitialize, or after the matching HttpTerminate, gives ERROR_DLL_INIT_FAILED', async () => {
    const out = server.memory.alloc(8);
    expect(await server.code('HttpCreateRequestQueue', { Version: V2, RequestQueueHandle: out })).toBe(1114);
    expect(await server.code('HttpCreateHttpHandle', { RequestQueueHandle: out })).toBe(1114);
    await server.code('HttpInitialize', { Version: V2, Flags: SERVER });
    await server.code('HttpInitialize', { Version: V2, Flags: SERVER });
    await server.code('HttpTerminate', { Flags: SERVER });
    expect(await server.code('HttpCreateRequestQueue', { Version: V2, RequestQueueHandle: out })).toBe(0);
    await server.code('HttpTerminate', { Flags: SERVER });
    expect(await server.code('HttpCreateRequestQueue', { Version: V2, RequestQueueHandle: out })).toBe(1114);
  });
});

describe('server sessions and URL groups', () => {
  test('versions, NULL and reserved parameters are checked', async () => {
    const out = server.memory.alloc(8);
    expect(await server.code('HttpCreateServerSession', { Version: V2 })).toBe(87);
    expect(await server.code('HttpCreateServerSession', { Version: V2, ServerSessionId: out, Reserved: 1 })).toBe(87);
    expect(await server.code('HttpCreateServerSession', { Version: version(1, 1), ServerSessionId: out })).toBe(1306);
    expect(await server.code('HttpCreateServerSession', { Version: version(3, 0), ServerSessionId: out })).toBe(1306);
    expect(await server.code('HttpCreateServerSession', { Version: V1, ServerSessionId: out })).toBe(0);
    expect(await server.code('HttpCreateUrlGroup', { ServerSessionId: 0xdeadn, pUrlGroupId: out })).toBe(87);
  });

  test('ids that are unknown or closed give ERROR_INVALID_PARAMETER', async () => {
    const { group, session } = await server.serve();
    expect(await server.code('HttpCloseServerSession', { ServerSessionId: 0xdeadn })).toBe(87);
    expect(await server.code('HttpCloseUrlGroup', { UrlGroupId: group })).toBe(0);
    expect(await server.code('HttpCloseUrlGroup', { UrlGroupId: group })).toBe(87);
    expect(await server.code('HttpCloseServerSession', { ServerSessionId: session })).toBe(0);
    expect(await server.code('HttpCloseServerSession', { ServerSessionId: session })).toBe(87);
  });

  test('closing the session closes its URL groups and frees their URLs', async () => {
    const { group, session, port } = await server.serve();
    expect(await server.code('HttpCloseServerSession', { ServerSessionId: session })).toBe(0);
    expect(await server.code('HttpCloseUrlGroup', { UrlGroupId: group })).toBe(87);
    expect(await server.code('HttpAddUrlToUrlGroup', { UrlGroupId: group, pFullyQualifiedUrl: `http://localhost:${port}/` })).toBe(87);
    await expect(Client.connect(port)).rejects.toThrow('ECONNREFUSED');
  });

  test('a group without a queue, and one that is inactive, answer 503', async () => {
    const { group, queue, port } = await server.serve();
    const unbind = server.struct('HTTP_BINDING_INFO', { Flags: 0 });
    const set = (Property: number, PropertyInformation: bigint, PropertyInformationLength: number): Promise<number> =>
      server.code('HttpSetUrlGroupProperty', { UrlGroupId: group, Property, PropertyInformation, PropertyInformationLength });
    expect(await set(7, unbind, 16)).toBe(0);
    const first = await Client.connect(port);
    first.get(port);
    expect(await first.until('</HTML>')).toMatch(/^HTTP\/1\.1 503 Service Unavailable\r\n/);
    expect(await first.closed()).toBe('fin');
    await server.bind(group, queue);
    expect(await set(5, server.struct('HTTP_STATE_INFO', { Flags: 1, State: 1 }), 8)).toBe(0);
    const second = await Client.connect(port);
    second.get(port);
    expect(await second.until('</HTML>')).toContain('503');
    expect(await set(5, server.struct('HTTP_STATE_INFO', { Flags: 1, State: 0 }), 8)).toBe(0);
    const third = await Client.connect(port);
    third.get(port);
    expect((await server.receive(queue)).code).toBe(0);
  });

  test('HttpSetUrlGroupProperty refuses what it cannot read or does not know', async () => {
    const { group } = await server.serve();
    const info = server.struct('HTTP_BINDING_INFO', { Flags: 1, RequestQueueHandle: 0x9999n });
    const set = (args: { Property?: number; PropertyInformation?: bigint; PropertyInformationLength?: number; UrlGroupId?: bigint }): Promise<number> =>
      server.code('HttpSetUrlGroupProperty', { UrlGroupId: group, Property: 7, PropertyInformation: info, PropertyInformationLength: 16, ...args });
    expect(await set({})).toBe(6);
    expect(await set({ UrlGroupId: 5n })).toBe(87);
    expect(await set({ PropertyInformation: 0n })).toBe(87);
    expect(await set({ PropertyInformationLength: 0 })).toBe(87);
    expect(await set({ PropertyInformationLength: 8 })).toBe(87);
    expect(await set({ Property: 4 })).toBe(87);
    expect(await set({ PropertyInformation: 0x10n })).toBe(998);
  });

  test('a group may be bound to another queue; requests go to the one it is bound to now', async () => {
    const { group, queue, port } = await server.serve();
    const other = await server.making('HttpCreateRequestQueue', (out) => ({ Version: V2, RequestQueueHandle: out }));
    expect(await server.bind(group, other)).toBe(0);
    const client = await Client.connect(port);
    client.get(port);
    const { fields, code } = await server.receive(other);
    expect(code).toBe(0);
    expect(fields['UrlContext']).toBe(0xabcn);
    const waiting = await server.receivePending(queue);
    expect((await server.result(waiting.overlapped, false)).error).toBe(996);
  });
});

describe('request queues', () => {
  test('names: taken, opened again, unknown, too long; a controller cannot do I/O', async () => {
    await server.code('HttpInitialize', { Version: V2, Flags: SERVER });
    const out = server.memory.alloc(8);
    const create = (Name: string | undefined, Flags = 0, Version = V2): Promise<number> =>
      server.code('HttpCreateRequestQueue', { Version, Name, Flags, RequestQueueHandle: out });
    expect(await create('demo', 0, V1)).toBe(1306);
    expect(await create('demo')).toBe(0);
    expect(await create('demo')).toBe(183);
    expect(await create('demo', 1)).toBe(0);
    expect(await create('other', 1)).toBe(2);
    expect(await create(undefined, 1)).toBe(87);
    expect(await create('demo', 3)).toBe(87);
    expect(await create('x'.repeat(131))).toBe(87);
    expect(await create('y', 64)).toBe(87);
    expect(await server.code('HttpCreateRequestQueue', { Version: V2 })).toBe(87);
    const controller = await server.making('HttpCreateRequestQueue', (address) => ({ Version: V2, Name: 'c', Flags: 2, RequestQueueHandle: address }));
    expect((await server.receive(controller)).code).toBe(87);
  });

  test('a second holder receives from the same queue, and it lives until the last handle is closed', async () => {
    const { port, group } = await server.serve();
    const create = (Flags: number): Promise<bigint> =>
      server.making('HttpCreateRequestQueue', (out) => ({ Version: V2, Name: 'shared', Flags, RequestQueueHandle: out }));
    const first = await create(0);
    const second = await create(1);
    await server.bind(group, first);
    expect(await server.code('HttpCloseRequestQueue', { RequestQueueHandle: first })).toBe(0);
    const client = await Client.connect(port);
    client.get(port);
    const { code, fields } = await server.receive(second);
    expect(code).toBe(0);
    expect(await server.respond(second, idOf(fields), { StatusCode: 204 })).toBe(0);
    await client.until('204');
  });

  test('closing cancels pending receives (995, Internal STATUS_CANCELLED); a second close gives ERROR_INVALID_HANDLE', async () => {
    const { queue } = await server.serve();
    const { code, overlapped } = await server.receivePending(queue);
    expect(code).toBe(997);
    expect(await server.code('HttpCloseRequestQueue', { RequestQueueHandle: queue })).toBe(0);
    expect(server.u32(overlapped.address)).toBe(0xc0000120);
    expect(await server.result(overlapped, true)).toEqual({ returns: 0, error: 995, bytes: 0 });
    expect(server.completions).toEqual([expect.objectContaining({ overlapped: overlapped.address, error: 995, bytes: 0 })]);
    expect(await server.code('HttpCloseRequestQueue', { RequestQueueHandle: queue })).toBe(6);
    expect((await server.receive(queue)).code).toBe(6);
  });

  test('closing drops the connections of its requests, received or not; later requests get 503', async () => {
    const { queue, port } = await server.serve();
    const [a, b] = [await Client.connect(port), await Client.connect(port)];
    a.get(port, '/a');
    expect((await server.receive(queue)).code).toBe(0);
    b.get(port, '/b');
    await turn();
    await server.code('HttpCloseRequestQueue', { RequestQueueHandle: queue });
    await Promise.all([a.closed(), b.closed()]);
    expect([a.text, b.text]).toEqual(['', '']);
    const late = await Client.connect(port);
    late.get(port);
    expect(await late.until('</HTML>')).toContain('503');
  });

  test('CloseHandle closes a queue as well', async () => {
    const { queue } = await server.serve();
    const { overlapped } = await server.receivePending(queue);
    expect((await server.call('CloseHandle', { hObject: queue })).returns).toBe(1);
    expect((await server.result(overlapped, false)).error).toBe(995);
    expect((await server.call('CloseHandle', { hObject: queue })).lastError).toBe(6);
  });

  test('shutdown cancels receives and disconnect waits; an answer that has begun is completed, a request without one is cancelled', async () => {
    const { queue, port } = await server.serve();
    const [answering, unanswered] = [await Client.connect(port), await Client.connect(port)];
    answering.get(port, '/a');
    const first = await server.receive(queue);
    unanswered.get(port, '/b');
    await server.receive(queue);
    expect(await server.respond(queue, idOf(first.fields), { StatusCode: 200, Headers: { KnownHeaders: { 'Content-Length': '4' } } }, 2)).toBe(0);
    const waiting = await server.receivePending(queue);
    const disconnect = await server.overlapped();
    const ConnectionId = idOf(first.fields, 'ConnectionId');
    expect(await server.code('HttpWaitForDisconnect', { RequestQueueHandle: queue, ConnectionId, Overlapped: disconnect.address })).toBe(997);
    expect(await server.code('HttpShutdownRequestQueue', { RequestQueueHandle: queue })).toBe(0);
    expect((await server.result(waiting.overlapped, false)).error).toBe(995);
    expect((await server.result(disconnect, false)).error).toBe(995);
    await unanswered.closed();
    expect(await server.code('HttpSendResponseEntityBody', {
      RequestQueueHandle: queue, RequestId: idOf(first.fields), ...server.chunks('done'),
    })).toBe(0);
    await answering.until('done');
    expect((await server.receive(queue)).code).toBe(6);
    expect(await server.code('HttpShutdownRequestQueue', { RequestQueueHandle: 0n })).toBe(87);
  });
});

describe('version 1', () => {
  test('a queue with URLs of its own delivers HTTP_REQUEST_V1 with UrlContext 0', async () => {
    await server.code('HttpInitialize', { Version: V1, Flags: SERVER });
    const queue = await server.making('HttpCreateHttpHandle', (out) => ({ RequestQueueHandle: out }));
    const port = await freePort();
    const url = `http://localhost:${port}/`;
    expect(await server.code('HttpAddUrl', { RequestQueueHandle: 0n, FullyQualifiedUrl: url })).toBe(6);
    expect(await server.code('HttpAddUrl', { RequestQueueHandle: queue })).toBe(87);
    expect(await server.code('HttpAddUrl', { RequestQueueHandle: queue, FullyQualifiedUrl: url })).toBe(0);
    expect(await server.code('HttpAddUrl', { RequestQueueHandle: queue, FullyQualifiedUrl: url })).toBe(183);
    const client = await Client.connect(port);
    client.get(port);
    const { code, fields } = await server.receive(queue, { version: 1 });
    expect(code).toBe(0);
    expect(fields['UrlContext']).toBe(0n);
    expect(await server.respond(queue, idOf(fields), { StatusCode: 200 })).toBe(0);
    expect(await server.code('HttpRemoveUrl', { RequestQueueHandle: queue, FullyQualifiedUrl: url })).toBe(0);
    expect(await server.code('HttpRemoveUrl', { RequestQueueHandle: queue, FullyQualifiedUrl: url })).toBe(2);
    expect((await server.call('CloseHandle', { hObject: queue })).returns).toBe(1);
  });
});
