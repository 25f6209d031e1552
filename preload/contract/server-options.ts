/** HTTP_503_RESPONSE_VERBOSITY: the connection is dropped, a bare 503, or one with its reason. */
export type Verbosity503 = 'basic' | 'limited' | 'full';

/** HTTP_ENABLED_STATE. */
export type EnabledState = 'active' | 'inactive';

/** What New server sets of its queue and its URL group; what is left out stays as http.sys has it, and no call is made. */
export interface ServerOptions {
  /** Requests that wait at most (HttpServerQueueLengthProperty of the queue). */
  readonly queueLength?: number | undefined;
  /** HttpServerStateProperty of the queue. */
  readonly queueState?: EnabledState | undefined;
  /** What a 503 of http.sys tells its client (HttpServer503VerbosityProperty of the queue). */
  readonly verbosity?: Verbosity503 | undefined;
  /** HttpServerStateProperty of the group. */
  readonly groupState?: EnabledState | undefined;
  /** Seconds, of the group's HTTP_TIMEOUT_LIMIT_INFO: EntityBody, DrainEntityBody, RequestQueue, IdleConnection, HeaderWait. */
  readonly entityBodyTimeout?: number | undefined;
  readonly drainTimeout?: number | undefined;
  readonly queueTimeout?: number | undefined;
  readonly idleTimeout?: number | undefined;
  readonly headerTimeout?: number | undefined;
  /** Bytes a second that a client takes at least, of the same structure. */
  readonly minSendRate?: number | undefined;
  /** Bytes a second (HTTP_BANDWIDTH_LIMIT_INFO, by HttpServerQosProperty of the group). */
  readonly bandwidth?: number | undefined;
  /** Connections at a time (HTTP_CONNECTION_LIMIT_INFO, likewise). */
  readonly connections?: number | undefined;
}

/** What their fields can hold (http/ns-http-http_timeout_limit_info, http/ns-http-http_bandwidth_limit_info). */
export const SERVER_LIMITS = {
  queueLength: { least: 1, most: 65535 },
  timeout: { least: 1, most: 65535 },
  rate: { least: 1, most: 2 ** 32 - 2 },
  /** HTTP_MIN_ALLOWED_BANDWIDTH_THROTTLING_RATE is the least. */
  bandwidth: { least: 1024, most: 2 ** 32 - 2 },
  connections: { least: 1, most: 2 ** 32 - 2 },
} as const;
