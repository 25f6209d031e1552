import type { ManualPage, ManualPlace } from '../model/manual';
import type { ManualHit } from '../model/manual-search';
import { classNames } from '../ui/class-names';
import css from './manual.module.css';

interface ContentsProps {
  readonly pages: readonly ManualPage[];
  readonly shown: string;
  readonly onChoose: (page: string) => void;
}

/** The pages under their headings. */
export function ManualContents({ pages, shown, onChoose }: ContentsProps) {
  const groups = [...new Set(pages.map(({ group }) => group))];
  return (
    <nav className={css.list} aria-label="Contents">
      {groups.map((group) => (
        <section key={group}>
          <h3 className={css.group}>{group}</h3>
          <ul>
            {pages.filter((page) => page.group === group).map(({ id, title }) => (
              <li key={id}>
                <button type="button" aria-current={id === shown ? 'page' : undefined} className={classNames(css.entry, id === shown && css.shown)} onClick={() => onChoose(id)}>{title}</button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

interface HitsProps {
  readonly hits: readonly ManualHit[];
  readonly wanted: string;
  readonly onChoose: (place: ManualPlace) => void;
}

/** Where the manual speaks of what was looked for. */
export function ManualHits({ hits, wanted, onChoose }: HitsProps) {
  return (
    <nav className={css.list} aria-label="Found in the manual">
      <p role="status" className={css.found}>{hits.length === 0 ? `The manual does not speak of “${wanted.trim()}”.` : hits.length === 1 ? 'Found in one place' : `Found in ${hits.length} places`}</p>
      <ul>
        {hits.map(({ place, title, heading, excerpt: [before, found, after] }) => (
          <li key={`${place.page}#${place.section ?? ''}`}>
            <button type="button" className={css.hit} onClick={() => onChoose(place)}>
              <b>{heading === title ? title : `${title} › ${heading}`}</b>
              <span>{before}<mark>{found}</mark>{after}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
