import { err, ok, type Result } from '../../../../preload/contract/result';
import { HTTP_QUERY } from '../../../../preload/contract/win32/constants/http-query';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import type { FunctionArgs } from '../../../../preload/contract/win32/functions';
import { readText, textBytes, uintBytes } from '../../../../preload/contract/win32/memory';
import type { Outcome } from '../../engine';
import { guarded, type Call, type ErrorCode } from './call';
import type { RequestHandle } from './handle';
import type { HeaderList } from './header-list';
import { parseHttpDate, systemTimeBytes } from './http-date';
import { queriedField } from './known-queries';
import { headText, requestFields, requestLine } from './request-head';
import type { WinInetCore } from './wininet-core';

/** A head as HttpQueryInfo sees it: its first line and its fields. */
interface Head {
  readonly line: string;
  readonly version: string;
  readonly fields: HeaderList;
  readonly status?: { readonly code: number; readonly text: string };
}

const FLAGS = {
  request: HTTP_QUERY.HTTP_QUERY_FLAG_REQUEST_HEADERS >>> 0,
  time: HTTP_QUERY.HTTP_QUERY_FLAG_SYSTEMTIME,
  number: HTTP_QUERY.HTTP_QUERY_FLAG_NUMBER,
  number64: HTTP_QUERY.HTTP_QUERY_FLAG_NUMBER64,
  coalesce: HTTP_QUERY.HTTP_QUERY_FLAG_COALESCE + HTTP_QUERY.HTTP_QUERY_FLAG_COALESCE_WITH_COMMA,
} as const;

type Form = 'text' | 'number' | 'number64' | 'time';

/** HttpQueryInfo (wininet/nf-wininet-httpqueryinfow; WinInet/query-info-flags). */
export class QueryInfo {
  constructor(private readonly core: WinInetCore) {}

  call(args: FunctionArgs<'HttpQueryInfo'>, call: Call): Outcome {
    return guarded(call, 0, () => {
      const found = this.core.table.of('http-request', args.hRequest);
      if (!found.ok) return call.bool(found);
      if (args.lpdwBufferLength === 0n) return call.bool(err(WIN32_ERRORS.ERROR_INVALID_PARAMETER));
      const level = args.dwInfoLevel >>> 0;
      const attribute = level & HTTP_QUERY.HTTP_QUERY_HEADER_MASK;
      const form = formOf(level);
      if (!form.ok) return call.bool(form);
      return call.bool(this.answer(found.value, level, attribute, form.value, args, call));
    });
  }

  private answer(request: RequestHandle, level: number, attribute: number, form: Form, args: FunctionArgs<'HttpQueryInfo'>, call: Call): Result<undefined, ErrorCode> {
    const ofRequest = (level & FLAGS.request) !== 0;
    // Before there is an answer its status is 0, and that can be asked for; nothing else of it can.
    if (!ofRequest && attribute === HTTP_QUERY.HTTP_QUERY_STATUS_CODE && request.exchange === undefined) {
      return fill(args, call, form, '0');
    }
    if (attribute === HTTP_QUERY.HTTP_QUERY_REQUEST_METHOD) return fill(args, call, form, request.sent?.verb ?? request.verb);
    const raw = attribute === HTTP_QUERY.HTTP_QUERY_RAW_HEADERS || attribute === HTTP_QUERY.HTTP_QUERY_RAW_HEADERS_CRLF;
    // There is one head, at index 0, and asking for it does not count the index up.
    if (raw && args.lpdwIndex !== 0n && call.dword(args.lpdwIndex) !== 0) return err(WININET_ERRORS.ERROR_HTTP_HEADER_NOT_FOUND);
    if (attribute === HTTP_QUERY.HTTP_QUERY_RAW_HEADERS_CRLF && !ofRequest && request.progress.phase === 'unsent') return fill(args, call, form, '\r\n');
    const head = ofRequest ? ok(requestHead(request)) : responseHead(request);
    if (!head.ok) return head;
    if (raw) {
      const text = headText(head.value.line, head.value.fields);
      return fill(args, call, form, attribute === HTTP_QUERY.HTTP_QUERY_RAW_HEADERS ? text.slice(0, -2).replaceAll('\r\n', '\0') : text);
    }
    const line = fromFirstLine(head.value, attribute);
    if (line !== undefined) return fill(args, call, form, line);
    return this.field(head.value.fields, level, attribute, form, args, call);
  }

  /** One of the fields of that name: the one at *lpdwIndex, which moves on to the next. */
  private field(fields: HeaderList, level: number, attribute: number, form: Form, args: FunctionArgs<'HttpQueryInfo'>, call: Call): Result<undefined, ErrorCode> {
    const name = attribute === HTTP_QUERY.HTTP_QUERY_CUSTOM && args.lpBuffer !== 0n ? readText(call.memory, args.lpBuffer, call.width) : queriedField(attribute);
    if (name === undefined) return err(WININET_ERRORS.ERROR_HTTP_INVALID_QUERY_REQUEST);
    const all = fields.all(name);
    const values = (level & FLAGS.coalesce) !== 0 && all.length > 0 ? [all.join(', ')] : all;
    const index = args.lpdwIndex === 0n ? 0 : call.dword(args.lpdwIndex);
    const value = values[index];
    if (value === undefined) return err(WININET_ERRORS.ERROR_HTTP_HEADER_NOT_FOUND);
    const filled = fill(args, call, form, value);
    if (filled.ok && args.lpdwIndex !== 0n) call.writeDword(args.lpdwIndex, index + 1);
    return filled;
  }
}

function formOf(level: number): Result<Form, ErrorCode> {
  const forms = (['number', 'number64', 'time'] as const).filter((form) => (level & FLAGS[form]) !== 0);
  if (forms.length > 1) return err(WININET_ERRORS.ERROR_HTTP_INVALID_QUERY_REQUEST);
  return ok(forms[0] ?? 'text');
}

function fill(args: FunctionArgs<'HttpQueryInfo'>, call: Call, form: Form, text: string): Result<undefined, ErrorCode> {
  const { lpBuffer, lpdwBufferLength } = args;
  switch (form) {
    case 'text': {
      const data = textBytes(`${text}\0`, call.width);
      return call.fill(lpBuffer, lpdwBufferLength, data, data.length - (call.width === 'W' ? 2 : 1));
    }
    case 'number': case 'number64': {
      const bytes = form === 'number' ? 4 : 8;
      const number = /^\s*\d+/u.exec(text);
      if (number === null || BigInt(number[0].trim()) >= 1n << BigInt(bytes * 8)) return err(WININET_ERRORS.ERROR_HTTP_INVALID_HEADER);
      return call.fill(lpBuffer, lpdwBufferLength, uintBytes(BigInt(number[0].trim()), bytes));
    }
    case 'time': {
      const time = parseHttpDate(text);
      return time === undefined ? err(WININET_ERRORS.ERROR_HTTP_INVALID_HEADER) : call.fill(lpBuffer, lpdwBufferLength, systemTimeBytes(time));
    }
  }
}

function fromFirstLine(head: Head, attribute: number): string | undefined {
  switch (attribute) {
    case HTTP_QUERY.HTTP_QUERY_VERSION: return head.version;
    case HTTP_QUERY.HTTP_QUERY_STATUS_CODE: return head.status === undefined ? undefined : String(head.status.code);
    case HTTP_QUERY.HTTP_QUERY_STATUS_TEXT: return head.status?.text;
    default: return undefined;
  }
}

function requestHead(request: RequestHandle): Head {
  const sent = request.sent ?? { verb: request.verb, url: request.url, bodyLength: 0, redirected: false };
  // Until it is sent, a request has only what the application gave it.
  const fields = request.sent === undefined ? request.headers : requestFields(request, sent);
  return { line: requestLine(request, sent), version: request.version, fields };
}

/** ERROR_INTERNET_INCORRECT_HANDLE_STATE while the answer is awaited; ERROR_HTTP_HEADER_NOT_FOUND where none is due. */
function responseHead(request: RequestHandle): Result<Head, ErrorCode> {
  const head = request.exchange?.head;
  if (head === undefined) {
    return err(request.progress.phase === 'sending' || request.progress.phase === 'writing' ? WININET_ERRORS.ERROR_INTERNET_INCORRECT_HANDLE_STATE : WININET_ERRORS.ERROR_HTTP_HEADER_NOT_FOUND);
  }
  return ok({ line: head.line, version: head.version, fields: head.headers, status: { code: head.status, text: head.reason } });
}
