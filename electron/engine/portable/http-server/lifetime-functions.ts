import { uintBytes, type Address } from '../../../../preload/contract/win32/memory';
import type { EngineFunctions } from '../../engine';
import type { HandleTable } from '../kernel/handle-table';
import {
  type CallFrame, ERROR_ALREADY_EXISTS, ERROR_DLL_INIT_FAILED, ERROR_FILE_NOT_FOUND, ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER,
  ERROR_REVISION_MISMATCH, NO_ERROR,
} from './call-frame';
import type { HttpServerState } from './http-server-state';
import type { Initialization } from './initialization';
import { ID_BASES, OpaqueIds } from './opaque-ids';
import { RequestQueue } from './request-queue';
import { ServerSession, UrlGroup } from './url-group';
import type { UrlOwner } from './url-registry';

export type LifetimeFunctions = Pick<
  EngineFunctions,
  | 'HttpInitialize' | 'HttpTerminate' | 'HttpCreateServerSession' | 'HttpCloseServerSession' | 'HttpCreateUrlGroup' | 'HttpCloseUrlGroup'
  | 'HttpCreateRequestQueue' | 'HttpCloseRequestQueue' | 'HttpShutdownRequestQueue' | 'HttpCreateHttpHandle'
>;

export interface LifetimeParts {
  readonly frame: CallFrame;
  readonly state: HttpServerState;
  readonly handles: HandleTable;
  readonly initialization: Initialization;
  /** URL groups by id, shared with the functions that add URLs. */
  readonly groups: Map<bigint, UrlGroup>;
  /** Server sessions by id, shared with the functions that configure them. */
  readonly sessions: Map<bigint, ServerSession>;
  /** The URLs of a queue that HttpAddUrl adds to. */
  readonly queueOwner: (queue: RequestQueue) => UrlOwner;
}

/** HTTPAPI_VERSION by value: the major number in the low word. */
const VERSION_1 = 1;
const VERSION_2 = 2;
const MAX_PATH = 260;
const QUEUE_FLAG = { OPEN_EXISTING: 1, CONTROLLER: 2, DELEGATION: 8 } as const;

/** Initialization, server sessions, URL groups and request queues: everything that is created and closed. */
export function createLifetimeFunctions(parts: LifetimeParts): LifetimeFunctions {
  const { frame, state, handles, initialization, groups, sessions, queueOwner } = parts;
  const { memory } = frame;
  const sessionIds = new OpaqueIds(ID_BASES.serverSession);
  const groupIds = new OpaqueIds(ID_BASES.urlGroup);
  const namedQueues = new Map<string, RequestQueue>();

  const closeGroup = (group: UrlGroup): void => {
    state.removeUrls(group);
    groups.delete(group.id);
    group.session.groups.delete(group);
  };

  const openHandle = (queue: RequestQueue, how: { readonly controller: boolean; readonly creator: boolean }, out: Address): number => {
    const handle = state.openQueue(queue, how, () => {
      state.removeUrls(queueOwner(queue));
      for (const group of groups.values()) if (group.binding === queue) group.binding = undefined;
      if (queue.name !== undefined) namedQueues.delete(queue.name);
    });
    memory.write(out, uintBytes(handle.value, 8));
    return NO_ERROR;
  };

  return {
    HttpInitialize: ({ Version, Flags, pReserved }, context) => frame.returning(context, () => {
      if (Version !== VERSION_1 && Version !== VERSION_2) return ERROR_REVISION_MISMATCH;
      if (pReserved !== 0n || !initialization.begin(Flags)) return ERROR_INVALID_PARAMETER;
      return NO_ERROR;
    }),

    HttpTerminate: ({ Flags, pReserved }, context) => frame.returning(context, () =>
      (pReserved !== 0n || !initialization.end(Flags) ? ERROR_INVALID_PARAMETER : NO_ERROR)),

    HttpCreateServerSession: ({ Version, ServerSessionId, Reserved }, context) => frame.returning(context, () => {
      if (ServerSessionId === 0n || Reserved !== 0) return ERROR_INVALID_PARAMETER;
      if (Version !== VERSION_1 && Version !== VERSION_2) return ERROR_REVISION_MISMATCH;
      const session = new ServerSession(sessionIds.next());
      memory.write(ServerSessionId, uintBytes(session.id, 8));
      sessions.set(session.id, session);
      return NO_ERROR;
    }),

    HttpCloseServerSession: ({ ServerSessionId }, context) => frame.returning(context, () => {
      const session = sessions.get(ServerSessionId);
      if (session === undefined) return ERROR_INVALID_PARAMETER;
      for (const group of session.groups) closeGroup(group);
      sessions.delete(ServerSessionId);
      return NO_ERROR;
    }),

    HttpCreateUrlGroup: ({ ServerSessionId, pUrlGroupId, Reserved }, context) => frame.returning(context, () => {
      const session = sessions.get(ServerSessionId);
      if (session === undefined || pUrlGroupId === 0n || Reserved !== 0) return ERROR_INVALID_PARAMETER;
      const group = new UrlGroup(groupIds.next(), session);
      memory.write(pUrlGroupId, uintBytes(group.id, 8));
      groups.set(group.id, group);
      session.groups.add(group);
      return NO_ERROR;
    }),

    HttpCloseUrlGroup: ({ UrlGroupId }, context) => frame.returning(context, () => {
      const group = groups.get(UrlGroupId);
      if (group === undefined) return ERROR_INVALID_PARAMETER;
      closeGroup(group);
      return NO_ERROR;
    }),

    HttpCreateRequestQueue: ({ Version, Name, SecurityAttributes, Flags, RequestQueueHandle }, context) => frame.returning(context, () => {
      if (!initialization.servers) return ERROR_DLL_INIT_FAILED;
      if (Version !== VERSION_2) return ERROR_REVISION_MISMATCH;
      const name = frame.wide(Name);
      const openExisting = (Flags & QUEUE_FLAG.OPEN_EXISTING) !== 0;
      const controller = (Flags & QUEUE_FLAG.CONTROLLER) !== 0;
      const flagsKnown = (Flags & ~(QUEUE_FLAG.OPEN_EXISTING | QUEUE_FLAG.CONTROLLER | QUEUE_FLAG.DELEGATION)) === 0;
      if (RequestQueueHandle === 0n || !flagsKnown || (name ?? '').length * 2 > MAX_PATH) return ERROR_INVALID_PARAMETER;
      const existing = name === undefined ? undefined : namedQueues.get(name.toLowerCase());
      if (openExisting) {
        if (name === undefined || name === '' || controller || SecurityAttributes !== 0n) return ERROR_INVALID_PARAMETER;
        return existing === undefined ? ERROR_FILE_NOT_FOUND : openHandle(existing, { controller: false, creator: false }, RequestQueueHandle);
      }
      if (existing !== undefined) return ERROR_ALREADY_EXISTS;
      memory.read(RequestQueueHandle, 8);
      const queue = new RequestQueue(2, name === '' ? undefined : name?.toLowerCase());
      if (queue.name !== undefined) namedQueues.set(queue.name, queue);
      return openHandle(queue, { controller, creator: true }, RequestQueueHandle);
    }),

    HttpCreateHttpHandle: ({ RequestQueueHandle, Reserved }, context) => frame.returning(context, () => {
      if (!initialization.servers) return ERROR_DLL_INIT_FAILED;
      if (RequestQueueHandle === 0n || Reserved !== 0) return ERROR_INVALID_PARAMETER;
      memory.read(RequestQueueHandle, 8);
      return openHandle(new RequestQueue(1, undefined), { controller: false, creator: true }, RequestQueueHandle);
    }),

    HttpCloseRequestQueue: ({ RequestQueueHandle }, context) => frame.returning(context, () => {
      if (state.queueHandle(RequestQueueHandle) === undefined) return ERROR_INVALID_HANDLE;
      handles.close(RequestQueueHandle);
      return NO_ERROR;
    }),

    HttpShutdownRequestQueue: ({ RequestQueueHandle }, context) => frame.returning(context, () => {
      const handle = state.queueHandle(RequestQueueHandle);
      if (handle === undefined) return ERROR_INVALID_PARAMETER;
      state.shutDown(handle);
      return NO_ERROR;
    }),
  };
}
