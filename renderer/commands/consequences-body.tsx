import type { HandleNode } from '../../preload/contract/handle';
import type { CloseAllConsequences, Consequences } from '../model/consequences';
import { kindWords } from '../model/kinds';
import css from './confirm-dialog.module.css';

/** Names shown of a long list; the rest is counted. */
const MOST_NAMES = 8;

/** What a close or a cancel will do: the call, what ends with it, and what the page says. */
export function ConsequencesBody({ consequences, cancels }: { readonly consequences: Consequences; readonly cancels: boolean }) {
  const { target, api, page, promises, others, pending, connectionId } = consequences;
  return (
    <>
      <p className={css.call}><code>{`${api}(${target.raw})`}</code></p>
      <Named title={othersTitle(consequences, cancels)} nodes={others} />
      <Pending pending={pending} />
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
    </>
  );
}

/** What many closes will do, one after the other. */
export function CloseAllBody({ consequences: { apis, targets, pending } }: { readonly consequences: CloseAllConsequences }) {
  return (
    <>
      <p className={css.call}><code>{apis.join(', ')}</code>, one after the other; the first that fails halts the rest.</p>
      <Named title={targets.length === 1 ? 'Closes' : `Closes ${targets.length.toLocaleString('en')}`} nodes={targets} />
      <Pending pending={pending} />
    </>
  );
}

function Pending({ pending }: { readonly pending: Consequences['pending'] }) {
  if (pending.length === 0) return undefined;
  return (
    <section className={css.section}>
      <h3 className={css.heading}>{pending.length === 1 ? 'Ends a pending operation' : `Ends ${pending.length} pending operations`}</h3>
      <ul className={css.names}>
        {pending.slice(0, MOST_NAMES).map((operation, index) => (
          <li key={`${operation.label}-${operation.api}-${index}`} className={css.name}><code>{operation.api}</code> of {operation.label}</li>
        ))}
        <More count={pending.length - MOST_NAMES} />
      </ul>
    </section>
  );
}

function othersTitle({ others }: Consequences, cancels: boolean): string {
  const count = others.length === 1 ? '1 more' : `${others.length} more`;
  return cancels ? `Ends ${count} on the same connection` : `Closes ${count} below it`;
}

function Named({ title, nodes }: { readonly title: string; readonly nodes: readonly HandleNode[] }) {
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
  return count > 0 ? <li className={css.name}>and {count.toLocaleString('en')} more</li> : undefined;
}
