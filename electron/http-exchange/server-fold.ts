import type { CallEvent, EventFields, TraceEvent } from '../../preload/contract/event';
import type { HttpField } from '../../preload/contract/http-exchange';
import { seq, type Seq } from '../../preload/contract/ids';
import { constantName } from '../../preload/contract/win32/constant-table';
import { HTTP_API_MEMBERS } from '../../preload/contract/win32/constants/http-api-members';
import { WIN32_ERRORS } from '../../preload/contract/win32/constants/win32-errors';
import { errorWords, isEndOfBody } from '../trace/event-words';
import { fieldsOf, numberOf, structsIn, textOf } from '../trace/event-fields';
import type { Trace } from '../trace/trace';
import type { Exchange } from './find-exchanges';
import type { ExchangeFold, FoldedExchange, FoldOptions } from './folded-exchange';
import { headerValue, structHeaders } from './header-fields';
import { PhaseClock } from './phases';
import { RecordedBody } from './recorded-body';
import { SecurityFacts } from './security-facts';

const MORE_BODY = HTTP_API_MEMBERS.HTTP_REQUEST_FLAG.MORE_ENTITY_BODY_EXISTS;
const MORE_DATA = HTTP_API_MEMBERS.HTTP_SEND_RESPONSE_FLAG.MORE_DATA;

/** A request that the HTTP Server API received: as its server saw it, from receipt to the end of the answer. */
export class ServerFold implements ExchangeFold<TraceEvent> {
  private readonly clock: PhaseClock;
  private readonly startedAt: number;
  private endedAt: number;
  private last: Seq;
  private readonly sent: RecordedBody;
  private readonly answered: RecordedBody;
  /** HTTP_REQUEST, once a receive had room for it. */
  private request: EventFields | undefined;
  private response: EventFields | undefined;
  private responseFields: readonly HttpField[] = [];
  private error: string | undefined;
  private readonly security = new SecurityFacts();
  private readonly calls = new Map<Seq, CallEvent>();

  constructor(trace: Trace, private readonly exchange: Exchange, { limit }: FoldOptions) {
    const first = seq(exchange.events.at(0));
    this.startedAt = trace.log.has(first) ? trace.log.timeAt(first) : 0;
    this.endedAt = this.startedAt;
    this.last = first;
    this.clock = new PhaseClock('send', this.startedAt);
    this.sent = new RecordedBody(limit);
    this.answered = new RecordedBody(limit);
  }

  apply(event: TraceEvent): void {
    this.last = event.seq;
    if (this.request === undefined && 'out' in event) this.received(fieldsOf(event.out['RequestBuffer']));
    switch (event.kind) {
      case 'call': this.called(event); break;
      case 'return':
        if (event.outcome !== 'pending') this.ended(this.calls.get(event.call), event.out, isEndOfBody(event) ? 'end' : event.error, event.time);
        break;
      case 'completion': this.ended(this.calls.get(event.completes), event.out, event.error, event.time); break;
      case 'connection':
        if (this.response === undefined) this.error ??= event.what === 'closed-by-peer' ? 'the client closed the connection' : `connection ${event.what}`;
        this.endedAt = Math.max(this.endedAt, event.time);
        break;
      default: break;
    }
  }

  /** Nothing of one that is known by its id alone, because its buffer was too small. */
  folded(): readonly FoldedExchange[] {
    const { request, response } = this;
    if (request === undefined) return [];
    const address = fieldsOf(request['Address']);
    return [{
      side: 'server', handle: this.exchange.handle, first: seq(this.exchange.events.at(0)), last: this.last, startedAt: this.startedAt, endedAt: this.endedAt,
      request: {
        method: verbOf(request), url: textOf(fieldsOf(request['CookedUrl'])['pFullUrl']) || textOf(request['pRawUrl']), version: versionOf(request),
        fields: structHeaders(request['Headers']), known: 'all', body: this.sent,
      },
      response: {
        status: numberOf(response?.['StatusCode']), reason: textOf(response?.['pReason']), version: response === undefined ? '' : versionOf(request),
        fields: this.responseFields, known: response === undefined ? 'nothing' : 'all', body: this.answered, redirectURL: headerValue(this.responseFields, 'Location') ?? '',
      },
      clock: this.clock, serverAddress: textOf(address['pLocalAddress']), clientAddress: textOf(address['pRemoteAddress']), connectionId: textOf(request['ConnectionId']),
      error: this.error, security: this.security,
    }];
  }

  private received(request: EventFields): void {
    if (!('pRawUrl' in request)) return;
    this.request = request;
    for (const chunk of structsIn(request['pEntityChunks'])) this.sent.add(chunk['pBuffer']);
    this.sent.ended = (numberOf(request['Flags']) & MORE_BODY) === 0;
    this.security.learnSslInfo(fieldsOf(request['pSslInfo']));
    // The body that is not asked for belongs to the time that the server takes.
    this.clock.enter('wait', this.startedAt);
  }

  private called(event: CallEvent): void {
    this.calls.set(event.seq, event);
    if (event.api === 'HttpReceiveRequestEntityBody') this.clock.enter('send', event.time);
    if (event.api === 'HttpCancelHttpRequest') this.error ??= 'HttpCancelHttpRequest';
  }

  /** @param error of the call; "end" where it only says that the body has ended */
  private ended(call: CallEvent | undefined, out: EventFields, error: number | 'end', time: number): void {
    if (call === undefined) return;
    this.calls.delete(call.seq);
    switch (call.api) {
      case 'HttpReceiveRequestEntityBody':
        if (error === 0) this.sent.add(out['EntityBuffer']);
        else if (error === 'end' || error === WIN32_ERRORS.ERROR_HANDLE_EOF) this.sent.ended = true;
        this.clock.enter('wait', time);
        break;
      case 'HttpSendHttpResponse':
        if (error !== 0) return this.failed(call, error);
        this.answer(call, time);
        break;
      case 'HttpSendResponseEntityBody':
        if (error !== 0) return this.failed(call, error);
        this.more(structsIn(call.args['EntityChunks']), call.args['Flags']);
        break;
      case 'HttpReceiveClientCertificate':
        if (error === 0) this.security.learnClient(fieldsOf(out['SslClientCertInfo']));
        break;
      case 'HttpCancelHttpRequest': break;
      default: return;
    }
    this.endedAt = Math.max(this.endedAt, time);
  }

  private failed({ api }: CallEvent, error: number | 'end'): void {
    this.error ??= `${api}: ${error === 'end' ? '' : errorWords(error)}`;
  }

  private answer(call: CallEvent, time: number): void {
    const response = fieldsOf(call.args['HttpResponse']);
    this.response = response;
    this.responseFields = structHeaders(response['Headers']);
    this.clock.enter('receive', Math.min(call.time, time));
    this.more(structsIn(response['pEntityChunks']), call.args['Flags']);
  }

  private more(chunks: readonly EventFields[], flags: EventFields[string] | undefined): void {
    for (const chunk of chunks) {
      if ('pBuffer' in chunk) this.answered.add(chunk['pBuffer']);
      // From a file or the cache: its length stands in the chunk, its bytes were never in the trace.
      else this.answered.addUnrecorded(numberOf(chunk['Length']));
    }
    this.answered.ended = (numberOf(flags) & MORE_DATA) === 0;
  }
}

function verbOf(request: EventFields): string {
  const unknown = textOf(request['pUnknownVerb']);
  return unknown !== '' ? unknown : (constantName('HTTP_VERB', numberOf(request['Verb'])) ?? '').replace('HttpVerb', '');
}

function versionOf(request: EventFields): string {
  const version = fieldsOf(request['Version']);
  return `HTTP/${numberOf(version['MajorVersion'])}.${numberOf(version['MinorVersion'])}`;
}
