import type { MaybePromise } from '../../../../preload/contract/result';
import { textBytes, uintBytes } from '../../../../preload/contract/win32/memory';
import type { EngineFunctions } from '../../engine';
import {
  type CallFrame, ERROR_DLL_INIT_FAILED, ERROR_FILE_NOT_FOUND, ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER, NO_ERROR,
} from './call-frame';
import type { HttpServerState } from './http-server-state';
import type { Initialization } from './initialization';
import type { RequestQueue } from './request-queue';
import type { UrlGroup } from './url-group';
import { parseFragmentName, parseUrlPrefix, prepareUrl } from './url-prefix';
import type { UrlOwner } from './url-registry';

export type UrlFunctions = Pick<EngineFunctions, 'HttpAddUrlToUrlGroup' | 'HttpRemoveUrlFromUrlGroup' | 'HttpAddUrl' | 'HttpRemoveUrl' | 'HttpFindUrlGroupId' | 'HttpPrepareUrl'>;

export interface UrlParts {
  readonly frame: CallFrame;
  readonly state: HttpServerState;
  readonly initialization: Initialization;
  readonly groups: ReadonlyMap<bigint, UrlGroup>;
  readonly queueOwner: (queue: RequestQueue) => UrlOwner;
}

const HTTP_URL_FLAG_REMOVE_ALL = 1;

/** Registering URLs, with a URL group or (version 1) with a queue. */
export function createUrlFunctions({ frame, state, initialization, groups, queueOwner }: UrlParts): UrlFunctions {
  const add = (text: string | undefined, owner: UrlOwner, urlContext: bigint): MaybePromise<number> => {
    const prefix = text === undefined ? undefined : parseUrlPrefix(text);
    return prefix === undefined ? ERROR_INVALID_PARAMETER : state.addUrl(prefix, owner, urlContext);
  };
  const remove = (text: string | undefined, owner: UrlOwner): number => {
    const prefix = text === undefined ? undefined : parseUrlPrefix(text);
    if (prefix === undefined) return ERROR_INVALID_PARAMETER;
    return state.removeUrl(prefix, owner) ? NO_ERROR : ERROR_FILE_NOT_FOUND;
  };

  return {
    HttpAddUrlToUrlGroup: ({ UrlGroupId, pFullyQualifiedUrl, UrlContext, Reserved }, context) => frame.returning(context, () => {
      const group = groups.get(UrlGroupId);
      if (group === undefined || Reserved !== 0) return ERROR_INVALID_PARAMETER;
      return add(frame.wide(pFullyQualifiedUrl), group, UrlContext);
    }),

    HttpRemoveUrlFromUrlGroup: ({ UrlGroupId, pFullyQualifiedUrl, Flags }, context) => frame.returning(context, () => {
      const group = groups.get(UrlGroupId);
      if (group === undefined || (Flags & ~HTTP_URL_FLAG_REMOVE_ALL) !== 0) return ERROR_INVALID_PARAMETER;
      const url = frame.wide(pFullyQualifiedUrl);
      if (Flags === 0) return remove(url, group);
      if (url !== undefined) return ERROR_INVALID_PARAMETER;
      state.removeUrls(group);
      return NO_ERROR;
    }),

    HttpAddUrl: ({ RequestQueueHandle, FullyQualifiedUrl, Reserved }, context) => frame.returning(context, () => {
      if (!initialization.servers) return ERROR_DLL_INIT_FAILED;
      const handle = state.queueHandle(RequestQueueHandle);
      if (handle === undefined) return ERROR_INVALID_HANDLE;
      if (Reserved !== 0n) return ERROR_INVALID_PARAMETER;
      return add(frame.wide(FullyQualifiedUrl), queueOwner(handle.queue), 0n);
    }),

    HttpRemoveUrl: ({ RequestQueueHandle, FullyQualifiedUrl }, context) => frame.returning(context, () => {
      if (!initialization.servers) return ERROR_DLL_INIT_FAILED;
      // HttpAddUrl calls NULL an invalid handle, HttpRemoveUrl an invalid parameter: so it was observed on Windows.
      if (RequestQueueHandle === 0n) return ERROR_INVALID_PARAMETER;
      const handle = state.queueHandle(RequestQueueHandle);
      if (handle === undefined) return ERROR_INVALID_HANDLE;
      return remove(frame.wide(FullyQualifiedUrl), queueOwner(handle.queue));
    }),

    HttpFindUrlGroupId: ({ FullyQualifiedUrl, RequestQueueHandle, UrlGroupId }, context) => frame.returning(context, () => {
      const handle = state.queueHandle(RequestQueueHandle);
      if (handle === undefined) return ERROR_INVALID_HANDLE;
      const text = frame.wide(FullyQualifiedUrl);
      const url = text === undefined ? undefined : parseFragmentName(text);
      if (url === undefined || UrlGroupId === 0n) return ERROR_INVALID_PARAMETER;
      const bound = [...groups.values()].filter((group) => group.binding === handle.queue);
      const lengths = bound.map((group) => ({ group, length: state.registry.covered(group, url) ?? -1 }));
      const best = lengths.reduce<(typeof lengths)[number] | undefined>((found, one) => (one.length > (found?.length ?? -1) ? one : found), undefined);
      if (best === undefined) return ERROR_FILE_NOT_FOUND;
      frame.memory.write(UrlGroupId, uintBytes(best.group.id, 8));
      return NO_ERROR;
    }),

    HttpPrepareUrl: ({ Reserved, Flags, Url, PreparedUrl }, context) => frame.returning(context, () => {
      const text = frame.wide(Url);
      if (Reserved !== 0n || Flags !== 0 || PreparedUrl === 0n) return ERROR_INVALID_PARAMETER;
      const prepared = text === undefined ? undefined : prepareUrl(text);
      if (prepared === undefined) return ERROR_INVALID_PARAMETER;
      frame.memory.read(PreparedUrl, 8);
      const bytes = textBytes(`${prepared}\0`, 'W');
      // The application's to free, with HeapFree.
      const at = frame.memory.alloc(bytes.length);
      frame.memory.write(at, bytes);
      frame.memory.write(PreparedUrl, uintBytes(at, 8));
      return NO_ERROR;
    }),
  };
}
