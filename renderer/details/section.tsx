import type { ReactNode } from 'react';
import type { Fact } from '../../preload/contract/query';
import { openPage } from '../store/copying';
import { Button } from '../ui/button';
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

/** The address of a page, to be copied or opened in the browser: the window itself goes nowhere. */
export function PageAddress({ page }: { readonly page: string | undefined }) {
  if (page === undefined) return undefined;
  return (
    <Section title="Microsoft’s page">
      <div className={css.pageLine}>
        <p className={css.page}>{page.replace(/^https:\/\//, '')}</p>
        <Button look="quiet" name="Open the page in the browser" onPress={() => void openPage(page)}>Open</Button>
      </div>
    </Section>
  );
}
