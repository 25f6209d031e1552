import type { HTTP_SERVER_FUNCTIONS } from '../../../../preload/contract/win32/http-server-functions';
import type { Memory } from '../../../../preload/contract/win32/memory';
import type { ConnectionEvent, EngineFunctions } from '../../engine';
import type { Kernel } from '../kernel/create-kernel';
import type { EngineThreads } from '../kernel/engine-threads';
import { createCacheFunctions } from './cache-functions';
import { CallFrame } from './call-frame';
import { createConfigurationFunctions } from './configuration-functions';
import { createConnectionFunctions } from './connection-functions';
import { DataChunks } from './data-chunks';
import { createFeatureFunctions } from './feature-functions';
import { HttpServerState } from './http-server-state';
import { Initialization } from './initialization';
import { createLifetimeFunctions } from './lifetime-functions';
import { createPropertyFunctions } from './property-functions';
import { queueAsOwner } from './queue-owner';
import { createReceiveFunctions } from './receive-functions';
import { createRequestPropertyFunctions } from './request-property-functions';
import type { RequestQueue } from './request-queue';
import { createSendFunctions } from './send-functions';
import { ServiceConfiguration } from './service-configuration';
import type { ServerSession, UrlGroup } from './url-group';
import { createUrlFunctions } from './url-functions';
import type { UrlPrefix } from './url-prefix';
import type { UrlOwner } from './url-registry';

export type HttpServerFunctions = Pick<EngineFunctions, keyof typeof HTTP_SERVER_FUNCTIONS>;

export interface HttpServerDependencies {
  readonly memory: Memory;
  readonly threads: EngineThreads;
  /** Its handle table holds the queues; dispose the server first. */
  readonly kernel: Kernel;
  readonly onConnection: (event: ConnectionEvent) => void;
  /** The addresses that servers listen on: both loopbacks, unless the person says otherwise. */
  readonly listenAddresses?: readonly string[];
}

export interface HttpServer {
  readonly functions: HttpServerFunctions;
  /** Ends every connection and listener without reporting it; resolves when no socket is left. */
  dispose(): Promise<void>;
  /** How much is open now, by its kind. */
  readonly open: Readonly<Record<'server sessions' | 'URL groups' | 'received requests' | 'connections', number>>;
}

/** The HTTP Server API over real sockets, by the rules of its reference pages. */
export function createHttpServerFunctions(dependencies: HttpServerDependencies): HttpServer {
  const { memory, threads, kernel, onConnection, listenAddresses = ['127.0.0.1', '::1'] } = dependencies;
  const configuration = new ServiceConfiguration();
  const state = new HttpServerState({ memory, handles: kernel.handles, listenAddresses, configuration, onConnection });
  const frame = new CallFrame(memory, threads, kernel.io);
  const chunks = new DataChunks(memory, kernel.handles);
  const initialization = new Initialization();
  const groups = new Map<bigint, UrlGroup>();
  const sessions = new Map<bigint, ServerSession>();
  const owners = new WeakMap<RequestQueue, UrlOwner>();
  const queueOwner = (queue: RequestQueue): UrlOwner => {
    const owner = owners.get(queue) ?? queueAsOwner(queue);
    owners.set(queue, owner);
    return owner;
  };
  const serves = (queue: RequestQueue, url: UrlPrefix): boolean => state.registry.covered(queueOwner(queue), url) !== undefined
    || [...groups.values()].some((group) => group.binding === queue && state.registry.covered(group, url) !== undefined);
  return {
    functions: {
      ...createLifetimeFunctions({ frame, state, handles: kernel.handles, initialization, groups, sessions, queueOwner }),
      ...createPropertyFunctions({ frame, state, groups, sessions }),
      ...createUrlFunctions({ frame, state, initialization, groups, queueOwner }),
      ...createReceiveFunctions({ frame, state, initialization }),
      ...createRequestPropertyFunctions({ frame, state }),
      ...createSendFunctions({ frame, state, chunks }),
      ...createConnectionFunctions({ frame, state }),
      ...createCacheFunctions({ frame, state, chunks, serves }),
      ...createFeatureFunctions({ frame, state, threads }),
      ...createConfigurationFunctions({ frame, initialization, configuration }),
    },
    dispose: () => state.dispose(),
    get open() {
      return { 'server sessions': sessions.size, 'URL groups': groups.size, 'received requests': state.requests.size, connections: state.connections.size };
    },
  };
}
