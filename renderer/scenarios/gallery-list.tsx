import { useId, type KeyboardEvent, type ReactNode } from 'react';
import type { Hit } from '../model/gallery-search';
import { RULE_PAGES, ruleOf, type PageRule } from '../model/page-rules';
import { missingHere, notHere, OUTCOME_SIGNS } from '../model/scenario-outcome';
import { askOpenPage } from '../store/questions';
import { runBatch } from '../store/scenario-actions';
import { useScenarioDesk } from '../store/scenario-desk';
import { useApp } from '../store/state';
import { Button } from '../ui/button';
import { classNames } from '../ui/class-names';
import { Marked } from './marked';
import css from './gallery.module.css';

/** A scenario that was found: of the gallery, or one of the person's own. */
export interface Found {
  readonly id: string;
  readonly title: string;
  readonly group: 'tour' | 'rules' | 'more' | 'own';
  readonly edited: boolean;
  /** The functions that it calls, where that is known: not of a text that was changed. */
  readonly calls: readonly string[] | undefined;
  readonly hit: Hit;
}

interface GalleryListProps {
  readonly found: readonly Found[];
  readonly words: readonly string[];
  readonly chosen: string | undefined;
  readonly onChoose: (id: string) => void;
  /** Why nothing can be run now. */
  readonly objection: string | undefined;
}

/** The scenarios by what they are about: the tour, each rule of the two pages, and the rest. One stop of the Tab key; the arrows go through it. */
export function GalleryList({ found, words, chosen, onChoose, objection }: GalleryListProps) {
  const searching = words.length > 0;
  const rows = (entries: readonly Found[]): ReactNode => (
    <ul>{entries.map((entry) => <Row key={entry.id} entry={entry} words={words} chosen={entry.id === chosen} onChoose={onChoose} objection={objection} />)}</ul>
  );
  const own = found.filter(({ group }) => group === 'own');
  const tour = found.filter(({ group }) => group === 'tour');
  const more = found.filter((entry) => entry.group === 'more' || (entry.group === 'rules' && ruleOf(entry) === undefined));
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- it only moves the focus among its buttons
    <div className={css.groups} onKeyDown={(event) => moveAmongRows(event, onChoose)}>
      {own.length > 0 && <section><h3 className={css.heading}>Your own</h3>{rows(own)}</section>}
      {tour.length > 0 && <section><GroupHead title="The tour" ids={tour.map(({ id }) => id)} objection={objection} what="the tour" />{rows(tour)}</section>}
      {RULE_PAGES.map(({ api, address, rules }) => {
        const ofPage = found.filter((entry) => rules.some(({ key }) => key === ruleOf(entry)));
        if (ofPage.length === 0) return undefined;
        return (
          <section key={api}>
            <div className={css.pageHead}>
              <h3 className={css.api}>{api}</h3>
              <Button look="quiet" name={`Its page: ${api}`} onPress={() => void askOpenPage(address)}>Its page</Button>
              <RunAll title={api} ids={ofPage.map(({ id }) => id)} objection={objection} what={api} />
            </div>
            {rules.map((rule) => {
              const entries = ofPage.filter((entry) => ruleOf(entry) === rule.key);
              if (entries.length === 0 && (searching || rule.without === undefined)) return undefined;
              return <Rule key={rule.key} rule={rule} ids={entries.map(({ id }) => id)} objection={objection}>{rows(entries)}</Rule>;
            })}
          </section>
        );
      })}
      {more.length > 0 && <section><GroupHead title="More" ids={more.map(({ id }) => id)} objection={objection} what="these" />{rows(more)}</section>}
    </div>
  );
}

interface GroupProps {
  readonly ids: readonly string[];
  readonly objection: string | undefined;
}

function GroupHead({ title, ids, objection, what }: GroupProps & { readonly title: string; readonly what: string }) {
  return <div className={css.pageHead}><h3 className={css.api}>{title}</h3><RunAll title={title} ids={ids} objection={objection} what={what} /></div>;
}

function Rule({ rule, ids, objection, children }: GroupProps & { readonly rule: PageRule; readonly children: ReactNode }) {
  const id = `gallery-${rule.key}`;
  return (
    <section className={css.rule} aria-labelledby={id}>
      <div className={css.ruleHead}>
        <h4 id={id} className={css.ruleTitle}>{`Rule ${rule.number}`}</h4>
        {ids.length > 0 && <RunAll title={`Rule ${rule.number}`} ids={ids} objection={objection} what={`rule ${rule.number}`} />}
      </div>
      <p className={css.says}>{rule.says}</p>
      {rule.without !== undefined && <p className={css.without}>{rule.without}</p>}
      {children}
    </section>
  );
}

function RunAll({ title, ids, objection, what }: GroupProps & { readonly title: string; readonly what: string }) {
  const words = ids.length === 1 ? 'Run the one' : `Run all ${ids.length}`;
  return (
    <Button look="quiet" name={`${words} of ${what}`} offReason={objection} onPress={() => void runBatch(title, ids)}>{words}</Button>
  );
}

interface RowProps extends Pick<GalleryListProps, 'words' | 'onChoose' | 'objection'> {
  readonly entry: Found;
  readonly chosen: boolean;
}

function Row({ entry, words, chosen, onChoose, objection }: RowProps) {
  const missing = useApp(({ engine }) => missingHere(entry.calls, engine?.unavailable));
  const outcome = useScenarioDesk((desk) => desk.outcomes.get(entry.id)) ?? (missing === undefined ? undefined : notHere(missing));
  const running = useScenarioDesk((desk) => desk.batch !== undefined && desk.batch.ids[desk.batch.done] === entry.id);
  const { line } = entry.hit;
  const titleId = useId();
  return (
    <li className={classNames(css.row, chosen && css.chosen)}>
      <button
        type="button"
        tabIndex={chosen ? 0 : -1}
        className={css.play}
        aria-label="Run it here"
        aria-describedby={titleId}
        aria-disabled={objection !== undefined}
        title={objection ?? 'Run it here'}
        onClick={() => { if (objection === undefined) void runBatch(entry.title, [entry.id]); }}
      >
        ▶
      </button>
      <button type="button" data-row={entry.id} tabIndex={chosen ? 0 : -1} aria-current={chosen} className={css.entry} onClick={() => onChoose(entry.id)}>
        <span id={titleId}><Marked text={entry.title} words={words} />{entry.edited && <span className={css.edited}> edited</span>}</span>
        {line !== undefined && <span className={css.line}>{`${line.number}: `}<Marked text={line.text} words={words} /></span>}
      </button>
      {running ? <span className={css.outcome}>runs…</span>
        : outcome !== undefined && (
          <span className={classNames(css.outcome, css[outcome.kind.replace(' ', '-')])} title={outcome.why}>
            <i aria-hidden="true">{OUTCOME_SIGNS[outcome.kind]}</i> {outcome.words}
          </span>
        )}
    </li>
  );
}

/** Up, down, Home and End go from title to title, and what has the focus is chosen. */
function moveAmongRows(event: KeyboardEvent<HTMLDivElement>, onChoose: (id: string) => void): void {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.findIndex((row) => row === document.activeElement);
  if (at < 0) return;
  const to = event.key === 'ArrowDown' ? at + 1 : event.key === 'ArrowUp' ? at - 1 : event.key === 'Home' ? 0 : event.key === 'End' ? rows.length - 1 : undefined;
  const row = to === undefined ? undefined : rows[Math.min(rows.length - 1, Math.max(0, to))];
  if (row === undefined) return;
  event.preventDefault();
  row.focus();
  row.scrollIntoView({ block: 'nearest' });
  onChoose(row.dataset['row'] ?? '');
}
