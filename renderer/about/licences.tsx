import { useId, useState } from 'react';
import type { About } from '../../preload/contract/about';
import { findLicences, licenceEntries, type LicenceEntry } from '../model/licences';
import { copyAbout } from '../store/about';
import { Button } from '../ui/button';
import { classNames } from '../ui/class-names';
import css from './about.module.css';

/** Every licence with its text; a word finds those that have it, in their name or their text. */
export function Licences({ about }: { readonly about: About }) {
  const id = useId();
  const [wanted, setWanted] = useState('');
  const [chosen, setChosen] = useState(0);
  const entries = licenceEntries(about);
  const found = findLicences(entries, wanted);
  const shown = found.find(({ place }) => place === chosen) ?? found[0];
  return (
    <section className={css.licences} aria-labelledby={`${id}-title`}>
      <div className={css.side}>
        <h3 id={`${id}-title`} className={css.heading}>Licences</h3>
        <input className={css.search} type="text" role="searchbox" aria-label="Find in the licences" placeholder="Find a package or a word" spellCheck={false} value={wanted} maxLength={200} onChange={(event) => setWanted(event.target.value)} />
        <ul className={css.list} aria-label="Packages">
          {found.map((entry) => (
            <li key={entry.place}>
              <button type="button" className={classNames(css.entry, entry === shown && css.chosen)} aria-pressed={entry === shown} onClick={() => setChosen(entry.place)}>
                <span className={css.name}>{entry.title}</span>
                <span className={css.kind}>{entry.licence}</span>
              </button>
            </li>
          ))}
        </ul>
        <p role="status" className={css.count}>{found.length === 0 ? `No licence has “${wanted}”.` : `${found.length} of ${entries.length}`}</p>
      </div>
      {shown === undefined ? <div className={css.text} /> : <LicenceText entry={shown} />}
    </section>
  );
}

function LicenceText({ entry: { title, version, licence, by, text, copies } }: { readonly entry: LicenceEntry }) {
  return (
    <article className={css.text} aria-label={`Licence of ${title}`}>
      <header className={css.textHead}>
        <div className={css.textTitle}>
          <h4 className={css.heading}>{[title, version].join(' ').trim()}</h4>
          <p className={css.by}>{[licence, ...by].join(' · ')}</p>
        </div>
        {copies !== undefined && <Button look="quiet" onPress={() => void copyAbout({ kind: 'licence', ...copies }, `The licence of ${title} is`)}>Copy</Button>}
      </header>
      {/* Longer than its place and without a control: the keyboard scrolls it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls can be scrolled by keys */}
      <pre className={css.words} tabIndex={0} role="group" aria-label={`Text of the licence of ${title}`}>{text}</pre>
    </article>
  );
}
