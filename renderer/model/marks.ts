import { assertUnreachable } from '../../preload/contract/result';
import type { MarkKind, SpanKind } from '../../preload/contract/query';

/** What a mark stands for, in words: for the tooltip, the legend and the table twin. */
export function markWords(kind: MarkKind): string {
  switch (kind) {
    case 'created': return 'handle created';
    case 'call': return 'call';
    case 'failed-call': return 'call that failed';
    case 'callback': return 'callback';
    case 'complete': return 'operation completed';
    case 'complete-failed': return 'operation completed with an error';
    case 'close-requested': return 'close asked for';
    case 'handle-closing': return 'HANDLE_CLOSING';
    case 'cancelled': return 'cancelled';
    case 'connection-closed': return 'connection closed';
    case 'completed': return 'answered';
    case 'note': return 'note';
    default: return assertUnreachable(kind);
  }
}

export function spanWords(kind: SpanKind): string {
  switch (kind) {
    case 'life': return 'life of the handle';
    case 'resolve': return 'resolving the name';
    case 'connect': return 'connecting';
    case 'send': return 'sending';
    case 'receive': return 'receiving';
    case 'call': return 'call';
    case 'pending': return 'pending operation';
    case 'closing': return 'closing';
    case 'received': return 'received, not yet answered';
    case 'body': return 'entity body';
    default: return assertUnreachable(kind);
  }
}
