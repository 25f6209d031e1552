import type { Credentials, Party } from './challenge';

/**
 * The credentials that servers and proxies have accepted from this process, by the protection space they were given for
 * (RFC 9110, 11.5). INTERNET_OPTION_END_BROWSER_SESSION empties it.
 */
export class PasswordCache {
  private readonly known = new Map<string, Credentials>();

  /** @param server "host:port" of whoever asked */
  find(party: Party, server: string, realm: string): Credentials | undefined {
    return this.known.get(spaceOf(party, server, realm));
  }

  keep(party: Party, server: string, realm: string, credentials: Credentials): void {
    this.known.set(spaceOf(party, server, realm), credentials);
  }

  clear(): void {
    this.known.clear();
  }
}

/** "The realm value is case-sensitive" (WinInet/handling-authentication). */
function spaceOf(party: Party, server: string, realm: string): string {
  return `${party} ${server.toLowerCase()} ${realm}`;
}
