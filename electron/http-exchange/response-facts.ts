import type { CallEvent, EventValue } from '../../preload/contract/event';
import type { HttpField } from '../../preload/contract/http-exchange';
import { constantName } from '../../preload/contract/win32/constant-table';
import { HTTP_QUERY as Q } from '../../preload/contract/win32/constants/http-query';
import { parseHeaderLines } from './header-fields';

/** Attributes of HttpQueryInfo that are no header of the message. */
const NO_HEADERS: ReadonlySet<number> = new Set([
  Q.HTTP_QUERY_VERSION, Q.HTTP_QUERY_STATUS_CODE, Q.HTTP_QUERY_STATUS_TEXT, Q.HTTP_QUERY_RAW_HEADERS, Q.HTTP_QUERY_RAW_HEADERS_CRLF,
  Q.HTTP_QUERY_REQUEST_METHOD, Q.HTTP_QUERY_ECHO_REQUEST, Q.HTTP_QUERY_ECHO_REPLY, Q.HTTP_QUERY_ECHO_HEADERS, Q.HTTP_QUERY_ECHO_HEADERS_CRLF, Q.HTTP_QUERY_CUSTOM,
]);

/** What the application asked of the response with HttpQueryInfo: the trace knows nothing else of its head. */
export class ResponseFacts {
  status = 0;
  statusText = '';
  httpVersion = '';
  /** The request's own headers, where the application asked for them as they were sent. */
  requestHeaders: readonly HttpField[] | undefined;
  private all: readonly HttpField[] | undefined;
  private readonly single: HttpField[] = [];

  get headers(): readonly HttpField[] {
    return this.all ?? this.single;
  }

  /** Whether the whole head was asked for, and not fields one by one. */
  get whole(): boolean {
    return this.all !== undefined;
  }

  /** Takes in what a successful HttpQueryInfo answered. */
  learn(call: CallEvent, answer: EventValue | undefined): void {
    const level = call.args['dwInfoLevel'];
    if (typeof level !== 'number' || (typeof answer !== 'string' && typeof answer !== 'number')) return;
    const text = String(answer);
    const attribute = level & 0xffff;
    if ((level & Q.HTTP_QUERY_FLAG_REQUEST_HEADERS) !== 0) {
      if (isRaw(attribute)) this.requestHeaders = parseHeaderLines(lines(text));
      return;
    }
    if (isRaw(attribute)) this.learnHead(lines(text));
    else if (attribute === Q.HTTP_QUERY_STATUS_CODE) this.status = Number(text) || 0;
    else if (attribute === Q.HTTP_QUERY_STATUS_TEXT) this.statusText = text;
    else if (attribute === Q.HTTP_QUERY_VERSION) this.httpVersion = text;
    else if (!NO_HEADERS.has(attribute)) this.learnHeader(attribute, text);
  }

  private learnHead(text: string): void {
    const line = /^(HTTP\/[\d.]+) (\d{3}) ?([^\r\n]*)/.exec(text);
    if (line !== null) [this.httpVersion, this.status, this.statusText] = [line[1] ?? '', Number(line[2]), line[3] ?? ''];
    this.all = parseHeaderLines(text);
  }

  private learnHeader(attribute: number, value: string): void {
    const constant = constantName('HTTP_QUERY', attribute);
    if (constant === undefined) return;
    const name = constant.replace('HTTP_QUERY_', '').toLowerCase().replace(/(^|_)([a-z])/g, (_match, start: string, letter: string) => `${start === '_' ? '-' : ''}${letter.toUpperCase()}`);
    if (!this.single.some((header) => header.name === name && header.value === value)) this.single.push({ name, value });
  }
}

function isRaw(attribute: number): boolean {
  return attribute === Q.HTTP_QUERY_RAW_HEADERS || attribute === Q.HTTP_QUERY_RAW_HEADERS_CRLF;
}

/** RAW_HEADERS has NULs between its lines where RAW_HEADERS_CRLF has CRLFs. */
function lines(text: string): string {
  return text.replaceAll('\0', '\r\n');
}
