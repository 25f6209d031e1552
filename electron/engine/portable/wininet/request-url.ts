import { err, ok, type Result } from '../../../../preload/contract/result';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import type { ErrorCode } from './call';

/** Where a request goes: what INTERNET_OPTION_URL answers, and what the request line and Host are made of. */
export interface RequestUrl {
  readonly secure: boolean;
  readonly host: string;
  readonly port: number;
  /** Path and query, beginning with a slash. */
  readonly target: string;
}

export function defaultPort(secure: boolean): number {
  return secure ? 443 : 80;
}

/** The host with its port, where that is not the scheme's own; an IPv6 address in brackets. */
export function authority(url: RequestUrl): string {
  const host = url.host.includes(':') && !url.host.startsWith('[') ? `[${url.host}]` : url.host;
  return url.port === defaultPort(url.secure) ? host : `${host}:${url.port}`;
}

export function urlText(url: RequestUrl): string {
  return `${url.secure ? 'https' : 'http'}://${authority(url)}${url.target}`;
}

/**
 * An object name as a request target: it begins with a slash, has no fragment or dot segment, and no character that would
 * end it. What is no ASCII is encoded in the path, and in the query only where `encodesExtra` says so (INTERNET_OPTION_ENCODE_EXTRA).
 */
export function requestTarget(objectName: string | undefined, encodesExtra: boolean): string {
  const name = (objectName ?? '').split('#', 1)[0] ?? '';
  const extra = name.includes('?') ? name.indexOf('?') : name.length;
  const query = name.slice(extra);
  const whole = escaped(name.slice(0, extra), /[^\u0021-\u007e]/gu) + escaped(query, encodesExtra ? /[^\u0021-\u007e]/gu : /[^\u0021-\u007e\u0080-\u{10ffff}]/gu);
  return withoutDotSegments(whole.startsWith('/') ? whole : `/${whole}`);
}

function escaped(text: string, unsafe: RegExp): string {
  return text.replaceAll(unsafe, (char) => [...new TextEncoder().encode(char)].map(percent).join(''));
}

/** RFC 3986, 5.2.4; the query is left as it is. */
function withoutDotSegments(target: string): string {
  const query = target.indexOf('?');
  const path = query < 0 ? target : target.slice(0, query);
  const segments = path.slice(1).split('/');
  const kept: string[] = [];
  for (const segment of segments) {
    if (segment === '..') kept.pop();
    else if (segment !== '.') kept.push(segment);
  }
  const last = segments.at(-1);
  if (last === '.' || last === '..') kept.push('');
  return `/${kept.join('/')}${target.slice(path.length)}`;
}

function percent(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** Schemes that WinINet speaks besides: to change to one of them is ERROR_HTTP_REDIRECT_FAILED. */
const OTHER_SCHEMES: readonly string[] = ['ftp:', 'gopher:', 'file:'];

/**
 * The target of a Location field (RFC 9110, 10.2.2), absolute or relative; undefined for a scheme that means nothing to
 * WinINet, where the redirection is left to the application.
 */
export function redirected(from: RequestUrl, location: string): Result<RequestUrl | undefined, ErrorCode> {
  // The URL standard would take what follows for the host.
  if (/^https?:\/\/(?:[/?#]|$)/iu.test(location.trim())) return err(WININET_ERRORS.ERROR_INTERNET_INVALID_URL);
  let url: URL;
  try {
    url = new URL(location, urlText(from));
  } catch {
    return err(WININET_ERRORS.ERROR_INTERNET_INVALID_URL);
  }
  if (OTHER_SCHEMES.includes(url.protocol)) return err(WININET_ERRORS.ERROR_HTTP_REDIRECT_FAILED);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return ok(undefined);
  const secure = url.protocol === 'https:';
  const port = url.port === '' ? defaultPort(secure) : Number(url.port);
  return ok({ secure, host: url.hostname.replace(/^\[|\]$/gu, ''), port, target: requestTarget(url.pathname + url.search, true) });
}
