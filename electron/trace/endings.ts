import type { EventFields, EventValue } from '../../preload/contract/event';
import { HTTP_API_MEMBERS } from '../../preload/contract/win32/constants/http-api-members';
import type { HandleNode, HandleState } from '../../preload/contract/handle';
import type { HandleId } from '../../preload/contract/ids';

interface Handles {
  get(id: HandleId): HandleNode | undefined;
  childrenOf(id: HandleId): readonly HandleId[];
}

interface Ending {
  readonly id: HandleId;
  readonly state: HandleState;
}

/** What a successful call of the HTTP Server API ends, and how (http.h pages of each function). */
export function closedBy(api: string, handle: HandleId, handles: Handles): readonly Ending[] {
  switch (api) {
    case 'HttpCloseServerSession': case 'HttpCloseUrlGroup':
      return [...handles.childrenOf(handle), handle].map((id) => ({ id, state: 'closed' }));
    case 'HttpCloseRequestQueue': case 'CloseHandle':
      return [...handles.childrenOf(handle).map((id) => ({ id, state: 'disconnected' }) as const), { id: handle, state: 'closed' }];
    case 'HttpCancelHttpRequest':
      return [{ id: handle, state: 'cancelled' }];
    default:
      return [];
  }
}

/** Whether a call was the last part of an answer: the request's id is used up by it. */
export function answersRequest(api: string, args: EventFields): boolean {
  if (api !== 'HttpSendHttpResponse' && api !== 'HttpSendResponseEntityBody') return false;
  const flags = args['Flags'];
  return typeof flags === 'number' && (flags & HTTP_API_MEMBERS.HTTP_SEND_RESPONSE_FLAG.MORE_DATA) === 0 && !isInterim(args['HttpResponse']);
}

/** A 1xx response, behind which another one comes; 101 Switching Protocols is the last. */
function isInterim(response: EventValue | undefined): boolean {
  const status = typeof response === 'object' && 'StatusCode' in response ? response.StatusCode : undefined;
  return typeof status === 'number' && status >= 100 && status < 200 && status !== 101;
}
