import { constantName, describeError, flagNames } from '../../preload/contract/win32/constant-table';
import { INTERNET_STATUS } from '../../preload/contract/win32/constants/status';
import { WIN32_ERRORS } from '../../preload/contract/win32/constants/win32-errors';
import { signatureOf, type FunctionName } from '../../preload/contract/win32/functions';
import type { CallbackEvent, CallEvent, EventFields, EventValue, ReturnEvent, TraceEvent } from '../../preload/contract/event';
import type { Tone } from '../../preload/contract/query';
import type { Param } from '../../preload/contract/win32/signature';

/** REQUEST_COMPLETE for 100: the status without the prefix that all share. */
export function statusTitle(status: number): string {
  return STATUS_TITLES.get(status) ?? `status ${status}`;
}

/** Asked for at every callback. Of several names for one value the first counts, as everywhere. */
const STATUS_TITLES: ReadonlyMap<number, string> = new Map(
  Object.entries(INTERNET_STATUS).reverse().map(([name, value]) => [value, name.replace('INTERNET_STATUS_', '')]),
);

/** "997 ERROR_IO_PENDING", or the bare number of an unknown code. */
export function errorWords(code: number): string {
  const { name } = describeError(code);
  return name === undefined ? String(code) : `${code} ${name}`;
}

/** A value as a person reads it in one line. */
export function valueWords(value: EventValue | undefined): string {
  if (value === undefined) return 'NULL';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${value.map((item) => valueWords(item)).join(', ')}]`;
  if ('hex' in value && typeof value.hex === 'string') return `${String(value['bytes'])} bytes`;
  return `{${Object.entries(value).map(([key, item]) => `${key}: ${valueWords(item)}`).join(', ')}}`;
}

/** What the number of a parameter means: its constant, or its flags. */
export function parameterMeaning(param: Param | undefined, value: EventValue | undefined): string | undefined {
  if (param?.kind !== 'int' || typeof value !== 'number') return undefined;
  if (param.flags !== undefined && param.constants === undefined) {
    const names = param.flags.flatMap((group) => flagNames(group, value).names);
    return names.length === 0 ? undefined : names.join(' | ');
  }
  if (param.constants === 'HTTP_QUERY') {
    const attribute = constantName('HTTP_QUERY', value & 0xffff);
    return [attribute ?? String(value & 0xffff), ...flagNames('HTTP_QUERY', (value & 0xffff0000) >>> 0).names].join(' | ');
  }
  return param.constants === undefined ? undefined : constantName(param.constants, value);
}

/** An error code that is the documented end of a body, and nobody's failure (http.HttpReceiveRequestEntityBody). */
export function isEndOfBody(event: ReturnEvent): boolean {
  return event.api === 'HttpReceiveRequestEntityBody' && event.error === WIN32_ERRORS.ERROR_HANDLE_EOF;
}

export function outcomeTone(event: ReturnEvent): Tone {
  if (isEndOfBody(event)) return 'plain';
  switch (event.outcome) {
    case 'success': return 'plain';
    case 'pending': return 'pending';
    case 'failure': return 'bad';
  }
}

/** What a call returned, in the words of its page. */
export function returnedWords(event: ReturnEvent): string {
  const returns = signatureOf(event.api).returns;
  if (returns === 'ERROR') return event.error === 0 ? 'NO_ERROR' : errorWords(event.error);
  return returns === 'BOOL' ? (event.returns === 0 ? 'FALSE' : 'TRUE') : event.returns === '0x0' ? 'NULL' : valueWords(event.returns);
}

/** GetLastError after a call, in words; empty for none, and of a function that returns its error code. */
export function lastErrorWords(event: ReturnEvent): string {
  if (event.error === 0 || signatureOf(event.api).returns === 'ERROR') return '';
  return `${errorWords(event.error)}${event.errorReliable ? '' : ' (unreliable)'}`;
}

/** What a call returned and why. */
export function resultWords(event: ReturnEvent): string {
  const why = lastErrorWords(event);
  return `${returnedWords(event)}${why === '' ? '' : ` · ${why}`}`;
}

/** The parameters that tell one call from another, without the handle it is about. */
export function callWords(event: CallEvent): string {
  const { params, subject } = signatureOf(event.api);
  const parts: string[] = [];
  for (const [name, param] of Object.entries(params)) {
    const value = event.args[name];
    if (name === subject || value === undefined || value === 0 || value === '0x0' || !TELLING.has(param.kind)) continue;
    parts.push(parameterMeaning(param, value) ?? valueWords(value));
  }
  return parts.join(' · ');
}

/** The parameters that callWords never tells: the handle that the call is about, and what is an address. */
export function untoldParameters(api: FunctionName): readonly string[] {
  const { params, subject } = signatureOf(api);
  return Object.entries(params).filter(([name, param]) => name === subject || !TELLING.has(param.kind)).map(([name]) => name);
}

const TELLING: ReadonlySet<Param['kind']> = new Set<Param['kind']>(['int', 'string', 'id', 'version', 'in-property']);

export function payloadWords(event: CallbackEvent): string {
  const { payload } = event;
  switch (payload.kind) {
    case 'none': return '';
    case 'text': return payload.text;
    case 'dword': return `${payload.value}`;
    case 'handle': return payload.raw;
    case 'async-result': return `dwResult ${payload.dwResult === '0x0' || payload.dwResult === '0x1' ? Number(payload.dwResult) : payload.dwResult} · dwError ${payload.dwError}`;
    case 'bytes': return `${event.bytes.length / 2} bytes`;
  }
}

export function outWords(out: EventFields): string {
  return Object.entries(out).map(([name, value]) => `${name} ${valueWords(value)}`).join(' · ');
}

export function eventTitle(event: TraceEvent): string {
  switch (event.kind) {
    case 'call': return event.api;
    case 'return': return event.api;
    case 'callback': return statusTitle(event.status);
    case 'callback-return': return `${statusTitle(event.status)} returned`;
    case 'completion': return `${event.api} completed`;
    case 'connection': return CONNECTION_WORDS[event.what];
    case 'note': return 'Note';
    case 'engine-lost': return 'Engine lost';
    case 'observed': return event.name;
  }
}

const CONNECTION_WORDS = {
  accepted: 'connection accepted', 'closed-by-peer': 'connection closed by peer', closed: 'connection closed', reset: 'connection reset',
} as const;

/** The documented page of a function: an address to read, shown as text. */
export function pageOf(api: FunctionName): string {
  return `https://learn.microsoft.com/windows/win32/api/${signatureOf(api).page}`;
}

export const CALLBACK_PAGE = 'https://learn.microsoft.com/windows/win32/api/wininet/nc-wininet-internet_status_callback';
