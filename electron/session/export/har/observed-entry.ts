import type { Entry, Header } from 'har-format';
import type { EventFields, EventValue, ObservedEvent, ObservedPhase, TraceEvent } from '../../../../preload/contract/event';
import { seq } from '../../../../preload/contract/ids';
import { numberOf, textOf } from '../../event-fields';
import type { ExportSource } from '../export-source';
import type { Exchange } from './exchanges';
import { headerValue, parseHeaderLines, queryOf, requestCookies, responseCookies } from './headers';
import { PhaseClock, totalTime, type Phase } from './phases';

/** The names under which ETW, NetLog and HAR tell the same. */
const HEADERS = ['headers', 'Headers'];
const STATUS = ['status', 'ResponseCode', 'StatusCode'];
const SIZE = ['bytes', 'ContentLength'];

const PHASE_OF: Readonly<Record<Extract<ObservedPhase, { readonly edge: 'begin' }>['kind'], Phase>> = {
  pending: 'blocked', resolve: 'dns', connect: 'connect', send: 'send', receive: 'wait', body: 'receive',
};

/** The entries of a request of another program, as far as what was written of it tells: one for each time it was sent. */
export function observedEntries(source: ExportSource, exchange: Exchange): readonly Entry[] {
  const { log } = source.trace;
  const entries: ObservedEntry[] = [];
  let entry: ObservedEntry | undefined;
  for (let row = 0; row < exchange.events.length; row += 1) {
    const event: TraceEvent = log.at(seq(exchange.events.at(row)));
    if (event.kind !== 'observed') continue;
    if (entry === undefined || entry.endedBy(event)) {
      entry = new ObservedEntry(source, exchange, event);
      entries.push(entry);
    }
    entry.apply(event);
  }
  return entries.map((one) => one.finish());
}

class ObservedEntry {
  private readonly clock: PhaseClock;
  private readonly events: [number, number];
  private endedAt: number;
  private method: string;
  private url: string;
  private version = '';
  private requestHeaders: readonly Header[] = [];
  private responseHeaders: readonly Header[] = [];
  private status: number | undefined;
  private statusText = '';
  private answerVersion = '';
  private size = -1;
  private error: string | undefined;

  constructor(private readonly source: ExportSource, private readonly exchange: Exchange, private readonly first: ObservedEvent) {
    this.clock = new PhaseClock('blocked', first.time);
    this.endedAt = first.time;
    this.events = [first.seq, first.seq];
    // ETW and HAR say the version when they tell of the request, NetLog with its headers.
    this.version = /^HTTP\/[\d.]+$/.exec(first.created?.detail ?? '')?.[0] ?? '';
    const { tree } = source.trace;
    const node = exchange.handle === undefined ? undefined : tree.get(exchange.handle);
    const [method = '', target = ''] = node?.label.split(' ', 2) ?? [];
    this.method = method;
    this.url = absolute(target, node?.parent === undefined ? '' : tree.get(node.parent)?.label ?? '');
  }

  /** A request that begins again after it was answered was redirected, or asked for again with what the answer wanted. */
  endedBy({ name, fields }: ObservedEvent): boolean {
    return this.status !== undefined && name === 'URL_REQUEST_START_JOB' && 'url' in fields;
  }

  apply(event: ObservedEvent): void {
    this.events[1] = event.seq;
    this.time(event);
    const { fields } = event;
    const method = textOf(fields['method']);
    if (method !== '') this.method = method;
    const url = textOf(fields['url']);
    if (/^[a-z][a-z0-9+.-]*:/i.test(url)) this.url = url;
    const lines = linesOf(firstOf(fields, HEADERS));
    const status = numberOf(firstOf(fields, STATUS));
    if (status > 0) this.status = status;
    if (isAnswer(event)) this.answered(lines);
    else if (lines !== '') this.asked(lines, textOf(fields['line']));
    const size = numberOf(firstOf(fields, SIZE));
    if (size > 0 || 'bytes' in fields) this.size = size;
    if (event.failed === true) this.error ??= textOf(fields['error']) || (event.says?.detail ?? event.name);
  }

  private time({ phase, became, time }: ObservedEvent): void {
    if (phase?.edge === 'begin') this.clock.enter(phase.label === 'TLS' ? 'ssl' : PHASE_OF[phase.kind], time);
    if (phase !== undefined || became === 'completed' || became === 'disconnected') this.endedAt = time;
  }

  private asked(lines: string, line: string): void {
    this.requestHeaders = parseHeaderLines(lines);
    this.version = /\s(HTTP\/[\d.]+)\s*$/.exec(line === '' ? lines.split('\n', 1)[0] ?? '' : line)?.[1] ?? this.version;
  }

  private answered(lines: string): void {
    if (lines === '') return;
    this.responseHeaders = parseHeaderLines(lines);
    const [, version, status, words] = /^(HTTP\/[\d.]+)\s+(\d{3})\s*([^\n]*)/.exec(lines) ?? [];
    if (version === undefined) return;
    this.answerVersion = version;
    this.status = Number(status);
    this.statusText = words ?? '';
  }

  finish(): Entry {
    const { url, version, status } = this;
    const requestHeaders = [...this.requestHeaders];
    const responseHeaders = [...this.responseHeaders];
    const timings = this.clock.timings(this.endedAt);
    return {
      startedDateTime: new Date(this.source.startedAt + this.first.time).toISOString(), time: totalTime(timings),
      request: {
        method: this.method, url, httpVersion: version, cookies: requestCookies(requestHeaders), headers: requestHeaders, queryString: queryOf(url), headersSize: -1, bodySize: -1,
      },
      response: {
        status: status ?? 0, statusText: this.statusText, httpVersion: this.answerVersion, cookies: responseCookies(responseHeaders), headers: responseHeaders,
        content: { size: Math.max(0, this.size), mimeType: headerValue(responseHeaders, 'Content-Type') ?? 'x-unknown' },
        redirectURL: headerValue(responseHeaders, 'Location') ?? '', headersSize: -1, bodySize: this.size,
        ...(status === undefined ? { comment: 'No answer was written down.' } : {}),
      },
      cache: {}, timings,
      ...(this.error === undefined ? {} : { _error: this.error }),
      _side: 'client', _handle: this.exchange.handle, _events: this.events,
    };
  }
}

function firstOf(fields: EventFields, names: readonly string[]): EventValue | undefined {
  const name = names.find((one) => one in fields);
  return name === undefined ? undefined : fields[name];
}

function linesOf(value: EventValue | undefined): string {
  if (Array.isArray(value)) return value.map((line) => textOf(line)).join('\n');
  return textOf(value);
}

/** Whether the headers of an event are those that came back: by its name, or in HAR by the status beside them. */
function isAnswer({ name, fields }: ObservedEvent): boolean {
  return /RESPONSE/i.test(name) || firstOf(fields, STATUS) !== undefined;
}

/** @param origin the label of the connection: "https://a.test", or "a.test:443" */
function absolute(target: string, origin: string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(target)) return target;
  const port = /:(\d+)$/.exec(origin)?.[1];
  const base = origin.includes('://') ? origin : `${port === '443' ? 'https' : 'http'}://${origin.replace(port === '443' ? /:443$/ : /:80$/, '')}`;
  return `${base}${target.startsWith('/') ? '' : '/'}${target}`;
}
