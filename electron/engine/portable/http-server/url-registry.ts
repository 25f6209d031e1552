import type { HostCategory, UrlPrefix } from './url-prefix';
import type { RequestQueue } from './request-queue';
import type { ConnectionOwner, ServerConnection } from './server-connection';

/** What URLs are added to: a URL group, or a version 1 queue. */
export interface UrlOwner extends ConnectionOwner {
  /** Where its requests go; undefined while none is bound, or while it is inactive: 503. */
  queue(): RequestQueue | undefined;
  /** Counts a connection as served; false when the owner serves as many as it may. */
  admit(connection: ServerConnection): boolean;
}

export interface Registration {
  readonly prefix: UrlPrefix;
  readonly owner: UrlOwner;
  readonly context: bigint;
}

export interface Destination {
  readonly port: number;
  /** The address that the client connected to. */
  readonly localAddress: string;
  /** The Host of the request without its port, lower case; undefined when it has none. */
  readonly host: string | undefined;
  /** Decoded, without the query. */
  readonly path: string;
}

export type Route =
  | { readonly kind: 'found'; readonly registration: Registration }
  /** No URL of that host: 400 Invalid Hostname. */
  | { readonly kind: 'no-host' }
  /** What fits best is reserved for someone who has not registered it: 400. */
  | { readonly kind: 'reserved' }
  /** The host is served, but not the path: 404. */
  | { readonly kind: 'no-path' };

const ORDER: readonly HostCategory[] = ['strong-wildcard', 'explicit', 'ip', 'weak-wildcard'];

/** The registered UrlPrefixes of one machine, and the routing among them (Routing Incoming Requests). */
export class UrlRegistry {
  private readonly registrations = new Map<string, Registration>();

  /** `reservations`: those of the configuration store, as they are now. */
  constructor(private readonly reservations: () => readonly UrlPrefix[]) {}

  /** False when it conflicts: the same prefix is there already, or the port serves, or is reserved for, the other scheme. */
  add(registration: Registration): boolean {
    const { prefix } = registration;
    if (this.registrations.has(keyOf(prefix))) return false;
    const others = [...this.registrations.values()].map((one) => one.prefix).concat(this.reservations());
    if (others.some(({ port, scheme }) => port === prefix.port && scheme !== prefix.scheme)) return false;
    this.registrations.set(keyOf(prefix), registration);
    return true;
  }

  /** Removes the owner's registration of a prefix; false when it has none. */
  remove(prefix: UrlPrefix, owner: UrlOwner): boolean {
    const key = keyOf(prefix);
    if (this.registrations.get(key)?.owner !== owner) return false;
    return this.registrations.delete(key);
  }

  /** The scheme that is registered on a port; undefined when no URL is. */
  scheme(port: number): UrlPrefix['scheme'] | undefined {
    for (const { prefix } of this.registrations.values()) if (prefix.port === port) return prefix.scheme;
    return undefined;
  }

  of(owner: UrlOwner): readonly Registration[] {
    return [...this.registrations.values()].filter((registration) => registration.owner === owner);
  }

  /** The length of the longest path that the owner has registered and that is the URL's or leads to it; undefined for none. */
  covered(owner: UrlOwner, url: UrlPrefix): number | undefined {
    const lengths = this.of(owner).flatMap(({ prefix }) => {
      const sameHost = prefix.scheme === url.scheme && prefix.port === url.port && prefix.host === url.host;
      return sameHost && `${url.path}/`.startsWith(prefix.path) ? [prefix.path.length] : [];
    });
    return lengths.length === 0 ? undefined : Math.max(...lengths);
  }

  /** Strong wildcards first, then explicit hosts, addresses, weak wildcards; within each the longest match. */
  route(destination: Destination): Route {
    // OPTIONS * is about the server as a whole, and so goes where its root does (RFC 9110, section 9.3.7).
    const path = destination.path === '*' ? '/' : `${destination.path.toLowerCase()}/`;
    const reserved = this.reservations().filter((prefix) => isForHost(prefix, destination) && path.startsWith(prefix.path));
    let hostServed = false;
    for (const category of ORDER) {
      let best: Registration | undefined;
      for (const candidate of this.registrations.values()) {
        if (candidate.prefix.category !== category || !isForHost(candidate.prefix, destination)) continue;
        hostServed = true;
        const longer = best === undefined || candidate.prefix.path.length > best.prefix.path.length;
        if (longer && path.startsWith(candidate.prefix.path)) best = candidate;
      }
      const found = best?.prefix.path.length ?? 0;
      if (reserved.some((prefix) => prefix.category === category && prefix.path.length > found)) return { kind: 'reserved' };
      if (best !== undefined) return { kind: 'found', registration: best };
    }
    return hostServed ? { kind: 'no-path' } : { kind: 'no-host' };
  }
}

function keyOf(prefix: UrlPrefix): string {
  return `${prefix.scheme}://${prefix.host}:${prefix.port}${prefix.path}`;
}

function isForHost(prefix: UrlPrefix, destination: Destination): boolean {
  if (prefix.port !== destination.port) return false;
  switch (prefix.category) {
    case 'strong-wildcard': case 'weak-wildcard': return true;
    case 'explicit': return prefix.host === destination.host;
    case 'ip': return prefix.host === destination.localAddress || prefix.host === `[${destination.localAddress}]`;
  }
}
