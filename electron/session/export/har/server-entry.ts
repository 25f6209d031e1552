import type { Entry, Header } from 'har-format';
import { isIP } from 'node:net';
import type { CallEvent, EventFields, TraceEvent } from '../../../../preload/contract/event';
import { seq } from '../../../../preload/contract/ids';
import { constantName } from '../../../../preload/contract/win32/constant-table';
import { errorWords, isEndOfBody } from '../../../trace/event-words';
import { fieldsOf, numberOf, structsIn, textOf } from '../../event-fields';
import type { ExportSource } from '../export-source';
import { RecordedBody } from './body';
import type { Exchange } from './exchanges';
import { headerValue, queryOf, requestCookies, responseCookies, structHeaders } from './headers';
import { PhaseClock, totalTime } from './phases';

/** The entry of a request that the HTTP Server API received: as its server saw it, from receipt to the end of the answer. */
export function serverEntry(source: ExportSource, exchange: Exchange): Entry | undefined {
  const { log } = source.trace;
  let entry: ServerEntry | undefined;
  for (let row = 0; row < exchange.events.length; row += 1) {
    const event = log.at(seq(exchange.events.at(row)));
    const request = 'out' in event ? fieldsOf(event.out['RequestBuffer']) : {};
    if (entry === undefined && 'pRawUrl' in request) entry = new ServerEntry(source, exchange, request, log.timeAt(seq(exchange.events.at(0))));
    entry?.apply(event);
  }
  // One that is known by its id alone, because its buffer was too small, says nothing that HAR could hold.
  return entry?.finish();
}

class ServerEntry {
  private readonly clock: PhaseClock;
  private endedAt: number;
  private readonly sent = new RecordedBody();
  private readonly answered = new RecordedBody();
  private response: EventFields | undefined;
  private responseHeaders: readonly Header[] = [];
  private error: string | undefined;
  private readonly calls = new Map<number, CallEvent>();

  constructor(private readonly source: ExportSource, private readonly exchange: Exchange, private readonly request: EventFields, private readonly startedAt: number) {
    this.clock = new PhaseClock('send', startedAt);
    this.endedAt = startedAt;
    for (const chunk of structsIn(request['pEntityChunks'])) this.sent.add(chunk['pBuffer']);
    // The body that is not asked for belongs to the time that the server takes.
    this.clock.enter('wait', startedAt);
  }

  apply(event: TraceEvent): void {
    switch (event.kind) {
      case 'call': this.called(event); break;
      case 'return':
        if (event.outcome !== 'pending') this.ended(this.calls.get(event.call), event.out, isEndOfBody(event) ? 0 : event.error, event.time);
        break;
      case 'completion': this.ended(this.calls.get(event.completes), event.out, event.error, event.time); break;
      case 'connection':
        if (this.response === undefined) this.error ??= event.what === 'closed-by-peer' ? 'the client closed the connection' : `connection ${event.what}`;
        this.endedAt = Math.max(this.endedAt, event.time);
        break;
      default: break;
    }
  }

  private called(event: CallEvent): void {
    this.calls.set(event.seq, event);
    if (event.api === 'HttpReceiveRequestEntityBody') this.clock.enter('send', event.time);
    if (event.api === 'HttpCancelHttpRequest') this.error ??= 'HttpCancelHttpRequest';
  }

  private ended(call: CallEvent | undefined, out: EventFields, error: number, time: number): void {
    switch (call?.api) {
      case 'HttpReceiveRequestEntityBody':
        if (error === 0) this.sent.add(out['EntityBuffer']);
        this.clock.enter('wait', time);
        break;
      case 'HttpSendHttpResponse':
        if (error !== 0) return void (this.error ??= `HttpSendHttpResponse: ${errorWords(error)}`);
        this.answer(call, time);
        break;
      case 'HttpSendResponseEntityBody':
        if (error !== 0) return void (this.error ??= `HttpSendResponseEntityBody: ${errorWords(error)}`);
        for (const chunk of structsIn(call.args['EntityChunks'])) this.addChunk(chunk);
        break;
      case 'HttpCancelHttpRequest': break;
      default: return;
    }
    this.endedAt = Math.max(this.endedAt, time);
  }

  private answer(call: CallEvent, time: number): void {
    const response = fieldsOf(call.args['HttpResponse']);
    this.response = response;
    this.responseHeaders = structHeaders(response['Headers']);
    this.clock.enter('receive', Math.min(call.time, time));
    for (const chunk of structsIn(response['pEntityChunks'])) this.addChunk(chunk);
  }

  private addChunk(chunk: EventFields): void {
    if ('pBuffer' in chunk) this.answered.add(chunk['pBuffer']);
    // From a file or the cache: its length stands in the chunk, its bytes were never in the trace.
    else this.answered.addUnrecorded(numberOf(chunk['Length']));
  }

  finish(): Entry {
    const { request, response } = this;
    const requestHeaders = [...structHeaders(request['Headers'])];
    const responseHeaders = [...this.responseHeaders];
    const url = textOf(fieldsOf(request['CookedUrl'])['pFullUrl']) || textOf(request['pRawUrl']);
    const timings = this.clock.timings(this.endedAt);
    const address = fieldsOf(request['Address']);
    const local = hostOf(textOf(address['pLocalAddress']));
    return {
      startedDateTime: new Date(this.source.startedAt + this.startedAt).toISOString(), time: totalTime(timings),
      request: {
        method: verbOf(request), url, httpVersion: versionOf(request), cookies: requestCookies(requestHeaders), headers: requestHeaders, queryString: queryOf(url),
        headersSize: -1, bodySize: this.sent.size, ...(this.sent.empty ? {} : { postData: this.sent.postData(headerValue(requestHeaders, 'Content-Type')) }),
      },
      response: {
        status: numberOf(response?.['StatusCode']), statusText: textOf(response?.['pReason']), httpVersion: response === undefined ? '' : versionOf(request),
        cookies: responseCookies(responseHeaders), headers: responseHeaders, content: this.answered.content(headerValue(responseHeaders, 'Content-Type')),
        redirectURL: headerValue(responseHeaders, 'Location') ?? '', headersSize: -1, bodySize: -1,
        ...(response === undefined ? { comment: 'The server gave no answer.' } : {}),
      },
      cache: {}, timings,
      ...(local === undefined ? {} : { serverIPAddress: local }), connection: textOf(request['ConnectionId']),
      ...(this.error === undefined ? {} : { _error: this.error }),
      _side: 'server', _handle: this.exchange.handle, _clientAddress: textOf(address['pRemoteAddress']),
      _events: [this.exchange.events.at(0), this.exchange.events.at(this.exchange.events.length - 1)],
    };
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

/** The address of "127.0.0.1:80" or "[::1]:80". */
function hostOf(address: string): string | undefined {
  const host = address.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? undefined : host;
}
