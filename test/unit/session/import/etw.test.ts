import { describe, expect, it } from 'vitest';
import type { EtwProvider } from '../../../../electron/session/import/etw/etw-record';
import { usedEvents } from '../../../../electron/session/import/etw/manifest';
import { readCsv, readXml, spanLines, treeLines } from './imported';
import { csvTrace, xmlTrace, type WrittenEvent } from './tracerpt-text';

const WININET: EtwProvider = 'Microsoft-Windows-WinINet';
const SERVICE: EtwProvider = 'Microsoft-Windows-HttpService';
const WEBIO: EtwProvider = 'Microsoft-Windows-WebIO';

let clock = 0;
function win(id: number, fields: Readonly<Record<string, string>>, more: Partial<WrittenEvent> = {}): WrittenEvent {
  clock += 1;
  return { provider: WININET, id, time: clock, fields, ...more };
}

/** A program that opens, connects, requests and reads, and closes all but its session. */
function client(process: number): readonly WrittenEvent[] {
  clock = 0;
  const of = { process };
  return [
    win(101, { HINTERNET: '0xCC0004', UserAgent: 'demo/1.0', AccessType: 'direct', Flags: '0x10000000' }, of),
    win(103, { ConnectionHandle: '0xCC0008', ParentHandle: '0xCC0004', ServerName: 'a.test', ServerPort: '      80', Service: 'HTTP' }, of),
    win(104, { ConnectionHandle: '0xCC000C', ParentHandle: '0xCC0008', Verb: 'GET', ObjectName: '/slow', Version: 'HTTP/1.1' }, of),
    win(200, { HINTERNET: '0xCC000C', Context: '0x1' }, { ...of, version: 1 }),
    win(304, { HostName: 'a.test', RequestHandle: '0xCC000C' }, of),
    win(305, { HostName: 'a.test', RequestHandle: '0xCC000C', AddressList: '10.0.0.1' }, of),
    win(301, { ServerName: 'a.test', ConnectionHandle: '0xCC000C', SocketHandle: '0x3f0', LocalPort: '50000' }, of),
    win(210, { RequestHandle: '0xCC000C', Length: '40', Headers: 'GET /slow HTTP/1.1\r\nHost: a.test\r\n\r\n' }, of),
    win(201, { RequestHandle: '0xCC000C', SocketHandle: '0x3f0', Verb: 'GET', Cookie: 'false' }, of),
    win(203, { ResponseCode: '200', RequestHandle: '0xCC000C', SocketHandle: '0x3f0', Verb: 'GET', ContentLength: '5' }, of),
    win(209, { RequestHandle: '0xCC000C' }, of),
    win(105, { HINTERNET: '0xCC000C' }, of),
    win(105, { HINTERNET: '0xCC0008' }, of),
  ];
}

describe.each([['XML', xmlTrace, readXml], ['CSV', csvTrace, readCsv]] as const)('%s of tracerpt', (_, write, read) => {
  it('becomes a tree for each process, by the handles and parents that the events name', () => {
    const { trace, counts, refusal } = read(write([...client(2480), ...client(777)].sort((a, b) => a.time - b.time)));
    expect(refusal).toBeUndefined();
    expect(counts).toEqual({ invalid: 0, firstInvalid: undefined, skipped: 0, truncated: false });
    const one = (process: number) => [
      `process Process ${process}`, '  session demo/1.0 (direct)', '    connection a.test:80 (HTTP) [closed]', '      request GET /slow (200) [closed]',
    ];
    expect(treeLines(trace)).toEqual([...one(2480), ...one(777)]);
    expect([...trace.tree.all()].find(({ kind }) => kind === 'session')).toMatchObject({ raw: '0xcc0004', asynchronous: true });
  });

  it('shows the phases of a request as spans in its lane', () => {
    const { trace } = read(write(client(2480)));
    expect(spanLines(trace, 'GET /slow')).toEqual([
      'pending: request 3–4', 'resolve: resolve a.test 4–5', 'connect: connect a.test 6–7', 'send: send 7–8', 'receive: waiting for the response 8–9', 'body: body 9–10',
    ]);
  });

  it('keeps texts as they were: quotes, commas, line breaks and what is not ASCII', () => {
    const headers = 'X-Quote: say "hi", then <bye> & go\nX-Ümlaut: ä';
    const { events } = read(write([...client(1), win(211, { RequestHandle: '0xCC0044', Length: '9', Headers: headers })]));
    expect(events.at(-1)).toMatchObject({ name: 'WININET_RESPONSE_HEADER', fields: { Headers: headers } });
  });

  it('makes a handle that was open before the recording when it is first named', () => {
    const { trace } = read(write([win(104, { ConnectionHandle: '0xCC000C', ParentHandle: '0xCC0008', Verb: 'POST', ObjectName: '/x' })]));
    expect(treeLines(trace)).toEqual(['process Process 2480', '  connection 0xcc0008 (opened before the recording)', '    request POST /x']);
  });

  it('takes a value that is given out again for another handle', () => {
    const again = [win(101, { HINTERNET: '0xCC0004', UserAgent: 'one' }), win(105, { HINTERNET: '0xCC0004' }), win(101, { HINTERNET: '0xCC0004', UserAgent: 'two' }), win(101, { HINTERNET: '0xCC0004', UserAgent: 'three' })];
    expect(treeLines(read(write(again)).trace)).toEqual(['process Process 2480', '  session one [closed]', '  session two [closed]', '  session three']);
  });

  it('finds a handle that was closed twice', () => {
    const { referee } = read(write([win(101, { HINTERNET: '0xCC0004' }), win(105, { HINTERNET: '0xCC0004' }), win(107, { HINTERNET: '0xCC0004', Error: '6' })]));
    expect(referee.findings).toMatchObject([{ rule: 'closed-twice', handles: [2], message: expect.stringMatching(/^Thread 3396 closed session #2 “Session” a second time .*1\.0 ms before/) }]);
  });

  it('finds handles that pile up', () => {
    const opened = Array.from({ length: 200 }, (_, count) => win(101, { HINTERNET: `0x${(0xcc0004 + count * 4).toString(16)}` }));
    const used = Array.from({ length: 400 }, () => win(105, { HINTERNET: '0xdd0000' }));
    expect(read(write([...opened.slice(0, 100), ...used, ...opened.slice(100)])).referee.findings).toMatchObject([{ rule: 'handles-growing', message: expect.stringMatching(/^128 of the 128 HINTERNETs/) }]);
  });

  it('tells failures with their code', () => {
    const { trace, events } = read(write([...client(2480).slice(0, 5), win(306, { HostName: 'a.test', RequestHandle: '0xCC000C', Error: '12007' }), win(202, { Handle: '0xCC000C', Error: '0x2EE7' })]));
    expect(events.at(-1)).toMatchObject({ error: 12007, failed: true });
    expect(spanLines(trace, 'GET /slow')).toContain('resolve: resolve a.test 4–13 bad');
  });

  it('finds which handle an event of WinINet’s own objects belongs to by its activity, else by its thread', () => {
    const activity = '{11111111-2222-3333-4444-555555555555}';
    const { trace } = read(write([
      ...client(2480).slice(0, 3),
      win(104, { ConnectionHandle: '0xCC0010', ParentHandle: '0xCC0008', Verb: 'GET', ObjectName: '/other' }, { thread: 5 }),
      win(200, { HINTERNET: '0xCC000C' }, { activity }), win(200, { HINTERNET: '0xCC0010' }, { thread: 5 }),
      win(1045, { Request: '0x7ff0' }, { thread: 99, activity }), win(1045, { Request: '0x7ff8' }, { thread: 5 }), win(1046, { Request: '0x7ff8', Socket: '8' }, { thread: 77 }),
    ]));
    expect(spanLines(trace, 'GET /slow')).toContain('connect: connect 16–NaN');
    expect(spanLines(trace, 'GET /other')).toContain('connect: connect 17–18');
  });

  it('reads every event that it makes use of, each with the fields of its manifest', () => {
    for (const { provider, id, version, name, fields } of usedEvents()) {
      const values = Object.fromEntries(fields.map((field) => [field, /Name|Url|URL|Verb|Header|Reason|Address|Method|URI|Timer|StatusLine|AddressList/.test(field) && !field.endsWith('Length') ? `text of ${field}` : '7']));
      const { events, counts, refusal } = read(write([{ provider, id, version, time: 0, fields: values }]));
      // Of a pair, the first only announces; what http.sys has of a request counts from its delivery on.
      const silent = (provider === WEBIO && (id === 5 || id === 17)) || (provider === SERVICE && [1, 2, 22, 24].includes(id));
      expect([provider, id, version, refusal, counts.invalid]).toEqual([provider, id, version, undefined, 0]);
      expect(events.some((event) => ('name' in event && event.name === name) || event.kind === 'connection'), `${provider} ${id} v${version}`).toBe(!silent);
    }
  });
});

describe('a trace of the HTTP service', () => {
  const service = (id: number, fields: Readonly<Record<string, string>>, process = 4): WrittenEvent => {
    clock += 1;
    return { provider: SERVICE, id, time: clock, process, fields };
  };
  const arrives = (request: string, connection: string, url: string): readonly WrittenEvent[] => [
    service(22, { RequestId: request, ConnectionId: `0x${connection}`, ConnectionObj: `0xffff${connection}` }),
    service(1, { RequestId: request, ConnectionId: `0x${connection}`, RemoteAddrLength: '16', RemoteAddr: '0x0200C3507F000001' }),
    service(2, { RequestObj: `0xaa${request.slice(2)}`, HttpVerb: '4', Url: url }),
    service(3, { RequestObj: `0xaa${request.slice(2)}`, RequestId: request, RequestQueueName: 'DefaultAppPool', Url: url, Status: '0' }),
  ];

  it('shows queues with the requests that were delivered to them, and how each ended', () => {
    clock = 0;
    const { trace } = readXml(xmlTrace([
      service(31, { UrlGroupId: '0xfe00000040000001', Url: 'http://+:80/', Status: '0' }, 944),
      service(21, { ConnectionObj: '0xffff10', LocalAddrLength: '16', LocalAddr: '', RemoteAddrLength: '16', RemoteAddr: '0x0200C3507F000001' }),
      ...arrives('0x1', '10', 'http://a:80/answered'), service(4, { RequestId: '0x1', ConnectionId: '0x10', StatusCode: '200', Verb: 'GET' }), service(10, { RequestId: '0x1', HttpStatus: '200' }),
      ...arrives('0x2', '10', 'http://a:80/cancelled'), service(65, { RequestId: '0x2', Reason: 'UserCancel', RequestQueueName: 'DefaultAppPool' }),
      ...arrives('0x3', '10', 'http://a:80/lost'), ...arrives('0x4', '11', 'http://a:80/waits'),
      service(23, { ConnectionObj: '0xffff10', Abortive: '1' }),
      service(64, { RequestId: '0x5', Reason: 'QueueFull', RequestQueueName: 'DefaultAppPool' }),
    ]));
    expect(treeLines(trace)).toEqual([
      'process Process 944', '  url-group URL group (http://+:80/)',
      'process HTTP service (http.sys, in the kernel)', '  request-queue Queue “DefaultAppPool”',
      '    server-request GET http://a:80/answered [completed]', '    server-request GET http://a:80/cancelled [cancelled]', '    server-request GET http://a:80/lost [disconnected]',
      '    server-request GET http://a:80/waits', '    server-request request (rejected) [completed]',
    ]);
    expect([...trace.log].filter(({ kind }) => kind === 'connection')).toMatchObject([{ what: 'accepted', remote: '127.0.0.1:50000', lost: [] }, { what: 'reset', lost: [7] }]);
  });

  it('finds a URL that could not be added, and says why', () => {
    const { referee } = readXml(xmlTrace([service(31, { UrlGroupId: '0xfe', Url: 'http://+:80/', Status: '0xC0000035' }, 944)]));
    expect(referee.findings).toMatchObject([{ rule: 'url-not-added', message: expect.stringMatching(/183 ERROR_ALREADY_EXISTS; another process or group has it/) }]);
  });

  it('finds a request that nobody answered', () => {
    clock = 0;
    const { referee } = readXml(xmlTrace([...arrives('0x1', '10', 'http://a:80/waits'), { ...service(6, { RequestId: '0x9', ConnectionId: '0x9' }), time: 60_000 }]));
    expect(referee.all(false).map(({ rule }) => rule)).toEqual(['request-unanswered']);
  });
});

describe('a trace of WebIO', () => {
  it('shows sessions, requests and sockets', () => {
    clock = 0;
    const io = (id: number, fields: Readonly<Record<string, string>>): WrittenEvent => {
      clock += 1;
      return { provider: WEBIO, id, time: clock, fields };
    };
    const { trace } = readXml(xmlTrace([
      io(6, { Session: '0x100', SessionHandle: '0x1', Error: '0' }), io(18, { Request: '0x200', RequestHandle: '0x2', Session: '0x100', SessionHandle: '0x1', Method: 'GET', URI: '/a', Error: '0' }),
      io(200, { Connection: '0x300', SocketHandle: '0x3', Address: '10.0.0.1:80' }), io(201, { Connection: '0x300', SocketHandle: '0x3', Address: '10.0.0.1:80' }),
      io(130, { Request: '0x200', RequestHandle: '0x2' }), io(131, { Request: '0x200', RequestHandle: '0x2' }), io(137, { Request: '0x200', Error: '1223' }), io(136, { Request: '0x200' }),
      io(20, { ApiObject: '0x200', ApiHandle: '0x2', Error: '0' }), io(204, { Endpoint: '0x300', Socket: '0x3' }),
    ]));
    expect(treeLines(trace)).toEqual(['process Process 2480', '  session WebIO session', '    request GET /a [cancelled]', '  connection 10.0.0.1:80 [closed]']);
    expect(spanLines(trace, '10.0.0.1:80')).toEqual(['connect: connect 10.0.0.1:80 2–3']);
  });
});
