import { INTERNET_FLAG } from '../../../../preload/contract/win32/constants/wininet-flags';
import { answerTo, chosenChallenge, type Credentials, type Party } from './challenge';
import type { RequestHandle } from './handle';
import type { HeaderField } from './header-list';
import type { PasswordCache } from './password-cache';
import { proxyFor } from './proxy-list';
import type { ResponseHead } from './response-head';

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
    const challenge = chosenChallenge(head.headers.all(FIELDS[party].challenge));
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
  return { name: FIELDS[party].answer, value: answerTo(challenge, credentials, verb, target) };
}
