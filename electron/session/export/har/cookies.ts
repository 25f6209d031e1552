import type { Cookie } from 'har-format';
import { requestCookies, responseCookies } from '../../../../preload/contract/http-fields/cookies';
import type { HttpField } from '../../../../preload/contract/http-exchange';

export function harRequestCookies(fields: readonly HttpField[]): Cookie[] {
  return requestCookies(fields).map(({ name, value }) => ({ name, value }));
}

export function harResponseCookies(fields: readonly HttpField[]): Cookie[] {
  return responseCookies(fields).map(({ name, value, attributes }) => {
    const said = new Map(attributes.map((attribute) => [attribute.name.toLowerCase(), attribute.value]));
    const expires = Date.parse(said.get('expires') ?? '');
    const [path, domain] = [said.get('path'), said.get('domain')];
    return {
      name, value, ...(path === undefined ? {} : { path }), ...(domain === undefined ? {} : { domain }),
      ...(Number.isNaN(expires) ? {} : { expires: new Date(expires).toISOString() }),
      httpOnly: said.has('httponly'), secure: said.has('secure'),
    };
  });
}
