import { expect, test } from 'vitest';
import { ExchangeReader } from '../../../electron/http-exchange/exchange-reader';
import type { HttpExchange, HttpSecurity } from '../../../preload/contract/http-exchange';
import { recorded } from '../session/export/recorded';

/** What the record of a scenario says of TLS on the first request of one side. */
async function securityOf(scenario: string, side: HttpExchange['side']): Promise<HttpSecurity> {
  const trace = await recorded(scenario);
  for (const { id } of trace.tree.all()) {
    const answer = new ExchangeReader().answer(trace, { handle: id });
    if (answer.ok && answer.value.shown?.side === side) return answer.value.shown.security;
  }
  throw new Error(`no ${side} exchange`);
}

function factsOf(security: HttpSecurity, place = 0): Readonly<Record<string, string>> {
  return Object.fromEntries((security.certificates[place]?.facts ?? []).map(({ name, value }) => [name, value]));
}

test('the chain that a program asked for is read as certificates, the server’s first', async () => {
  const security = await securityOf('test/conformance/scenarios/wininet/tls-certificate-structures.yaml', 'client');
  expect(security.secure).toBe(true);
  expect(security.certificates.map(({ role, problem }) => [role, problem])).toEqual([['server', undefined]]);
  const facts = factsOf(security);
  expect(facts['Subject']).toContain('127.0.0.1');
  expect(facts['Issuer']).toBe(facts['Subject']);
  expect(facts['SHA-256']).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  expect(Date.parse(facts['Valid from'] ?? '')).toBeLessThan(Date.parse(facts['Valid to'] ?? ''));
});

test('INTERNET_CERTIFICATE_INFO and the security flags are facts by their names', async () => {
  const { facts } = await securityOf('test/conformance/scenarios/wininet/tls-certificate-structures.yaml', 'client');
  const said = Object.fromEntries(facts.map(({ name, value, meaning }) => [name, [value, meaning]]));
  expect(said['Protocol']?.[0]).toMatch(/^TLSv1/);
  expect(said['Subject']?.[0]).toContain('127.0.0.1');
  expect(Number.parseInt(said['Key size']?.[0] ?? '', 10)).toBeGreaterThanOrEqual(128);
  expect(said['Valid to']?.[0]).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
  expect(said['Security flags']?.[1]).toContain('SECURITY_FLAG_SECURE');
});

test('a server that was reached by TLS tells its own certificate, and that the client showed none', async () => {
  const { secure, facts } = await securityOf('test/conformance/scenarios/http-server/https-is-served-with-a-binding.yaml', 'server');
  expect(secure).toBe(true);
  expect(facts.map(({ name }) => name)).toContain('Server subject');
});
