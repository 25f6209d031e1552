import type { Entry, Header, PostData } from 'har-format';
import { isIP } from 'node:net';
import type { CallbackEvent, CallEvent, EventFields, TraceEvent } from '../../../../preload/contract/event';
import { seq } from '../../../../preload/contract/ids';
import { INTERNET_STATUS as S } from '../../../../preload/contract/win32/constants/status';
import { HTTP_ADDREQ, INTERNET_FLAG } from '../../../../preload/contract/win32/constants/wininet-flags';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import type { HandleNode } from '../../../../preload/contract/handle';
import { errorWords } from '../../../trace/event-words';
import { fieldsOf, numberOf, textOf } from '../../event-fields';
import type { HandleOpenings } from '../../handle-openings';
import type { ExportSource } from '../export-source';
import { RecordedBody } from './body';
import type { Exchange } from './exchanges';
import { headerValue, parseHeaderLines, queryOf, requestCookies, responseCookies } from './headers';
import { PhaseClock, totalTime, type Phase } from './phases';
import { ResponseFacts } from './response-facts';

/** With the success of these the head of the answer is there. */
const SENDS: ReadonlySet<string> = new Set(['HttpSendRequest', 'HttpEndRequest', 'InternetOpenUrl']);

/** The phase that a callback begins. What follows CONNECTED_TO_SERVER is the TLS handshake of a secure request. */
const BEGINS: Readonly<Record<number, Phase>> = {
  [S.INTERNET_STATUS_RESOLVING_NAME]: 'dns', [S.INTERNET_STATUS_NAME_RESOLVED]: 'blocked', [S.INTERNET_STATUS_CONNECTING_TO_SERVER]: 'connect',
  [S.INTERNET_STATUS_CONNECTED_TO_SERVER]: 'blocked', [S.INTERNET_STATUS_SENDING_REQUEST]: 'send', [S.INTERNET_STATUS_REQUEST_SENT]: 'wait',
  [S.INTERNET_STATUS_RESPONSE_RECEIVED]: 'receive',
};

/** The entries of one send: one, and one more for each redirect that was followed on the way. */
export function clientEntries(source: ExportSource, exchange: Exchange, openings: HandleOpenings): readonly Entry[] {
  const { trace } = source;
  const first = trace.log.at(seq(exchange.events.at(0)));
  if (first.kind !== 'call') return [];
  const address = addressOf(source, exchange, openings, first);
  if (address === undefined) return [];
  const writer = new ClientEntry(source, exchange, first, address.url, address.method);
  for (let row = 0; row < exchange.setup.length; row += 1) writer.prepare(trace.log.at(seq(exchange.setup.at(row))));
  for (let row = 0; row < exchange.events.length; row += 1) writer.apply(trace.log.at(seq(exchange.events.at(row))));
  return writer.finish();
}

class ClientEntry {
  private readonly done: Entry[] = [];
  private headers: Header[] = [];
  private clock: PhaseClock;
  private startedAt: number;
  private endedAt: number;
  private sent = new RecordedBody();
  private received = new RecordedBody();
  private facts = new ResponseFacts();
  private address: string | undefined;
  private error: string | undefined;
  /** Whether a callback told of a phase. */
  private told = false;
  private readonly calls = new Map<number, CallEvent>();

  constructor(private readonly source: ExportSource, private readonly exchange: Exchange, send: CallEvent, private url: string, private method: string) {
    this.startedAt = send.time;
    this.endedAt = send.time;
    this.clock = new PhaseClock('blocked', send.time);
  }

  /** Takes in what was done with the handle before it was sent. */
  prepare(event: TraceEvent): void {
    if (event.kind !== 'call' || event.api !== 'HttpAddRequestHeaders') return;
    this.addHeaders(textOf(event.args['lpszHeaders']), Number(event.args['dwModifiers'] ?? 0));
  }

  apply(event: TraceEvent): void {
    switch (event.kind) {
      case 'call': this.called(event); break;
      case 'return': this.returned(this.calls.get(event.call), event.out, event.outcome, event.error, event.time); break;
      case 'callback': this.heard(event); break;
      default: break;
    }
  }

  finish(): readonly Entry[] {
    return [...this.done, this.entry('')];
  }

  private called(event: CallEvent): void {
    this.calls.set(event.seq, event);
    const { args } = event;
    switch (event.api) {
      case 'HttpSendRequest': case 'InternetOpenUrl':
        this.addHeaders(textOf(args['lpszHeaders']), HTTP_ADDREQ.HTTP_ADDREQ_FLAG_ADD);
        this.sent.add(args['lpOptional']);
        break;
      case 'HttpSendRequestEx':
        this.addHeaders(textOf(fieldsOf(args['lpBuffersIn'])['lpcszHeader']), HTTP_ADDREQ.HTTP_ADDREQ_FLAG_ADD);
        this.sent.add(fieldsOf(args['lpBuffersIn'])['lpvBuffer']);
        break;
      case 'InternetWriteFile': this.sent.add(args['lpBuffer']); break;
      case 'HttpAddRequestHeaders': this.prepare(event); break;
      default: break;
    }
  }

  /** A call that has ended, by its return or by its REQUEST_COMPLETE. */
  private returned(call: CallEvent | undefined, out: EventFields, outcome: 'success' | 'pending' | 'failure', error: number, time: number): void {
    if (call === undefined || outcome === 'pending') return;
    switch (call.api) {
      case 'HttpSendRequest': case 'HttpSendRequestEx': case 'HttpEndRequest': case 'InternetOpenUrl': case 'InternetWriteFile': case 'InternetQueryDataAvailable':
        this.took(time);
        if (outcome === 'failure') this.fail(call, error);
        else if (SENDS.has(call.api)) this.clock.enter('receive', time);
        break;
      case 'InternetReadFile': case 'InternetReadFileEx':
        this.took(time);
        if (outcome === 'failure') this.fail(call, error);
        else this.received.add(call.api === 'InternetReadFile' ? out['lpBuffer'] : fieldsOf(out['lpBuffersOut'])['lpvBuffer']);
        break;
      case 'HttpQueryInfo':
        if (outcome === 'success') this.facts.learn(call, out['lpBuffer']);
        break;
      default: break;
    }
  }

  private took(time: number): void {
    this.endedAt = time;
    // Without callbacks nothing tells the phases apart: the time was waited.
    if (!this.told) this.clock.rename('blocked', 'wait');
  }

  /** What a call on a handle that is gone already answers says nothing of the exchange. */
  private fail(call: CallEvent, error: number): void {
    if (call.seq === this.exchange.events.at(0) || error !== WIN32_ERRORS.ERROR_INVALID_HANDLE) this.error ??= errorWords(error);
  }

  private heard(event: CallbackEvent): void {
    if (event.completes !== undefined && event.payload.kind === 'async-result') {
      const { dwResult, dwError } = event.payload;
      this.returned(this.calls.get(event.completes), event.out, dwResult === '0x0' ? 'failure' : 'success', dwError, event.time);
      return;
    }
    if (event.status === S.INTERNET_STATUS_REDIRECT && event.payload.kind === 'text') {
      this.redirect(event.payload.text, event.time);
      return;
    }
    if (event.status === S.INTERNET_STATUS_CONNECTING_TO_SERVER && event.payload.kind === 'text') this.address = ipOf(event.payload.text) ?? this.address;
    // Between two reads the connection says that it receives on: the exchange is in that phase already.
    if (event.status === S.INTERNET_STATUS_RECEIVING_RESPONSE) return;
    const phase = BEGINS[event.status];
    this.told ||= phase !== undefined;
    if (phase === undefined) return;
    const secure = event.status === S.INTERNET_STATUS_CONNECTED_TO_SERVER && this.url.startsWith('https:');
    this.clock.enter(secure ? 'ssl' : phase, event.time);
    this.endedAt = Math.max(this.endedAt, event.time);
  }

  /** The hop ends here, and the next one begins: its verb is known only where a redirect cannot have changed it. */
  private redirect(target: string, time: number): void {
    this.endedAt = time;
    this.done.push(this.entry(target));
    this.startedAt = time;
    this.clock = new PhaseClock('blocked', time);
    this.url = absolute(target, this.url);
    if (this.method !== 'HEAD') this.method = 'GET';
    this.sent = new RecordedBody();
    this.facts = new ResponseFacts();
  }

  private entry(redirectURL: string): Entry {
    const { facts } = this;
    const timings = this.clock.timings(this.endedAt);
    const requestHeaders = [...(facts.requestHeaders ?? this.headers)];
    const responseHeaders = [...facts.headers];
    const closed = this.error === undefined ? this.cancelled() : undefined;
    const error = this.error ?? closed;
    return {
      startedDateTime: new Date(this.source.startedAt + this.startedAt).toISOString(), time: totalTime(timings),
      request: {
        method: this.method, url: this.url, httpVersion: 'HTTP/1.1', cookies: requestCookies(requestHeaders), headers: requestHeaders, queryString: queryOf(this.url),
        headersSize: -1, bodySize: this.sent.size, ...this.postData(requestHeaders),
      },
      response: {
        status: facts.status, statusText: facts.statusText, httpVersion: facts.httpVersion, cookies: responseCookies(responseHeaders), headers: responseHeaders,
        content: this.received.content(headerValue(responseHeaders, 'Content-Type')), redirectURL, headersSize: -1, bodySize: -1,
        ...(facts.status === 0 ? { comment: error === undefined ? 'The application did not ask for the status.' : 'There was no response, or nothing of it was recorded.' } : {}),
      },
      cache: {}, timings,
      ...(this.address === undefined ? {} : { serverIPAddress: this.address }),
      ...(error === undefined ? {} : { _error: error }),
      _side: 'client', ...(this.exchange.handle === undefined ? {} : { _handle: this.exchange.handle }), _events: [this.exchange.events.at(0), this.exchange.events.at(this.exchange.events.length - 1)],
    };
  }

  private postData(headers: readonly Header[]): { readonly postData?: PostData } {
    return this.sent.empty ? {} : { postData: this.sent.postData(headerValue(headers, 'Content-Type')) };
  }

  /** A handle that went before its send had ended, without a callback that would tell. */
  private cancelled(): string | undefined {
    const node = this.exchange.handle === undefined ? undefined : this.source.trace.tree.get(this.exchange.handle);
    if (node?.pending.some(({ call }) => this.calls.has(call)) !== true) return undefined;
    return node.closeRequestedAt === undefined ? undefined : 'closed while it was pending';
  }

  private addHeaders(lines: string, modifiers: number): void {
    for (const header of parseHeaderLines(lines)) {
      const same = (other: Header): boolean => other.name.toLowerCase() === header.name.toLowerCase();
      if ((modifiers & HTTP_ADDREQ.HTTP_ADDREQ_FLAG_REPLACE) !== 0) this.headers = this.headers.filter((other) => !same(other));
      else if ((modifiers & HTTP_ADDREQ.HTTP_ADDREQ_FLAG_ADD_IF_NEW) !== 0 && this.headers.some(same)) continue;
      if (header.value !== '') this.headers.push(header);
    }
  }
}

interface Address {
  readonly method: string;
  readonly url: string;
}

/** What a send asked for; undefined for a handle that is no request. */
function addressOf(source: ExportSource, { handle }: Exchange, openings: HandleOpenings, send: CallEvent): Address | undefined {
  if (send.api === 'InternetOpenUrl') return { method: 'GET', url: normal(textOf(send.args['lpszUrl']).trim()) };
  const node = handle === undefined ? undefined : source.trace.tree.get(handle);
  if (node?.kind !== 'request') return undefined;
  const opened = callOf(source, openings.callOf(node.id));
  // Sent again after InternetOpenUrl had made it.
  if (opened?.api === 'InternetOpenUrl') return { method: 'GET', url: normal(textOf(opened.args['lpszUrl']).trim()) };
  const connected = callOf(source, node.parent === undefined ? undefined : openings.callOf(node.parent));
  if (opened === undefined || textOf(connected?.args['lpszServerName']) === '') return fromLabels(source, node);
  const secure = (numberOf(opened.args['dwFlags']) & INTERNET_FLAG.INTERNET_FLAG_SECURE) !== 0;
  const host = textOf(connected?.args['lpszServerName']);
  const port = numberOf(connected?.args['nServerPort']);
  const path = textOf(opened.args['lpszObjectName']);
  return {
    method: textOf(opened.args['lpszVerb']) || 'GET',
    url: normal(`${secure ? 'https' : 'http'}://${isIP(host) === 6 ? `[${host}]` : host}${port === 0 ? '' : `:${port}`}${path.startsWith('/') ? '' : '/'}${path}`),
  };
}

/** The calls that made it were dropped from a full history, or say nothing of it: its row in the tree still says what it is. */
function fromLabels({ trace }: ExportSource, { label, parent }: HandleNode): Address {
  const [method = 'GET', path = '/'] = label.split(' ', 2);
  const server = parent === undefined ? undefined : trace.tree.get(parent)?.label;
  return { method, url: normal(`http://${server ?? 'unknown'}${path}`) };
}

function callOf({ trace }: ExportSource, place: number | undefined): CallEvent | undefined {
  const event = place === undefined || !trace.log.has(place) ? undefined : trace.log.at(seq(place));
  return event?.kind === 'call' ? event : undefined;
}

/** As browsers write it: the usual port left out, what may not stand in a URL escaped. */
function normal(url: string): string {
  try {
    return new URL(url).href;
  } catch {
    return encodeURI(url);
  }
}

function absolute(target: string, base: string): string {
  try {
    return new URL(target, base).href;
  } catch {
    return target;
  }
}

/** The address in the text of CONNECTING_TO_SERVER, which Windows writes with a port behind it. */
function ipOf(said: string): string | undefined {
  const bare = said.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
  return isIP(bare) === 0 ? undefined : bare;
}
