import { chosenType } from '../../../../preload/contract/win32/http-config-structs';
import { addressBytes } from '../../../../preload/contract/win32/sockaddr';
import type { Timer } from './server-limits';
import type { Handshake } from './tls-front';
import { parseUrlPrefix, type UrlPrefix } from './url-prefix';

/** HTTP_SERVICE_CONFIG_ID, as far as this engine keeps records. */
export const CONFIG = { IP_LISTEN: 0, SSL: 1, URL_ACL: 2, TIMEOUT: 3, CACHE: 4 } as const;

/** One record: what identifies it, and what it says. */
export interface ConfigRecord {
  /** A canonical form of the key: two records of one kind never have the same. */
  readonly key: string;
  readonly value: ConfigValue;
}

export type ConfigValue =
  | { readonly kind: 'ip-listen'; readonly address: string }
  | {
    readonly kind: 'ssl'; readonly ipPort: string; readonly hash: Uint8Array; readonly appId: Uint8Array; readonly store: string | undefined;
    readonly checkMode: number; readonly freshness: number; readonly retrievalTimeout: number; readonly ctlIdentifier: string | undefined;
    readonly ctlStore: string | undefined; readonly flags: number;
  }
  | { readonly kind: 'url-acl'; readonly prefix: string; readonly descriptor: string }
  | { readonly kind: 'timeout'; readonly which: number; readonly seconds: number }
  | { readonly kind: 'cache'; readonly which: number; readonly bytes: number };

/** HTTP_SERVICE_CONFIG_TIMEOUT_KEY. */
const MACHINE_TIMERS: readonly Timer[] = ['IdleConnection', 'HeaderWait'];

/**
 * The configuration store of the HTTP Server API. On Windows it belongs to the machine and outlives every process; here
 * it lives as long as the engine.
 */
export class ServiceConfiguration {
  private readonly records = new Map<number, Map<string, ConfigRecord>>();

  /** Whether there can be records of a kind here. */
  static keeps(id: number): boolean {
    return chosenType('config-set', id) !== undefined;
  }

  find(id: number, key: string): ConfigRecord | undefined {
    return this.records.get(id)?.get(key);
  }

  /** All records of a kind, by their keys. */
  all(id: number): readonly ConfigRecord[] {
    return [...(this.records.get(id)?.values() ?? [])].sort((left, right) => (left.key < right.key ? -1 : 1));
  }

  put(id: number, record: ConfigRecord): void {
    const ofKind = this.records.get(id) ?? new Map<string, ConfigRecord>();
    ofKind.set(record.key, record);
    this.records.set(id, ofKind);
  }

  /** False when there is none of that key. */
  delete(id: number, key: string): boolean {
    return this.records.get(id)?.delete(key) ?? false;
  }

  /** The URLs that are reserved (HttpServiceConfigUrlAclInfo), whoever for. */
  reservations(): readonly UrlPrefix[] {
    return this.all(CONFIG.URL_ACL).flatMap(({ value }) => (value.kind === 'url-acl' ? (parseUrlPrefix(value.prefix) ?? []) : []));
  }

  /** Seconds that HttpServiceConfigTimeout sets; undefined when it does not. */
  timer(timer: Timer): number | undefined {
    const value = this.find(CONFIG.TIMEOUT, String(MACHINE_TIMERS.indexOf(timer)))?.value;
    return value?.kind === 'timeout' && value.seconds !== 0 ? value.seconds : undefined;
  }

  /** Bytes of the largest response that is cached (HttpServiceConfigCache); undefined when it is not set. */
  largestCached(): number | undefined {
    const value = this.find(CONFIG.CACHE, '0')?.value;
    return value?.kind === 'cache' ? value.bytes : undefined;
  }

  /** What is bound to an address and port for TLS (HttpServiceConfigSSLCertInfo); undefined when nothing is. */
  tlsBinding(address: string, port: number): Handshake | undefined {
    const bound = (wanted: string): ConfigValue | undefined =>
      this.all(CONFIG.SSL).map(({ value }) => value).find((value) => value.kind === 'ssl' && isEndpoint(value.ipPort, wanted, port));
    const value = bound(address) ?? bound(address.includes(':') ? '::' : '0.0.0.0');
    return value?.kind === 'ssl' ? { asksForCertificate: (value.flags & NEGOTIATE_CLIENT_CERT) !== 0 } : undefined;
  }

  /** Those of the given addresses that the IP listen list names; all of them while it is empty. */
  listenAddresses(given: readonly string[]): readonly string[] {
    const listed = this.all(CONFIG.IP_LISTEN).flatMap(({ value }) => (value.kind === 'ip-listen' ? [value.address] : []));
    if (listed.length === 0) return given;
    return given.filter((address) => listed.some((one) => same(one, address) || same(one, address.includes(':') ? '::' : '0.0.0.0')));
  }
}

/** HTTP_SERVICE_CONFIG_SSL_FLAG_NEGOTIATE_CLIENT_CERT. */
const NEGOTIATE_CLIENT_CERT = 2;

/** Whether "address:port" is that address and port. */
function isEndpoint(text: string, address: string, port: number): boolean {
  const [, host = '', digits] = /^(.*):(\d+)$/.exec(text) ?? [];
  return Number(digits) === port && same(host.replace(/^\[(.*)\]$/, '$1'), address);
}

/** Whether two texts are one address: IPv6 has several for each. */
function same(left: string, right: string): boolean {
  return Buffer.from(addressBytes(left, 0)).equals(addressBytes(right, 0));
}
