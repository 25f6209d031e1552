import { createHash, randomBytes } from 'node:crypto';
import { INTERNET_FLAG } from '../../../../preload/contract/win32/constants/wininet-flags';
import { textBytes } from '../../../../preload/contract/win32/memory';
import type { RequestHandle } from './handle';
import type { HeaderField } from './header-list';
import type { PasswordCache } from './password-cache';
import { proxyFor } from './proxy-list';
import type { ResponseHead } from './response-head';

/** Whom a request proves itself to (RFC 9110, 11.6 and 11.7). */
export type Party = 'server' | 'proxy';

export interface Credentials {
  readonly userName: string;
  readonly password: string;
}

/** A challenge that was taken up; a digest counts how often its nonce was used. */
export type Challenge = { readonly realm: string } & (
  | { readonly scheme: 'basic' }
  | { readonly scheme: 'digest'; readonly parameters: ReadonlyMap<string, string>; count: number });

const PARTIES: readonly Party[] = ['server', 'proxy'];

const FIELDS: Readonly<Record<Party, { readonly status: number; readonly challenge: string; readonly answer: string }>> = {
  server: { status: 401, challenge: 'WWW-Authenticate', answer: 'Authorization' },
  proxy: { status: 407, challenge: 'Proxy-Authenticate', answer: 'Proxy-Authorization' },
};

/** "host:port" of whoever asks. */
function askedBy(request: RequestHandle, party: Party): string {
  const { host, port } = (party === 'proxy' ? proxyFor(request.session.proxies, request.url) : undefined) ?? request.url;
  return `${host}:${port}`;
}

/** The user's name and password as the application gave them; undefined when it gave no name. */
function givenFor(request: RequestHandle, party: Party): Credentials | undefined {
  const { userName, password, proxyUserName, proxyPassword } = request.parent;
  // "If no proxy user name and password are set, WinINet attempts to use the user name and password for the server."
  if (party === 'proxy' && !isGiven(proxyUserName)) return request.hidesFromServer ? undefined : givenFor(request, 'server');
  const name = party === 'server' ? userName : proxyUserName;
  return isGiven(name) ? { userName: name, password: (party === 'server' ? password : proxyPassword) ?? '' } : undefined;
}

function isGiven(name: string | undefined): name is string {
  return name !== undefined && name !== '';
}

function credentialsFor(request: RequestHandle, party: Party, realm: string, passwords: PasswordCache): Credentials | undefined {
  if (party === 'server' && request.hidesFromServer) return undefined;
  return givenFor(request, party) ?? passwords.find(party, askedBy(request, party), realm);
}

/**
 * Answers challenges within one send (WinInet/handling-authentication): once with what the application gave, or what was
 * accepted for the same realm before, so that a 401 or 407 that comes again is the application's to see.
 */
export class Authentication {
  private readonly answered = new Set<Party>();

  constructor(private readonly request: RequestHandle, private readonly passwords: PasswordCache) {}

  /** Whether the request is to be sent again with credentials. */
  answers(head: ResponseHead): boolean {
    if ((this.request.flags & INTERNET_FLAG.INTERNET_FLAG_NO_AUTH) !== 0) return false;
    const party = PARTIES.find((one) => FIELDS[one].status === head.status);
    this.remember(party);
    if (party === undefined) return false;
    const challenge = chosen(head.headers.all(FIELDS[party].challenge));
    if (challenge === undefined || credentialsFor(this.request, party, challenge.realm, this.passwords) === undefined) return false;
    const stale = challenge.scheme === 'digest' && challenge.parameters.get('stale')?.toLowerCase() === 'true';
    if (this.answered.has(party) && !stale) return false;
    this.answered.add(party);
    this.request.challenges.set(party, challenge);
    return true;
  }

  /** Who is content now has accepted what it was given. */
  private remember(unsatisfied: Party | undefined): void {
    if (unsatisfied === 'proxy') return;
    for (const party of this.answered) {
      const challenge = this.request.challenges.get(party);
      const credentials = challenge === undefined || party === unsatisfied ? undefined : givenFor(this.request, party);
      if (challenge !== undefined && credentials !== undefined) this.passwords.keep(party, askedBy(this.request, party), challenge.realm, credentials);
    }
  }
}

/** The field that proves a request to the one who asked for it before; undefined when nobody did. */
export function authorizationField(request: RequestHandle, party: Party, verb: string, target: string, passwords: PasswordCache): HeaderField | undefined {
  const challenge = request.challenges.get(party);
  const credentials = challenge === undefined ? undefined : credentialsFor(request, party, challenge.realm, passwords);
  if (challenge === undefined || credentials === undefined) return undefined;
  return { name: FIELDS[party].answer, value: challenge.scheme === 'basic' ? basic(credentials) : digest(challenge, credentials, verb, target) };
}

/** "WinINet chooses the first method it recognizes." */
function chosen(fields: readonly string[]): Challenge | undefined {
  for (const { scheme, parameters } of fields.flatMap(parseChallenges)) {
    const realm = parameters.get('realm') ?? '';
    if (scheme === 'basic') return { scheme: 'basic', realm };
    const digestable = scheme === 'digest' && parameters.has('nonce') && ALGORITHMS.has((parameters.get('algorithm') ?? 'MD5').toUpperCase());
    if (digestable) return { scheme: 'digest', realm, parameters, count: 0 };
  }
  return undefined;
}

/** Challenges of one field (RFC 9110, 11.6.1): a scheme, then its parameters; a comma may end either. */
function parseChallenges(field: string): readonly { readonly scheme: string; readonly parameters: ReadonlyMap<string, string> }[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  for (const match of field.matchAll(/([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*))|([\w!#$%&'*+.^`|~-]+)(?=\s|,|$)/gu)) {
    const [, name, quoted, token, scheme] = match;
    if (scheme !== undefined) challenges.push({ scheme: scheme.toLowerCase(), parameters: new Map() });
    else if (name !== undefined) challenges.at(-1)?.parameters.set(name.toLowerCase(), quoted?.replaceAll(/\\(.)/gu, '$1') ?? token ?? '');
  }
  return challenges;
}

/** RFC 7617, in Windows' ANSI. */
function basic({ userName, password }: Credentials): string {
  return `Basic ${Buffer.from(textBytes(`${userName}:${password}`, 'A')).toString('base64')}`;
}

/** RFC 7616, 3.4: by the algorithm's name, the hash and whether the session's nonces go into it. */
const ALGORITHMS: ReadonlyMap<string, { readonly hash: string; readonly session: boolean }> = new Map([
  ['MD5', { hash: 'md5', session: false }], ['MD5-SESS', { hash: 'md5', session: true }],
  ['SHA-256', { hash: 'sha256', session: false }], ['SHA-256-SESS', { hash: 'sha256', session: true }],
]);

function digest(challenge: Extract<Challenge, { readonly scheme: 'digest' }>, { userName, password }: Credentials, verb: string, target: string): string {
  const { parameters } = challenge;
  challenge.count += 1;
  const named = parameters.get('algorithm');
  const { hash, session } = ALGORITHMS.get((named ?? 'MD5').toUpperCase()) ?? { hash: 'md5', session: false };
  const of = (text: string): string => createHash(hash).update(textBytes(text, 'A')).digest('hex');
  const realm = parameters.get('realm') ?? '';
  const nonce = parameters.get('nonce') ?? '';
  const qop = (parameters.get('qop') ?? '').split(',').map((one) => one.trim()).includes('auth') ? 'auth' : undefined;
  const cnonce = randomBytes(16).toString('hex');
  const count = challenge.count.toString(16).padStart(8, '0');
  const user = of(`${userName}:${realm}:${password}`);
  const a1 = session ? of(`${user}:${nonce}:${cnonce}`) : user;
  const a2 = of(`${verb}:${target}`);
  const response = of(qop === undefined ? `${a1}:${nonce}:${a2}` : `${a1}:${nonce}:${count}:${cnonce}:${qop}:${a2}`);
  const quoted = [['username', userName], ['realm', realm], ['nonce', nonce], ['uri', target], ['response', response]]
    .map(([name, value]) => `${name}="${value}"`);
  const opaque = parameters.get('opaque');
  return `Digest ${[
    ...quoted, ...(named === undefined ? [] : [`algorithm=${named}`]), ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
    ...(qop === undefined && !session ? [] : [`cnonce="${cnonce}"`]), ...(qop === undefined ? [] : [`qop=${qop}`, `nc=${count}`]),
  ].join(', ')}`;
}
