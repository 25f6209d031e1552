import type { EventFields, EventValue } from '../../preload/contract/event';
import type { HttpField } from '../../preload/contract/http-exchange';
import { fieldsOf, structsIn, textOf } from '../trace/event-fields';

/** Header lines as WinINet takes and gives them, "Name: value" with CRLF between. A status or request line is no header. */
export function parseHeaderLines(text: string): readonly HttpField[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim();
    return colon < 1 || /\s/.test(name) ? [] : [{ name, value: line.slice(colon + 1).trim() }];
  });
}

/** The headers of an HTTP_REQUEST or HTTP_RESPONSE: the known ones by their names on the wire, then the others. */
export function structHeaders(headers: EventValue | undefined): readonly HttpField[] {
  const { KnownHeaders: known, pUnknownHeaders: unknown } = fieldsOf(headers);
  return [
    ...Object.entries(fieldsOf(known)).flatMap(([name, value]) => (typeof value === 'string' ? [{ name, value }] : [])),
    ...structsIn(unknown).flatMap((item) => unknownHeader(item)),
  ];
}

function unknownHeader({ pName: name, pRawValue: value }: EventFields): readonly HttpField[] {
  return typeof name === 'string' ? [{ name, value: textOf(value) }] : [];
}

/** The value of the first header of a name, compared without case (RFC 9110 section 5.1). */
export function headerValue(headers: readonly HttpField[], name: string): string | undefined {
  return headers.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value;
}
