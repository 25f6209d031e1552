import { useState } from 'react';
import type { HandleNode } from '../../preload/contract/handle';
import { cancelConsequences, closeConsequences, type Consequences } from '../model/consequences';
import { kindWords } from '../model/kinds';
import { cancelRequest, closeHandle } from '../store/command-actions';
import { useApp, type OpenDialog } from '../store/state';
import { changeSettings, showDialog } from '../store/view-actions';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import css from './confirm-dialog.module.css';

type Asked = Extract<OpenDialog, { readonly kind: 'confirm-close' | 'confirm-cancel' }>;

/** Names shown of a long list; the rest is counted. */
const MOST_NAMES = 8;

/** Tells what a close or a cancel will do, before it is done. */
export function ConfirmDialog({ asked }: { readonly asked: Asked }) {
  const forest = useApp((state) => state.forest);
  // While the question stands, what it speaks of can change.
  useApp((state) => state.revision);
  const [never, setNever] = useState(false);
  const cancels = asked.kind === 'confirm-cancel';
  const consequences = cancels ? cancelConsequences(forest, asked.request) : closeConsequences(forest, asked.handle);
  const leave = (): void => showDialog(undefined);
  if (consequences === undefined) return undefined;
  const { target, api, page, promises, others, pending, connectionId } = consequences;
  const confirm = (): void => {
    if (never) changeSettings({ ending: 'at-once' });
    leave();
    if (cancels) void cancelRequest(target.id);
    else void closeHandle(target.id);
  };
  return (
    <Dialog
      title={`${cancels ? 'Cancel' : 'Close'} ${target.label}?`}
      size="small"
      scrolls
      onClose={leave}
      onSubmit={confirm}
      footer={(
        <>
          <label className={css.never}>
            <input type="checkbox" checked={never} onChange={(event) => setNever(event.target.checked)} />
            Do not ask again
          </label>
          <Button look="quiet" onPress={leave}>Keep it</Button>
          <Button look="danger" submits focusFirst onPress={() => {}}>{cancels ? 'Cancel the request' : 'Close the handle'}</Button>
        </>
      )}
    >
      <p className={css.call}><code>{`${api}(${target.raw})`}</code></p>
      <Consequence title={othersTitle(consequences, cancels)} nodes={others} />
      {pending.length > 0 && (
        <section className={css.section}>
          <h3 className={css.heading}>{pending.length === 1 ? 'Ends a pending operation' : `Ends ${pending.length} pending operations`}</h3>
          <ul className={css.names}>
            {pending.slice(0, MOST_NAMES).map((operation, index) => (
              <li key={`${operation.label}-${operation.api}-${index}`} className={css.name}><code>{operation.api}</code> of {operation.label}</li>
            ))}
            <More count={pending.length - MOST_NAMES} />
          </ul>
        </section>
      )}
      {connectionId !== undefined && (
        <section className={css.section}>
          <h3 className={css.heading}>Drops the connection</h3>
          <p className={css.name}><code>{connectionId}</code>{others.length === 0 ? ', which carries no other request now' : ''}</p>
        </section>
      )}
      <section className={css.section}>
        <h3 className={css.heading}>What the page says</h3>
        <ul className={css.promises}>{promises.map((promise) => <li key={promise}>{promise}</li>)}</ul>
        <p className={css.page}>{page}</p>
      </section>
    </Dialog>
  );
}

function othersTitle({ others }: Consequences, cancels: boolean): string {
  const count = others.length === 1 ? '1 more' : `${others.length} more`;
  return cancels ? `Ends ${count} on the same connection` : `Closes ${count} below it`;
}

function Consequence({ title, nodes }: { readonly title: string; readonly nodes: readonly HandleNode[] }) {
  if (nodes.length === 0) return undefined;
  return (
    <section className={css.section}>
      <h3 className={css.heading}>{title}</h3>
      <ul className={css.names}>
        {nodes.slice(0, MOST_NAMES).map((node) => (
          <li key={node.id} className={css.name} title={node.label}>{node.label} <small>{kindWords(node.kind).name}</small></li>
        ))}
        <More count={nodes.length - MOST_NAMES} />
      </ul>
    </section>
  );
}

function More({ count }: { readonly count: number }) {
  return count > 0 ? <li className={css.name}>and {count} more</li> : undefined;
}
