import type { EventFields, EventValue, ObservedEvent, ObservedPhase, TraceEvent } from '../../preload/contract/event';
import type { HttpField, HttpPhaseKind } from '../../preload/contract/http-exchange';
import type { Seq } from '../../preload/contract/ids';
import { numberOf, textOf } from '../trace/event-fields';
import type { Trace } from '../trace/trace';
import type { Exchange } from './find-exchanges';
import type { ExchangeFold, FoldedExchange } from './folded-exchange';
import { headerValue, parseHeaderLines } from './header-fields';
import { PhaseClock } from './phases';
import { RecordedBody } from './recorded-body';
import { SecurityFacts } from './security-facts';

/** The names under which ETW, NetLog and HAR tell the same. */
const HEADERS = ['headers', 'Headers'];
const STATUS = ['status', 'ResponseCode', 'StatusCode'];
const SIZE = ['bytes', 'ContentLength'];

const PHASE_OF: Readonly<Record<Extract<ObservedPhase, { readonly edge: 'begin' }>['kind'], HttpPhaseKind>> = {
  pending: 'blocked', resolve: 'dns', connect: 'connect', send: 'send', receive: 'wait', body: 'receive',
};

/** A request of another program, as far as what was written of it tells: one exchange for each time it was sent. */
export class ObservedFold implements ExchangeFold<TraceEvent> {
  private readonly sendings: ObservedSending[] = [];

  constructor(private readonly trace: Trace, private readonly exchange: Exchange) {}

  apply(event: TraceEvent): void {
    if (event.kind !== 'observed') return;
    let sending = this.sendings.at(-1);
    if (sending === undefined || sending.endedBy(event)) {
      sending = new ObservedSending(this.trace, this.exchange, event);
      this.sendings.push(sending);
    }
    sending.apply(event);
  }

  folded(): readonly FoldedExchange[] {
    return this.sendings.map((one) => one.folded());
  }
}

class ObservedSending {
  private readonly clock: PhaseClock;
  private last: Seq;
  private endedAt: number;
  private method: string;
  private url: string;
  private version = '';
  private requestHeaders: readonly HttpField[] = [];
  private responseHeaders: readonly HttpField[] = [];
  private status: number | undefined;
  private statusText = '';
  private answerVersion = '';
  private size = -1;
  private error: string | undefined;

  constructor({ tree }: Trace, private readonly exchange: Exchange, private readonly first: ObservedEvent) {
    this.clock = new PhaseClock('blocked', first.time);
    this.endedAt = first.time;
    this.last = first.seq;
    // ETW and HAR say the version when they tell of the request, NetLog with its headers.
    this.version = /^HTTP\/[\d.]+$/.exec(first.created?.detail ?? '')?.[0] ?? '';
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
    this.last = event.seq;
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

  folded(): FoldedExchange {
    const sent = new RecordedBody();
    const received = new RecordedBody(0);
    // What was written down of a body is its length.
    received.addUnrecorded(this.size);
    received.ended = this.size >= 0;
    return {
      side: 'observed', handle: this.exchange.handle, first: this.first.seq, last: this.last, startedAt: this.first.time, endedAt: this.endedAt,
      request: { method: this.method, url: this.url, version: this.version, fields: this.requestHeaders, known: this.requestHeaders.length > 0 ? 'all' : 'nothing', body: sent },
      response: {
        status: this.status ?? 0, reason: this.statusText, version: this.answerVersion, fields: this.responseHeaders, known: this.responseHeaders.length > 0 ? 'all' : this.status === undefined ? 'nothing' : 'some',
        body: received, redirectURL: headerValue(this.responseHeaders, 'Location') ?? '',
      },
      clock: this.clock, serverAddress: undefined, clientAddress: undefined, connectionId: undefined, error: this.error, security: new SecurityFacts(),
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
