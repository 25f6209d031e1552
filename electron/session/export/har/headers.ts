import type { Cookie, Header, QueryString } from 'har-format';
import type { EventFields, EventValue } from '../../../../preload/contract/event';
import { fieldsOf, structsIn, textOf } from '../../event-fields';

/** Header lines as WinINet takes and gives them, "Name: value" with CRLF between. A status or request line is no header. */
export function parseHeaderLines(text: string): readonly Header[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim();
    return colon < 1 || /\s/.test(name) ? [] : [{ name, value: line.slice(colon + 1).trim() }];
  });
}

/** The headers of an HTTP_REQUEST or HTTP_RESPONSE: the known ones by their names on the wire, then the others. */
export function structHeaders(headers: EventValue | undefined): readonly Header[] {
  const { KnownHeaders: known, pUnknownHeaders: unknown } = fieldsOf(headers);
  return [
    ...Object.entries(fieldsOf(known)).flatMap(([name, value]) => (typeof value === 'string' ? [{ name, value }] : [])),
    ...structsIn(unknown).flatMap((item) => unknownHeader(item)),
  ];
}

function unknownHeader({ pName: name, pRawValue: value }: EventFields): readonly Header[] {
  return typeof name === 'string' ? [{ name, value: textOf(value) }] : [];
}

/** The value of the first header of a name, compared without case (RFC 9110 section 5.1). */
export function headerValue(headers: readonly Header[], name: string): string | undefined {
  return headers.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value;
}

/** Cookie of RFC 6265 section 4.2: pairs with semicolons between. */
export function requestCookies(headers: readonly Header[]): Cookie[] {
  return headers.filter(({ name }) => name.toLowerCase() === 'cookie').flatMap(({ value }) => value.split(';').flatMap((part) => pair(part)));
}

/** Set-Cookie of RFC 6265 section 4.1. */
export function responseCookies(headers: readonly Header[]): Cookie[] {
  return headers.filter(({ name }) => name.toLowerCase() === 'set-cookie').flatMap(({ value }) => {
    const [first = '', ...attributes] = value.split(';');
    const [cookie] = pair(first);
    if (cookie === undefined) return [];
    const said = new Map(attributes.map((attribute) => {
      const [name = '', text = ''] = attribute.split('=', 2);
      return [name.trim().toLowerCase(), text.trim()] as const;
    }));
    const expires = Date.parse(said.get('expires') ?? '');
    const [path, domain] = [said.get('path'), said.get('domain')];
    return [{
      ...cookie, ...(path === undefined ? {} : { path }), ...(domain === undefined ? {} : { domain }),
      ...(Number.isNaN(expires) ? {} : { expires: new Date(expires).toISOString() }),
      httpOnly: said.has('httponly'), secure: said.has('secure'),
    }];
  });
}

function pair(part: string): Cookie[] {
  const equals = part.indexOf('=');
  return equals < 1 ? [] : [{ name: part.slice(0, equals).trim(), value: part.slice(equals + 1).trim() }];
}

/** The parameters of a URL as they stand between ? and #, decoded where that is possible. */
export function queryOf(url: string): QueryString[] {
  try {
    return [...new URL(url).searchParams].map(([name, value]) => ({ name, value }));
  } catch {
    return [];
  }
}
