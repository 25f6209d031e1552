import { assertUnreachable } from '../../preload/contract/result';
import type { HandleNode } from '../../preload/contract/handle';
import type { Tone } from '../../preload/contract/query';

export interface StateChip {
  readonly text: string;
  readonly tone: Tone;
}

/** What the row says of the handle's state beside its name; nothing for one that is simply open. */
export function chipsOf(node: HandleNode): readonly StateChip[] {
  switch (node.state) {
    case 'open': return node.pending.length > 0 ? [{ text: `pending ${node.pending.length}`, tone: 'plain' }] : [];
    case 'closing': return [
      { text: 'closing', tone: 'pending' },
      ...(node.pending.length > 0 ? [{ text: `pending ${node.pending.length}`, tone: 'plain' } as const] : []),
    ];
    case 'closed': return [];
    case 'completed': return [{ text: 'answered', tone: 'good' }];
    case 'cancelled': return [{ text: 'cancelled', tone: 'bad' }];
    case 'disconnected': return [{ text: 'connection lost', tone: 'bad' }];
    case 'lost': return [{ text: 'engine lost', tone: 'bad' }];
    default: return assertUnreachable(node.state);
  }
}

/** The state in words, for the details and for a screen reader. */
export function stateWords(node: HandleNode): string {
  switch (node.state) {
    case 'open': return node.pending.length > 0 ? `open, ${node.pending.length} pending` : 'open';
    case 'closing': return 'closing: the close was asked for and has not come to its end';
    case 'closed': return 'closed';
    case 'completed': return 'answered';
    case 'cancelled': return 'cancelled';
    case 'disconnected': return 'ended with its connection';
    case 'lost': return 'ended with its engine';
    default: return assertUnreachable(node.state);
  }
}
