import { isEnded, type HandleNode } from '../../preload/contract/handle';
import type { HandleId } from '../../preload/contract/ids';
import type { Forest } from './forest';
import { kindWords } from './kinds';

/** What a close or a cancel will do, told before it is done. */
export interface Consequences {
  readonly api: string;
  /** The page of Microsoft's reference that promises it. */
  readonly page: string;
  readonly target: HandleNode;
  /** What ends with the target: what lies below a closed handle, or shares the connection of a cancelled request. */
  readonly others: readonly HandleNode[];
  /** Operations that are pending now. */
  readonly pending: readonly { readonly label: string; readonly api: string }[];
  /** The transport connection that drops, in hex. */
  readonly connectionId: string | undefined;
  /** What the page says will happen, in sentences. */
  readonly promises: readonly string[];
}

export function closeConsequences(forest: Forest, id: HandleId): Consequences | undefined {
  const target = forest.get(id);
  const api = target === undefined ? undefined : kindWords(target.kind).close;
  if (target === undefined || api === undefined) return undefined;
  const living = forest.subtree(id).filter((node) => !isEnded(node.state));
  const pending = pendingOf(living);
  return {
    api, page: PAGES[api] ?? '', target, others: living.filter((node) => node.id !== id), pending, connectionId: undefined,
    promises: closePromises(api, target, pending.length),
  };
}

/** What many closes will do. */
export interface CloseAllConsequences {
  readonly apis: readonly string[];
  /** Those that have not ended yet. */
  readonly targets: readonly HandleNode[];
  /** Operations that are pending on them and below them, each once. */
  readonly pending: Consequences['pending'];
}

export function closeAllConsequences(forest: Forest, handles: readonly HandleId[]): CloseAllConsequences {
  const targets = handles.flatMap((id) => forest.get(id) ?? []).filter((node) => !isEnded(node.state));
  const living = new Set(targets.flatMap((target) => forest.subtree(target.id)));
  return { apis: [...new Set(targets.flatMap(({ kind }) => kindWords(kind).close ?? []))], targets, pending: pendingOf([...living]) };
}

export function cancelConsequences(forest: Forest, id: HandleId): Consequences | undefined {
  const target = forest.get(id);
  if (target === undefined) return undefined;
  const { connectionId } = target;
  const others = connectionId === undefined
    ? []
    : [...forest.all()].filter((node) => node.id !== id && node.connectionId === connectionId && !isEnded(node.state));
  return {
    api: 'HttpCancelHttpRequest', page: PAGES['HttpCancelHttpRequest'] ?? '', target, others, pending: pendingOf([target, ...others]), connectionId,
    promises: [
      'The underlying transport connection is closed, and every other request on it goes with it.',
      'Its client sees the connection end without an answer.',
      'The request is finished: a later call with its id gives ERROR_CONNECTION_INVALID (1229).',
    ],
  };
}

const PAGES: Readonly<Record<string, string>> = {
  InternetCloseHandle: 'learn.microsoft.com/windows/win32/api/wininet/nf-wininet-internetclosehandle',
  HttpCloseServerSession: 'learn.microsoft.com/windows/win32/api/http/nf-http-httpcloseserversession',
  HttpCloseUrlGroup: 'learn.microsoft.com/windows/win32/api/http/nf-http-httpcloseurlgroup',
  HttpCloseRequestQueue: 'learn.microsoft.com/windows/win32/api/http/nf-http-httpcloserequestqueue',
  HttpCancelHttpRequest: 'learn.microsoft.com/windows/win32/api/http/nf-http-httpcancelhttprequest',
};

function pendingOf(nodes: readonly HandleNode[]): Consequences['pending'] {
  return nodes.flatMap((node) => node.pending.map(({ api }) => ({ label: node.label, api })));
}

function closePromises(api: string, target: HandleNode, pending: number): readonly string[] {
  switch (api) {
    case 'InternetCloseHandle': return wininetPromises(target, pending);
    case 'HttpCloseServerSession': return ['The server session ends, and its URL groups are closed with it.'];
    case 'HttpCloseUrlGroup': return ['The URLs of the group are no longer served.', 'Requests that were received already stay with their queue.'];
    case 'HttpCloseRequestQueue': return ['The queue takes no more requests; outstanding receives on it end.', 'Requests of the queue that have no answer yet lose their connection.'];
    default: return [];
  }
}

function wininetPromises(target: HandleNode, pending: number): readonly string[] {
  const promises: string[] = [];
  if (pending > 0) {
    promises.push(
      'Operations are pending: the handle is not closed at once but invalidated, and GetLastError gives ERROR_IO_PENDING (997).',
      'What is pending ends with REQUEST_COMPLETE, which may come before the final HANDLE_CLOSING.',
    );
  }
  promises.push(
    target.hasCallback && target.context !== undefined && Number(target.context) !== 0
      ? 'A callback is set and the context is not NULL: HANDLE_CLOSING comes as the last callback.'
      : `${target.hasCallback ? 'The context is NULL' : 'No callback is set'}: no HANDLE_CLOSING is made, so nothing tells when the close is complete.`,
    'New calls with the handle give ERROR_INVALID_HANDLE (6). Outstanding data is discarded.',
  );
  return promises;
}
