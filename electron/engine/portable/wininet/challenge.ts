import { createHash, randomBytes } from 'node:crypto';
import { textBytes } from '../../../../preload/contract/win32/memory';

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

/** "WinINet chooses the first method it recognizes." */
export function chosenChallenge(fields: readonly string[]): Challenge | undefined {
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

/** The value of the field that answers a challenge, for a request with this method and target. */
export function answerTo(challenge: Challenge, credentials: Credentials, verb: string, target: string): string {
  return challenge.scheme === 'basic' ? basic(credentials) : digest(challenge, credentials, verb, target);
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
