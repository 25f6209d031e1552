import type { HandleNode } from '../../../preload/contract/handle';
import { handleId, seq } from '../../../preload/contract/ids';

/** A handle node with what matters to the test; the rest is plain. */
export function node(id: number, change: Partial<Omit<HandleNode, 'id'>> & { readonly under?: number } = {}): HandleNode {
  const { under, ...rest } = change;
  return {
    id: handleId(id), kind: 'request', parent: under === undefined ? undefined : handleId(under), raw: `0xcc${id.toString(16).padStart(4, '0')}`,
    label: `GET /${id}`, detail: '', state: 'open', createdAt: id, endedAt: undefined, createdBy: seq(id), closeRequestedAt: undefined, pending: [],
    context: '0x1', hasCallback: true, asynchronous: true, connectionId: undefined, ...rest,
  };
}

export function pending(api: string): HandleNode['pending'] {
  return [{ call: seq(1), api, since: 1 }];
}
