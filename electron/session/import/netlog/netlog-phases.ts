type Phase = { readonly kind: 'resolve' | 'connect' | 'send' | 'pending' | 'receive' | 'body'; readonly label: string };

/** The first that a type's name begins with. Names change slowly; numbers are the file's own. */
const PHASES: readonly (readonly [prefix: string, phase: Phase])[] = [
  ['HOST_RESOLVER', { kind: 'resolve', label: 'resolve' }],
  ['PROXY_RESOLUTION_SERVICE', { kind: 'pending', label: 'proxy' }],
  ['TCP_CONNECT', { kind: 'connect', label: 'connect' }],
  ['SSL_CONNECT', { kind: 'connect', label: 'TLS' }],
  ['SOCKET_POOL', { kind: 'pending', label: 'waiting for a socket' }],
  ['HTTP_STREAM_REQUEST', { kind: 'pending', label: 'waiting for a stream' }],
  ['HTTP_TRANSACTION_SEND_REQUEST', { kind: 'send', label: 'send' }],
  ['HTTP_TRANSACTION_READ_HEADERS', { kind: 'receive', label: 'receive' }],
  ['HTTP_TRANSACTION_READ_BODY', { kind: 'body', label: 'body' }],
  ['HTTP_CACHE_', { kind: 'pending', label: 'cache' }],
];

/** The span that an event with a beginning and an end stands for; undefined for one that has none in a lane. */
export function phaseKind(type: string): Phase | undefined {
  return PHASES.find(([prefix]) => type.startsWith(prefix))?.[1];
}
