import { isIP } from 'node:net';
import type { CallbackEvent, CallEvent, EventFields, TraceEvent } from '../../preload/contract/event';
import type { HttpField, HttpPhaseKind } from '../../preload/contract/http-exchange';
import { seq, type Seq } from '../../preload/contract/ids';
import { INTERNET_STATUS as S } from '../../preload/contract/win32/constants/status';
import { HTTP_ADDREQ } from '../../preload/contract/win32/constants/wininet-flags';
import { WIN32_ERRORS } from '../../preload/contract/win32/constants/win32-errors';
import { errorWords } from '../trace/event-words';
import { fieldsOf, textOf } from '../trace/event-fields';
import type { Trace } from '../trace/trace';
import type { Exchange } from './find-exchanges';
import type { ExchangeFold, FoldedExchange, FoldedResponse, FoldOptions } from './folded-exchange';
import { parseHeaderLines } from './header-fields';
import { PhaseClock } from './phases';
import { RecordedBody } from './recorded-body';
import { absolute, type Address } from './request-address';
import { ResponseFacts } from './response-facts';
import { SecurityFacts } from './security-facts';

/** With the success of these the head of the answer is there. */
const SENDS: ReadonlySet<string> = new Set(['HttpSendRequest', 'HttpEndRequest', 'InternetOpenUrl']);

/** The phase that a callback begins. What follows CONNECTED_TO_SERVER is the TLS handshake of a secure request. */
const BEGINS: Readonly<Record<number, HttpPhaseKind>> = {
  [S.INTERNET_STATUS_RESOLVING_NAME]: 'dns', [S.INTERNET_STATUS_NAME_RESOLVED]: 'blocked', [S.INTERNET_STATUS_CONNECTING_TO_SERVER]: 'connect',
  [S.INTERNET_STATUS_CONNECTED_TO_SERVER]: 'blocked', [S.INTERNET_STATUS_SENDING_REQUEST]: 'send', [S.INTERNET_STATUS_REQUEST_SENT]: 'wait',
  [S.INTERNET_STATUS_RESPONSE_RECEIVED]: 'receive',
};

/** One send of WinINet, and one more exchange for each redirect that was followed on the way. */
export class ClientFold implements ExchangeFold<TraceEvent> {
  private readonly done: FoldedExchange[] = [];
  private fields: HttpField[] = [];
  private clock: PhaseClock;
  private startedAt: number;
  private endedAt: number;
  private first: Seq;
  private last: Seq;
  private sent: RecordedBody;
  private received: RecordedBody;
  private facts = new ResponseFacts();
  private security = new SecurityFacts();
  private address: string | undefined;
  private error: string | undefined;
  /** Whether a callback told of a phase. */
  private told = false;
  private url: string;
  private method: string;
  private readonly calls = new Map<Seq, CallEvent>();
  private readonly send: Seq;

  constructor(private readonly trace: Trace, private readonly exchange: Exchange, { seq: send, time }: CallEvent, { url, method }: Address, private readonly how: FoldOptions) {
    [this.startedAt, this.endedAt] = [time, time];
    [this.first, this.last, this.send] = [send, send, send];
    [this.url, this.method] = [url, method];
    this.clock = new PhaseClock('blocked', time);
    this.sent = new RecordedBody(how.limit);
    this.received = new RecordedBody(how.limit);
    for (let row = 0; row < exchange.setup.length; row += 1) {
      const place = exchange.setup.at(row);
      if (trace.log.has(place)) this.prepare(trace.log.at(seq(place)));
    }
  }

  /** Takes in what was done with the handle before it was sent. */
  private prepare(event: TraceEvent): void {
    if (event.kind !== 'call' || event.api !== 'HttpAddRequestHeaders') return;
    this.addFields(textOf(event.args['lpszHeaders']), Number(event.args['dwModifiers'] ?? 0));
  }

  apply(event: TraceEvent): void {
    this.last = event.seq;
    switch (event.kind) {
      case 'call': this.called(event); break;
      case 'return': this.returned(this.calls.get(event.call), event.out, event.outcome, event.error, event.time); break;
      case 'callback': this.heard(event); break;
      default: break;
    }
  }

  folded(): readonly FoldedExchange[] {
    return [...this.done, this.present('')];
  }

  private called(event: CallEvent): void {
    this.calls.set(event.seq, event);
    const { args } = event;
    switch (event.api) {
      case 'HttpSendRequest': case 'InternetOpenUrl':
        this.addFields(textOf(args['lpszHeaders']), HTTP_ADDREQ.HTTP_ADDREQ_FLAG_ADD);
        this.sent.add(args['lpOptional']);
        break;
      case 'HttpSendRequestEx':
        this.addFields(textOf(fieldsOf(args['lpBuffersIn'])['lpcszHeader']), HTTP_ADDREQ.HTTP_ADDREQ_FLAG_ADD);
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
    this.calls.delete(call.seq);
    switch (call.api) {
      case 'HttpSendRequest': case 'HttpSendRequestEx': case 'HttpEndRequest': case 'InternetOpenUrl': case 'InternetWriteFile': case 'InternetQueryDataAvailable':
        this.took(time);
        if (outcome === 'failure') this.fail(call, error);
        else if (SENDS.has(call.api)) this.answered(time);
        break;
      case 'InternetReadFile': case 'InternetReadFileEx':
        this.took(time);
        if (outcome === 'failure') this.fail(call, error);
        else this.read(call.api === 'InternetReadFile' ? out['lpBuffer'] : fieldsOf(out['lpBuffersOut'])['lpvBuffer']);
        break;
      case 'HttpQueryInfo':
        if (outcome === 'success') this.facts.learn(call, out['lpBuffer']);
        break;
      case 'InternetQueryOption':
        if (outcome === 'success') this.security.learnOption(call, out['lpBuffer']);
        break;
      default: break;
    }
  }

  private answered(time: number): void {
    this.clock.enter('receive', time);
    this.sent.ended = true;
  }

  /** A read that succeeds with nothing is the end of the body (wininet/nf-wininet-internetreadfile). */
  private read(buffer: EventFields[string] | undefined): void {
    if (fieldsOf(buffer)['bytes'] === 0) this.received.ended = true;
    this.received.add(buffer);
  }

  private took(time: number): void {
    this.endedAt = time;
    // Without callbacks nothing tells the phases apart: the time was waited.
    if (!this.told) this.clock.rename('blocked', 'wait');
  }

  /** What a call on a handle that is gone already answers says nothing of the exchange. */
  private fail(call: CallEvent, error: number): void {
    if (call.seq === this.send || error !== WIN32_ERRORS.ERROR_INVALID_HANDLE) this.error ??= errorWords(error);
  }

  private heard(event: CallbackEvent): void {
    if (event.completes !== undefined && event.payload.kind === 'async-result') {
      const { dwResult, dwError } = event.payload;
      this.returned(this.calls.get(event.completes), event.out, dwResult === '0x0' ? 'failure' : 'success', dwError, event.time);
      return;
    }
    if (event.status === S.INTERNET_STATUS_REDIRECT && event.payload.kind === 'text') {
      this.redirect(event.payload.text, event);
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
  private redirect(target: string, { seq: at, time }: CallbackEvent): void {
    this.endedAt = time;
    this.sent.ended = true;
    this.done.push(this.present(target));
    this.startedAt = time;
    this.first = at;
    this.clock = new PhaseClock('blocked', time);
    this.url = absolute(target, this.url);
    if (this.method !== 'HEAD') this.method = 'GET';
    this.sent = new RecordedBody(this.how.limit);
    this.received = new RecordedBody(this.how.limit);
    this.facts = new ResponseFacts();
    this.security = new SecurityFacts();
  }

  private present(redirectURL: string): FoldedExchange {
    const { facts } = this;
    return {
      side: 'client', handle: this.exchange.handle, first: this.first, last: this.last, startedAt: this.startedAt, endedAt: this.endedAt,
      request: {
        method: this.method, url: this.url, version: 'HTTP/1.1', fields: facts.requestHeaders ?? [...this.fields], known: facts.requestHeaders === undefined ? 'some' : 'all', body: this.sent,
      },
      response: { status: facts.status, reason: facts.statusText, version: facts.httpVersion, fields: [...facts.headers], known: this.headKnown(), body: this.received, redirectURL },
      clock: this.clock, serverAddress: this.address, clientAddress: undefined, connectionId: undefined,
      error: this.error ?? this.cancelled(), security: this.security,
    };
  }

  private headKnown(): FoldedResponse['known'] {
    if (this.facts.whole) return 'all';
    return this.facts.status !== 0 || this.facts.headers.length > 0 ? 'some' : 'nothing';
  }

  /** A handle that went before its send had ended, without a callback that would tell. */
  private cancelled(): string | undefined {
    const node = this.exchange.handle === undefined ? undefined : this.trace.tree.get(this.exchange.handle);
    if (node?.pending.some(({ call }) => this.calls.has(call)) !== true) return undefined;
    return node.closeRequestedAt === undefined || node.closeRequestedAt > (this.how.until ?? Number.POSITIVE_INFINITY) ? undefined : 'closed while it was pending';
  }

  private addFields(lines: string, modifiers: number): void {
    for (const field of parseHeaderLines(lines)) {
      const same = (other: HttpField): boolean => other.name.toLowerCase() === field.name.toLowerCase();
      if ((modifiers & HTTP_ADDREQ.HTTP_ADDREQ_FLAG_REPLACE) !== 0) this.fields = this.fields.filter((other) => !same(other));
      else if ((modifiers & HTTP_ADDREQ.HTTP_ADDREQ_FLAG_ADD_IF_NEW) !== 0 && this.fields.some(same)) continue;
      if (field.value !== '') this.fields.push(field);
    }
  }
}

/** The address in the text of CONNECTING_TO_SERVER, which Windows writes with a port behind it. */
function ipOf(said: string): string | undefined {
  const bare = said.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
  return isIP(bare) === 0 ? undefined : bare;
}
