const LOOPBACK_HOST = /^(?:localhost|127(?:\.(?:\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])){3}|\[::1\])$/i;

/**
 * Whether only programs of this machine can ask for the URLs of a prefix by its own host. Wildcards, names of the
 * network and addresses written in any other way are not taken for loopback.
 * @param urlPrefix scheme://host:port/path/
 */
export function isLoopbackPrefix(urlPrefix: string): boolean {
  const host = /^[a-z]+:\/\/(\[[^\]]*\]|[^/:]*)(?=[:/])/i.exec(urlPrefix)?.[1];
  return host !== undefined && LOOPBACK_HOST.test(host);
}
