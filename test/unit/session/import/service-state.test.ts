import { describe, expect, it } from 'vitest';
import { ServiceStateReader } from '../../../../electron/session/import/service-state/service-state-reader';
import { readText, treeLines, type ReadTrace } from './imported';
import { BY_QUEUE, BY_SESSION, GERMAN } from './servicestate-text';

const read = (text: string, piece?: number): ReadTrace => readText((emit) => new ServiceStateReader(emit), text.replaceAll('\n', '\r\n'), piece);

describe('netsh http show servicestate', () => {
  it('by sessions: sessions with their groups, then the queues', () => {
    expect(treeLines(read(BY_SESSION).trace)).toEqual([
      'process HTTP service (as netsh saw it at one moment)', '  server-session Session FF00000420000001', '    url-group HTTP://+:5357/4C2CDC17/ (HTTP://+:5357/4C2CDC17/ HTTPS://[::1]:443/X/)',
      '  server-session Session FF00000620000011', '  request-queue Request queue is unnamed. (pid 5492)', '  request-queue DefaultAppPool (pid 37584, pid 37585)',
    ]);
  });

  const byQueue = [
    'process HTTP service (as netsh saw it at one moment)', '  request-queue DefaultAppPool (svchost.exe (2688))', '  server-session Session FB00000020000001',
    '    url-group HTTPS://+:443/HOSTAGENT/ (HTTPS://+:443/HOSTAGENT/)',
  ];

  it('by queues: the groups below the queue are shown below their sessions, as they belong', () => {
    expect(treeLines(read(BY_QUEUE).trace)).toEqual(byQueue);
  });

  it('in another language: the same tree, with the names of that language', () => {
    const { trace, events } = read(GERMAN);
    expect(treeLines(trace)).toEqual(byQueue);
    expect(events.find((event) => event.kind === 'observed' && event.created?.kind === 'request-queue')).toMatchObject({
      fields: { 'Aktive Anforderungen': '3', 'Anforderungen in der Warteschlange': '1', 'processes': ['2688 C:\\Windows\\System32\\svchost.exe'] },
    });
  });

  it('says how many requests each queue has, with every other value of it', () => {
    const { events } = read(BY_QUEUE);
    expect(events.find((event) => event.kind === 'observed' && event.created?.kind === 'request-queue')).toMatchObject({ fields: { 'Active requests': '3', 'Queued requests': '1', 'Requests arrived': '6' } });
  });

  it('refuses a text that has none of them', () => {
    expect(read('Version: 2.0\n').refusal).toMatch(/no session, URL group or queue/);
  });
});
