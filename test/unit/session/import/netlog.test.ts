import { describe, expect, it } from 'vitest';
import { NetLogReader } from '../../../../electron/session/import/netlog/netlog-reader';
import { readText, spanLines, treeLines, type ReadTrace } from './imported';

const read = (text: string, piece?: number): ReadTrace => readText((emit) => new NetLogReader(emit), text, piece);

/** Numbers of its own, as every Chrome has: what they mean stands in the file. */
const TYPES = { REQUEST_ALIVE: 42, URL_REQUEST_START_JOB: 43, HOST_RESOLVER_MANAGER_REQUEST: 44, HTTP_TRANSACTION_SEND_REQUEST: 45, HTTP_TRANSACTION_READ_HEADERS: 46, CANCELLED: 47, SOCKET_ALIVE: 48, TCP_CONNECT: 49, HTTP_STREAM_REQUEST: 50 };
const SOURCES = { URL_REQUEST: 9, SOCKET: 8, HOST_RESOLVER_IMPL_JOB: 7, NONE: 0 };
const PHASES = { PHASE_NONE: 0, PHASE_BEGIN: 1, PHASE_END: 2 };

const CONSTANTS = JSON.stringify({
  logEventTypes: TYPES, logSourceType: SOURCES, logEventPhase: PHASES, netError: { ERR_ABORTED: -3, ERR_NAME_NOT_RESOLVED: -105 }, timeTickOffset: '1790000000000',
  clientInfo: { name: 'Google Chrome', version: '114.0' }, logFormatVersion: 1,
});

function event(time: number, type: keyof typeof TYPES, source: readonly [keyof typeof SOURCES, number], phase: keyof typeof PHASES = 'PHASE_NONE', params?: object): string {
  return JSON.stringify({ ...(params === undefined ? {} : { params }), phase: PHASES[phase], source: { id: source[1], start_time: '0', type: SOURCES[source[0]] }, time: String(1000 + time), type: TYPES[type] });
}

const log = (events: readonly string[]): string => `{"constants":${CONSTANTS},\n"events": [\n${events.join(',\n')}]}\n`;

const A = ['URL_REQUEST', 1] as const;
const REQUEST = [
  event(0, 'REQUEST_ALIVE', A, 'PHASE_BEGIN', { priority: 'LOWEST' }), event(1, 'URL_REQUEST_START_JOB', A, 'PHASE_BEGIN', { method: 'GET', url: 'https://a.test/x' }),
  event(2, 'HOST_RESOLVER_MANAGER_REQUEST', A, 'PHASE_BEGIN', { host: 'a.test' }), event(5, 'HOST_RESOLVER_MANAGER_REQUEST', A, 'PHASE_END'),
  event(6, 'HTTP_TRANSACTION_SEND_REQUEST', A, 'PHASE_BEGIN'), event(7, 'HTTP_TRANSACTION_SEND_REQUEST', A, 'PHASE_END'),
  event(7, 'HTTP_TRANSACTION_READ_HEADERS', A, 'PHASE_BEGIN'), event(20, 'HTTP_TRANSACTION_READ_HEADERS', A, 'PHASE_END'), event(30, 'REQUEST_ALIVE', A, 'PHASE_END'),
];

describe('NetLog', () => {
  it('becomes requests and sockets by the names that the file itself defines', () => {
    const socket = ['SOCKET', 2] as const;
    const { trace, refusal, counts } = read(log([
      ...REQUEST.slice(0, 5), event(6, 'SOCKET_ALIVE', socket, 'PHASE_BEGIN'), event(6, 'TCP_CONNECT', socket, 'PHASE_BEGIN', { address: '10.0.0.1:443' }), event(6.5, 'TCP_CONNECT', socket, 'PHASE_END', { net_error: -105 }),
      ...REQUEST.slice(5),
    ]));
    expect([refusal, counts.invalid, counts.truncated]).toEqual([undefined, 0, false]);
    expect(treeLines(trace)).toEqual(['process Google Chrome 114.0', '  request GET https://a.test/x [closed]', '  connection 10.0.0.1:443 (-105 ERR_NAME_NOT_RESOLVED)']);
    expect(spanLines(trace, 'GET https://a.test/x')).toEqual(['resolve: resolve 2–5', 'send: send 6–7', 'receive: receive 7–20']);
    expect(spanLines(trace, '10.0.0.1:443')).toEqual(['connect: connect 6–6.5 bad']);
  });

  it('tells what works for a request in its lane, and counts what works for none', () => {
    const job = ['HOST_RESOLVER_IMPL_JOB', 5] as const;
    const { events, counts } = read(log([
      ...REQUEST.slice(0, 2), event(2, 'HTTP_STREAM_REQUEST', A, 'PHASE_BEGIN', { source_dependency: { id: 5, type: SOURCES.HOST_RESOLVER_IMPL_JOB } }),
      event(3, 'HOST_RESOLVER_MANAGER_REQUEST', job, 'PHASE_BEGIN'), event(4, 'HOST_RESOLVER_MANAGER_REQUEST', ['HOST_RESOLVER_IMPL_JOB', 6], 'PHASE_BEGIN'),
    ]));
    expect(events.at(-1)).toMatchObject({ name: 'HOST_RESOLVER_MANAGER_REQUEST', handle: 2, phase: { kind: 'resolve' } });
    expect(counts.skipped).toBe(1);
  });

  it('shows a request that was cancelled', () => {
    expect(treeLines(read(log([...REQUEST.slice(0, 4), event(9, 'CANCELLED', A), ...REQUEST.slice(8)])).trace)).toContain('  request GET https://a.test/x [cancelled]');
  });

  it.each(['in the midst of an event', 'after an event'])('reads the log of a browser that still runs, which ends %s', (where) => {
    const text = log(REQUEST);
    const { trace, counts, refusal } = read(text.slice(0, where === 'after an event' ? text.lastIndexOf(',\n') + 2 : text.length - 30));
    expect([refusal, counts.truncated, counts.invalid]).toEqual([undefined, true, 0]);
    expect(treeLines(trace)).toContain('  request GET https://a.test/x');
  });

  it.each(['{"phase":1,"source":{"id":1,', '{"params":{"url":"never closed},"phase":1', 'null', '{"phase":"x","type":1,"time":"1","source":{"id":1,"type":1}}', '{"a":}', '[1,2'])('leaves out %s and reads the events after it', (damage) => {
    const { trace, counts, refusal } = read(log([...REQUEST.slice(0, 4), damage, ...REQUEST.slice(4)]));
    expect([refusal, counts.invalid]).toEqual([undefined, 1]);
    expect(counts.firstInvalid).toMatch(/^line 7: /);
    expect(treeLines(trace)).toContain('  request GET https://a.test/x [closed]');
  });

  it('says what is missing in a log without constants', () => {
    expect(read(`{"events":[${REQUEST[0]}]}`).refusal).toMatch(/constants.*not there or damaged/);
  });
});
