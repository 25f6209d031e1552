import type { MaybePromise } from '../../../../preload/contract/result';
import type { EngineFunctions } from '../../engine';
import {
  type CallFrame, ERROR_DLL_INIT_FAILED, ERROR_FILE_NOT_FOUND, ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER, NO_ERROR,
} from './call-frame';
import type { HttpServerState } from './http-server-state';
import type { Initialization } from './initialization';
import type { RequestQueue } from './request-queue';
import type { UrlGroup } from './url-group';
import { parseUrlPrefix } from './url-prefix';
import type { UrlOwner } from './url-registry';

export type UrlFunctions = Pick<EngineFunctions, 'HttpAddUrlToUrlGroup' | 'HttpRemoveUrlFromUrlGroup' | 'HttpAddUrl' | 'HttpRemoveUrl'>;

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
  };
}
