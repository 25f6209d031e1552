import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readUint, uintBytes, type Address } from '../../../preload/contract/win32/memory';
import { decodeStruct, type StructFields } from '../../../preload/contract/win32/struct-codec';
import { Client, idOf, ServerUnderTest } from './server-under-test';

let server: ServerUnderTest;
beforeEach(() => {
  server = new ServerUnderTest();
});
afterEach(() => server.dispose());

const QOS = 2;
const TIMEOUTS = 3;
const QUEUE_LENGTH = 4;
const STATE = 5;
const VERBOSITY = 6;

function number(value: number): Address {
  const at = server.memory.alloc(4);
  server.memory.write(at, uintBytes(value, 4));
  return at;
}

function setQueue(queue: bigint, property: number, value: number): Promise<number> {
  return server.code('HttpSetRequestQueueProperty', {
    RequestQueueHandle: queue, Property: property, PropertyInformation: number(value), PropertyInformationLength: 4,
  });
}

async function queryQueue(queue: bigint, property: number, room = 4): Promise<{ readonly code: number; readonly value: number; readonly size: number }> {
  const at = server.memory.alloc(8);
  const size = server.memory.alloc(4);
  const code = await server.code('HttpQueryRequestQueueProperty', {
    RequestQueueHandle: queue, Property: property, PropertyInformation: at, PropertyInformationLength: room, ReturnLength: size,
  });
  return { code, value: readUint(server.memory, at, 4), size: server.u32(size) };
}

function setGroup(group: bigint, property: number, struct: string, fields: StructFields): Promise<number> {
  return server.code('HttpSetUrlGroupProperty', {
    UrlGroupId: group, Property: property, PropertyInformation: server.struct(struct, fields), PropertyInformationLength: 128,
  });
}

async function queryGroup(group: bigint, property: number, struct: string, fields: StructFields = {}): Promise<StructFields> {
  const at = server.struct(struct, fields);
  expect(await server.code('HttpQueryUrlGroupProperty', { UrlGroupId: group, Property: property, PropertyInformation: at, PropertyInformationLength: 64 })).toBe(0);
  return decodeStruct(server.memory, struct, at);
}

describe('properties of a request queue', () => {
  test('length, state and verbosity are 1000, active and basic until they are set', async () => {
    const { queue } = await server.serve();
    expect(await queryQueue(queue, QUEUE_LENGTH)).toEqual({ code: 0, value: 1000, size: 4 });
    expect(await queryQueue(queue, STATE)).toMatchObject({ code: 0, value: 0 });
    expect(await queryQueue(queue, VERBOSITY)).toMatchObject({ code: 0, value: 0 });
    for (const [property, value] of [[QUEUE_LENGTH, 5], [STATE, 1], [VERBOSITY, 2]] as const) {
      expect(await setQueue(queue, property, value)).toBe(0);
      expect(await queryQueue(queue, property)).toMatchObject({ code: 0, value });
    }
  });

  test('values that are none, other properties and buffers that are too small are refused', async () => {
    const { queue } = await server.serve();
    for (const [property, value] of [[QUEUE_LENGTH, 0], [QUEUE_LENGTH, 0x80000000], [STATE, 2], [VERBOSITY, 3], [TIMEOUTS, 1]] as const) {
      expect(await setQueue(queue, property, value)).toBe(87);
    }
    expect(await queryQueue(queue, TIMEOUTS)).toMatchObject({ code: 87 });
    expect(await queryQueue(queue, QUEUE_LENGTH, 0)).toMatchObject({ code: 87 });
    expect(await queryQueue(queue, QUEUE_LENGTH, 3)).toMatchObject({ code: 234, size: 4 });
    expect(await setQueue(0n, QUEUE_LENGTH, 5)).toBe(6);
  });

  test('a full queue resets the connection, or answers 503 as far as it is told to', async () => {
    const { port, queue } = await server.serve();
    await setQueue(queue, QUEUE_LENGTH, 1);
    (await Client.connect(port)).get(port);
    const endings: string[] = [];
    for (const verbosity of [0, 1, 2]) {
      await setQueue(queue, VERBOSITY, verbosity);
      const client = await Client.connect(port);
      client.get(port);
      await client.closed();
      endings.push(client.text.split('\r\n')[0] ?? '');
    }
    expect(endings).toEqual(['', 'HTTP/1.1 503 Service Unavailable', 'HTTP/1.1 503 Service Unavailable (QueueFull)']);
  });
});

describe('limits of URL groups and server sessions', () => {
  test('what is set is queried, by group and by session', async () => {
    const { group, session } = await server.serve();
    expect(await setGroup(group, TIMEOUTS, 'HTTP_TIMEOUT_LIMIT_INFO', { Flags: 1, IdleConnection: 7, MinSendRate: 99 })).toBe(0);
    expect(await queryGroup(group, TIMEOUTS, 'HTTP_TIMEOUT_LIMIT_INFO')).toMatchObject({ Flags: 1, IdleConnection: 7, EntityBody: 0, MinSendRate: 99 });
    expect(await setGroup(group, STATE, 'HTTP_STATE_INFO', { Flags: 1, State: 1 })).toBe(0);
    expect(await queryGroup(group, STATE, 'HTTP_STATE_INFO')).toEqual({ Flags: 1, State: 1 });
    const info = server.struct('HTTP_STATE_INFO', {});
    const asked = { ServerSessionId: session, Property: STATE, PropertyInformation: info, PropertyInformationLength: 8 };
    expect(await server.code('HttpQueryServerSessionProperty', asked)).toBe(0);
    expect(decodeStruct(server.memory, 'HTTP_STATE_INFO', info)).toEqual({ Flags: 1, State: 0 });
  });

  test('authentication, logging and channel binding can be turned off, and not on', async () => {
    const { group } = await server.serve();
    for (const [property, struct, off, on] of [
      [0, 'HTTP_SERVER_AUTHENTICATION_INFO', { Flags: 1 }, { Flags: 1, AuthSchemes: 1 }],
      [1, 'HTTP_LOGGING_INFO', {}, { Flags: 1 }],
      [8, 'HTTP_SERVER_AUTHENTICATION_INFO', {}, { Flags: 1, AuthSchemes: 8 }],
      [10, 'HTTP_CHANNEL_BIND_INFO', {}, { Hardening: 2 }],
    ] as const) {
      expect(await setGroup(group, property, struct, off)).toBe(0);
      expect(await setGroup(group, property, struct, on)).toBe(50);
    }
  });

  test('a throttle below the least there is, is refused; a limit on connections is of groups only', async () => {
    const { group, session } = await server.serve();
    const slow = { QosType: 0, QosSetting: { Flags: 1, MaxBandwidth: 1023 } };
    expect(await setGroup(group, QOS, 'HTTP_QOS_SETTING_INFO', slow)).toBe(87);
    expect(await setGroup(group, QOS, 'HTTP_QOS_SETTING_INFO', { QosType: 0, QosSetting: { Flags: 1, MaxBandwidth: 2048 } })).toBe(0);
    expect(await queryGroup(group, QOS, 'HTTP_QOS_SETTING_INFO', { QosType: 0, QosSetting: {} })).toMatchObject({ QosSetting: { Flags: 1, MaxBandwidth: 2048 } });
    const connections = server.struct('HTTP_QOS_SETTING_INFO', { QosType: 1, QosSetting: { Flags: 1, MaxConnections: 1 } });
    const given = { ServerSessionId: session, Property: QOS, PropertyInformation: connections, PropertyInformationLength: 16 };
    expect(await server.code('HttpSetServerSessionProperty', given)).toBe(87);
  });

  test('more connections than a group may serve get 503; when one ends the next is served', async () => {
    const { port, group, queue } = await server.serve();
    await setGroup(group, QOS, 'HTTP_QOS_SETTING_INFO', { QosType: 1, QosSetting: { Flags: 1, MaxConnections: 1 } });
    const first = await Client.connect(port);
    first.get(port);
    expect((await server.receive(queue)).code).toBe(0);
    const second = await Client.connect(port);
    second.get(port);
    expect(await second.until('</HTML>')).toMatch(/^HTTP\/1\.1 503 /);
    first.close();
    while (server.connections.filter(({ what }) => what === 'closed-by-peer' || what === 'reset').length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const third = await Client.connect(port);
    third.get(port);
    expect((await server.receive(queue)).code).toBe(0);
  });

  test('a client that takes its response more slowly than MinSendRate loses its connection, and its send fails', async () => {
    const { port, group, queue } = await server.serve();
    await setGroup(group, TIMEOUTS, 'HTTP_TIMEOUT_LIMIT_INFO', { Flags: 1, MinSendRate: 1_000_000_000 });
    const client = await Client.connect(port);
    client.get(port);
    client.pause();
    const { fields } = await server.receive(queue);
    const sent = server.respond(queue, idOf(fields), { StatusCode: 200, pEntityChunks: [new Uint8Array(32_000_000)] });
    expect(await sent).not.toBe(0);
    expect((await server.receive(queue, { id: idOf(fields) })).code).toBe(1229);
    client.resume();
    await client.closed();
  });

  test('a request that waits in the queue longer than it may loses its connection', async () => {
    const { port, group, queue } = await server.serve();
    await setGroup(group, TIMEOUTS, 'HTTP_TIMEOUT_LIMIT_INFO', { Flags: 1, RequestQueue: 1 });
    const client = await Client.connect(port);
    client.get(port);
    expect(await client.closed()).toBe('reset');
    expect((await server.receivePending(queue)).code).toBe(997);
  });
});
