import { INTERNET_OPTION as OPTION } from '../../../../preload/contract/win32/constants/options';
import type { ServerName } from './connection-slots';

/** What a process starts with (since Internet Explorer 8). */
export const MOST_CONNECTIONS = 6;

/** How many connections a process may have to one server (INTERNET_OPTION_MAX_CONNS_PER_SERVER and its kin). */
export class ConnectionLimits {
  /** Servers whose last response was one of HTTP/1.0. */
  private readonly old = new Set<ServerName>();

  constructor(private readonly settings: ReadonlyMap<number, number>) {}

  answered(server: ServerName, version: string): void {
    if (version === 'HTTP/1.0') this.old.add(server);
    else this.old.delete(server);
  }

  of(server: ServerName, isProxy: boolean): number {
    const option = isProxy ? OPTION.INTERNET_OPTION_MAX_CONNS_PER_PROXY
      : this.old.has(server) ? OPTION.INTERNET_OPTION_MAX_CONNS_PER_1_0_SERVER : OPTION.INTERNET_OPTION_MAX_CONNS_PER_SERVER;
    // None at all would be no connection ever.
    return Math.max(1, this.settings.get(option) ?? MOST_CONNECTIONS);
  }
}
