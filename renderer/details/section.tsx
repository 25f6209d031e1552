import type { ReactNode } from 'react';
import type { Fact } from '../../preload/contract/query';
import { momentText } from '../model/time-mode';
import { openPage } from '../store/copying';
import { useTelling } from '../store/telling';
import { Breakable } from '../ui/breakable';
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

/** Names, their values, and what the values mean: the flags of a number one by one, the fields of a structure where they fold. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={css.facts}>
      {facts.map((fact, index) => (
        <div key={`${index} ${fact.name}`} className={css.fact}>
          <dt><Breakable text={fact.name} /></dt>
          <dd><FactValue fact={fact} /></dd>
        </div>
      ))}
    </dl>
  );
}

function FactValue({ fact: { name, value, meaning, at, parts = [] } }: { readonly fact: Fact }) {
  const telling = useTelling();
  // Flags are bits of one number; a structure has no value of its own.
  if (parts.length > 0 && value.startsWith('0x')) return <><span className={css.value}>{value}</span><Flags flags={parts} /></>;
  if (parts.length > 0) {
    return (
      <details className={css.struct}>
        <summary className={css.value} aria-label={`${name}: ${value}`}>{value}{meaning === undefined ? '' : ` · ${meaning}`}</summary>
        <Facts facts={parts} />
      </details>
    );
  }
  return (
    <>
      <span className={css.value}>{at === undefined ? <Breakable text={value} /> : momentText(at, telling, name === 'Time' ? 3 : 1)}</span>
      {meaning !== undefined && meaning !== '' && <small className={css.meaning}>{meaning}</small>}
    </>
  );
}

function Flags({ flags }: { readonly flags: readonly Fact[] }) {
  return (
    <ul className={css.flags}>
      {flags.map(({ name, value, meaning }) => <li key={name} title={meaning}><span><Breakable text={name} /></span> <span className={css.bits}>{value}</span></li>)}
    </ul>
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
