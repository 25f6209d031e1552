import type { HttpField } from '../http-exchange';

/** One cookie of a Cookie or Set-Cookie field (RFC 6265), as it stands there: values are not decoded. */
export interface CookiePair {
  readonly name: string;
  readonly value: string;
  /** Of Set-Cookie, in their order: Path, HttpOnly. Names as they were written; a bare one has an empty value. */
  readonly attributes: readonly HttpField[];
}

/** Cookie of RFC 6265 section 4.2: pairs with semicolons between. What is no pair is left out. */
export function requestCookies(fields: readonly HttpField[]): readonly CookiePair[] {
  return valuesOf(fields, 'cookie').flatMap((value) => value.split(';').flatMap((part) => pair(part, [])));
}

/** Set-Cookie of RFC 6265 section 4.1. */
export function responseCookies(fields: readonly HttpField[]): readonly CookiePair[] {
  return valuesOf(fields, 'set-cookie').flatMap((value) => {
    const [first = '', ...attributes] = value.split(';');
    return pair(first, attributes.flatMap((attribute) => {
      const equals = attribute.indexOf('=');
      const name = (equals < 0 ? attribute : attribute.slice(0, equals)).trim();
      return name === '' ? [] : [{ name, value: equals < 0 ? '' : attribute.slice(equals + 1).trim() }];
    }));
  });
}

function valuesOf(fields: readonly HttpField[], name: string): readonly string[] {
  return fields.flatMap((field) => (field.name.toLowerCase() === name ? [field.value] : []));
}

function pair(part: string, attributes: readonly HttpField[]): readonly CookiePair[] {
  const equals = part.indexOf('=');
  return equals < 1 ? [] : [{ name: part.slice(0, equals).trim(), value: part.slice(equals + 1).trim(), attributes }];
}
