import type { ReactNode } from 'react';
import type { Fact } from '../../preload/contract/query';
import css from './details.module.css';

export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={css.section}>
      <h3 className={css.heading}>{title}</h3>
      {children}
    </section>
  );
}

/** Names, their values, and what the values mean. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={css.facts}>
      {facts.map((fact, index) => (
        <div key={`${index} ${fact.name}`} className={css.fact}>
          <dt>{fact.name}</dt>
          <dd>
            <span className={css.value}>{fact.value}</span>
            {fact.meaning !== undefined && fact.meaning !== '' && <small className={css.meaning}>{fact.meaning}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The address of a page, to be copied: the window itself goes nowhere. */
export function PageAddress({ page }: { readonly page: string | undefined }) {
  if (page === undefined) return undefined;
  const address = page.startsWith('learn.microsoft.com') ? page : page.replace(/^https:\/\//, '');
  const full = address.includes('/') && !address.startsWith('learn.') ? `learn.microsoft.com/windows/win32/api/${address}` : address;
  return (
    <Section title="Microsoft’s page">
      <p className={css.page}>{full}</p>
    </Section>
  );
}
