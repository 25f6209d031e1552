import { Suspense } from 'react';
import type { HandleId } from '../../preload/contract/ids';
import { assertUnreachable } from '../../preload/contract/result';
import { later } from '../store/later';

const Client = later(async () => (await import('./client-dialog')).ClientDialog);
const Server = later(async () => (await import('./server-dialog')).ServerDialog);
const Respond = later(async () => (await import('./respond-dialog')).RespondDialog);
const Rules = later(async () => (await import('./rules-dialog')).RulesDialog);
const Code = later(async () => (await import('./code-dialog')).CodeDialog);

type Asked = { readonly kind: 'new-client' | 'new-server' | 'code' } | { readonly kind: 'respond'; readonly request: HandleId } | { readonly kind: 'answer-rules'; readonly queue: HandleId };

/** The dialogs that make calls, and the one that tells how they are made in a program. */
export function ComposeDialog({ asked }: { readonly asked: Asked }) {
  return <Suspense>{dialogOf(asked)}</Suspense>;
}

function dialogOf(asked: Asked) {
  switch (asked.kind) {
    case 'new-client': return <Client />;
    case 'new-server': return <Server />;
    case 'respond': return <Respond request={asked.request} />;
    case 'answer-rules': return <Rules queue={asked.queue} />;
    case 'code': return <Code />;
    default: return assertUnreachable(asked);
  }
}
