import { lookup } from 'node:dns';
import { isIP } from 'node:net';
import { err, ok, type Result } from '../../../../preload/contract/result';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import type { ErrorCode } from './call';
import type { Operation } from './operation';

/** Addresses of a host, in the order in which they are tried; never empty. */
export type Addresses = readonly [string, ...string[]];

/** What names resolve to, remembered for the life of the engine as WinINet does for the life of its process. */
export class HostNames {
  private readonly known = new Map<string, Addresses>();

  /** What an earlier `resolve` found; then no RESOLVING_NAME is due. */
  remembered(host: string): Addresses | undefined {
    return this.known.get(host.toLowerCase());
  }

  /** ERROR_INTERNET_NAME_NOT_RESOLVED when there is none. */
  async resolve(operation: Operation, host: string, timeout: number): Promise<Result<Addresses, ErrorCode>> {
    const found = await operation.wait<Addresses>(timeout, (settle) => {
      if (isIP(host) !== 0) settle(ok([host]));
      // RFC 6761, 6.3: the loopback addresses, whatever a hosts file leaves out.
      else if (host.toLowerCase() === 'localhost') settle(ok(['127.0.0.1', '::1']));
      else {
        lookup(host, { all: true }, (error, answers) => {
          // IPv4 first, so that the address told at NAME_RESOLVED is nearly always the one that connects.
          const [first, ...others] = error ? [] : [...answers].sort((a, b) => a.family - b.family).map((answer) => answer.address);
          settle(first === undefined ? err(WININET_ERRORS.ERROR_INTERNET_NAME_NOT_RESOLVED) : ok([first, ...others]));
        });
      }
      return () => undefined;
    });
    if (found.ok) this.known.set(host.toLowerCase(), found.value);
    return found;
  }
}
