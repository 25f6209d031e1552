import type { HTTP_SERVER_FUNCTIONS } from '../../../../preload/contract/win32/http-server-functions';
import type { Memory } from '../../../../preload/contract/win32/memory';
import type { ConnectionEvent, EngineFunctions } from '../../engine';
import type { Kernel } from '../kernel/create-kernel';
import type { EngineThreads } from '../kernel/engine-threads';
import { CallFrame } from './call-frame';
import { createConnectionFunctions } from './connection-functions';
import { HttpServerState } from './http-server-state';
import { Initialization } from './initialization';
import { createLifetimeFunctions } from './lifetime-functions';
import { createReceiveFunctions } from './receive-functions';
import type { RequestQueue } from './request-queue';
import { createSendFunctions } from './send-functions';
import type { UrlGroup } from './url-group';
import { createUrlFunctions } from './url-functions';
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
}

/** The HTTP Server API over real sockets, by the rules of its reference pages. */
export function createHttpServerFunctions(dependencies: HttpServerDependencies): HttpServer {
  const { memory, threads, kernel, onConnection, listenAddresses = ['127.0.0.1', '::1'] } = dependencies;
  const state = new HttpServerState({ memory, handles: kernel.handles, listenAddresses, onConnection });
  const frame = new CallFrame(memory, threads, kernel.io);
  const initialization = new Initialization();
  const groups = new Map<bigint, UrlGroup>();
  const owners = new WeakMap<RequestQueue, UrlOwner>();
  const queueOwner = (queue: RequestQueue): UrlOwner => {
    const owner = owners.get(queue) ?? { queue: () => queue, idleSeconds: () => undefined };
    owners.set(queue, owner);
    return owner;
  };
  return {
    functions: {
      ...createLifetimeFunctions({ frame, state, handles: kernel.handles, initialization, groups, queueOwner }),
      ...createUrlFunctions({ frame, state, initialization, groups, queueOwner }),
      ...createReceiveFunctions({ frame, state, initialization }),
      ...createSendFunctions({ frame, state }),
      ...createConnectionFunctions({ frame, state }),
    },
    dispose: () => state.dispose(),
  };
}
