import type { Details } from '../../preload/contract/query';
import { kindWords } from '../model/kinds';
import { CommandButton } from '../commands/command-button';
import { CopyDetails } from './copy-details';
import { Explained } from './explained';
import { HandleNotes } from './handle-notes';
import { Facts, PageAddress, Section } from './section';
import css from './details.module.css';

export function HandleDetails({ details }: { readonly details: Extract<Details, { readonly kind: 'handle' }> }) {
  const { node, facts, explained, stillOpen, message, page } = details;
  const name = kindWords(node.kind).name;
  return (
    <article aria-label={`Details of ${name} ${node.label}`}>
      <header className={css.header}>
        <p className={css.kind}>{name}</p>
        <h2 className={css.title} title={node.label}>{node.label}</h2>
        {node.kind === 'server-request' && (
          <div className={css.actions}>
            <CommandButton command="respond" showKeys />
            <CommandButton command="cancel-request" label="Cancel" showKeys />
          </div>
        )}
        <CopyDetails />
      </header>
      <HandleNotes handle={node.id} />
      {explained.length > 0 && <Section title={node.kind === 'server-request' ? 'Explained end' : 'Explained close'}><Explained steps={explained} /></Section>}
      {stillOpen.length > 0 && <Section title="Why it is still open"><Explained steps={stillOpen} /></Section>}
      <Section title="Handle"><Facts facts={facts} /></Section>
      {message !== undefined && <Section title="Message"><pre className={css.message}>{message}</pre></Section>}
      <PageAddress page={page} />
    </article>
  );
}
