import type { HandleNode } from '../../../preload/contract/handle';
import type { SweepAction } from '../../../preload/contract/sweep';
import type { FunctionName } from '../../../preload/contract/win32/functions';
import type { Inspector } from '../../inspector/inspector';

export interface ClosingCall {
  readonly api: FunctionName;
  readonly args: Readonly<Record<string, bigint>>;
}

/** The call that closes a handle by its kind, or cancels a request; undefined where there is none. */
export function closingCall(action: SweepAction, node: HandleNode, inspector: Inspector): ClosingCall | undefined {
  const raw = inspector.registry.get(node.id)?.raw;
  if (raw === undefined) return undefined;
  if (action === 'cancel') {
    const queue = node.parent === undefined ? undefined : inspector.registry.get(node.parent)?.raw;
    return node.kind !== 'server-request' || queue === undefined ? undefined : { api: 'HttpCancelHttpRequest', args: { RequestQueueHandle: queue, RequestId: raw } };
  }
  switch (node.kind) {
    case 'server-request': case 'process': return undefined;
    case 'server-session': return { api: 'HttpCloseServerSession', args: { ServerSessionId: raw } };
    case 'url-group': return { api: 'HttpCloseUrlGroup', args: { UrlGroupId: raw } };
    case 'request-queue': return { api: 'HttpCloseRequestQueue', args: { RequestQueueHandle: raw } };
    default: return { api: 'InternetCloseHandle', args: { hInternet: raw } };
  }
}
