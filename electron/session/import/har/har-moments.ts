import type { EventFields } from '../../../../preload/contract/event';
import type { Told } from '../imported-handles';
import type { HarEntry } from './har-entry';

/** A point in the life of an entry: when, and what is said of its request then. */
export interface HarMoment {
  /** Milliseconds after the entry began. */
  readonly after: number;
  readonly name: string;
  readonly fields: EventFields;
  readonly told: Told;
}

/** What happens to a request after it began, in order: the timings one after another, as HAR lays them out, and its end. */
export function momentsOf({ response, timings, time }: HarEntry): readonly HarMoment[] {
  const moments: HarMoment[] = [];
  let after = 0;
  const phase = (kind: 'pending' | 'resolve' | 'connect' | 'send' | 'receive' | 'body', name: string, label: string, duration: number, fields: EventFields = {}): void => {
    if (duration < 0) return;
    moments.push({ after, name, fields, told: { phase: { edge: 'begin', kind, label } } });
    after += duration;
  };
  const answer = { status: response.status, ...headersOf(response.headers) };
  if (timings !== undefined) {
    // HAR counts TLS as a part of connect.
    const tls = Math.max(-1, Math.min(timings.ssl, timings.connect));
    phase('pending', 'blocked', 'blocked', timings.blocked);
    phase('resolve', 'dns', 'resolve', timings.dns);
    phase('connect', 'connect', 'connect', tls < 0 ? timings.connect : timings.connect - tls);
    phase('connect', 'ssl', 'TLS', tls);
    phase('send', 'send', 'send', timings.send);
    phase('receive', 'wait', 'waiting for the response', timings.wait);
    phase('body', 'receive', 'body', timings.receive, answer);
  }
  const failed = response.status === 0 || typeof response._error === 'string';
  const size = response.content?.size ?? response.bodySize;
  const fields = { ...(timings === undefined ? answer : {}), ...(size < 0 ? {} : { bytes: size }), ...(typeof response._error === 'string' ? { error: response._error } : {}) };
  const detail = [String(response.status), response.content?.mimeType ?? ''].filter((part) => part !== '').join(' · ');
  moments.push({ after: Math.max(after, time), name: failed ? 'failed' : 'done', fields, told: { became: failed ? 'disconnected' : 'completed', says: { detail }, ...(failed ? { failed: true } : {}) } });
  return moments;
}

/** Of one header, what the trace keeps, in characters. */
const LONGEST_HEADER = 4096;
const MOST_HEADERS = 100;

export function headersOf(headers: HarEntry['request']['headers']): EventFields {
  if (headers.length === 0) return {};
  return { headers: headers.slice(0, MOST_HEADERS).map(({ name, value }) => `${name}: ${value}`.slice(0, LONGEST_HEADER)).join('\n') };
}
