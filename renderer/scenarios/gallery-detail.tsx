import type { GalleryEntry } from '../../preload/contract/update';
import { isEdited, type ScenarioDocument } from '../model/scenario-documents';
import { missingHere, OUTCOME_SIGNS } from '../model/scenario-outcome';
import { pageAddress, readNotes } from '../model/tour';
import { askOpenPage } from '../store/questions';
import { useScenarioDesk } from '../store/scenario-desk';
import { useApp } from '../store/state';
import { Button } from '../ui/button';
import { classNames } from '../ui/class-names';
import { Marked } from './marked';
import css from './gallery.module.css';

interface GalleryDetailProps {
  readonly title: string;
  /** Undefined for one of the person's own. */
  readonly entry: GalleryEntry | undefined;
  readonly document: ScenarioDocument;
  /** The functions that it calls, where that is known. */
  readonly calls: readonly string[] | undefined;
  readonly words: readonly string[];
}

/** What a scenario shows, what became of it, and its text with what was searched for. */
export function GalleryDetail({ title, entry, document, calls, words }: GalleryDetailProps) {
  const missing = useApp(({ engine }) => missingHere(calls, engine?.unavailable));
  const outcome = useScenarioDesk((desk) => desk.outcomes.get(document.id));
  const address = entry === undefined ? undefined : pageAddress(entry.source);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is scrolled by the keyboard too
    <article className={css.detail} aria-label={title} tabIndex={0}>
      <h3 className={css.title}><Marked text={title} words={words} /></h3>
      <p className={css.source}>
        <span><Marked text={entry === undefined ? document.name : entry.source} words={words} /></span>
        {address !== undefined && <Button look="quiet" onPress={() => void askOpenPage(`https://${address}`)}>Its page</Button>}
      </p>
      {outcome !== undefined && (
        <p className={classNames(css.last, css[outcome.kind.replace(' ', '-')])}>
          <i aria-hidden="true">{OUTCOME_SIGNS[outcome.kind]}</i> {`Last run: ${outcome.words}${outcome.why === undefined ? '' : `. ${outcome.why}`}`}
        </p>
      )}
      {outcome === undefined && missing !== undefined && (
        <p className={classNames(css.last, css['not-here'])}><i aria-hidden="true">{OUTCOME_SIGNS['not here']}</i> {`It will not come to its end: ${missing}`}</p>
      )}
      {readNotes(entry?.notes ?? '').map((note) => (
        <p key={`${note.step ?? ''}${note.text}`} className={css.note}>
          {note.step !== undefined && <strong><Marked text={note.step} words={words} /></strong>}
          <Marked text={note.text} words={words} />
        </p>
      ))}
      <h4 className={css.heading}>{isEdited(document) ? 'Its text, as you have changed it' : 'Its text'}</h4>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- its lines are longer than the dialog is wide */}
      <pre className={css.text} role="group" aria-label="Text of the scenario" tabIndex={0}><Marked text={document.text} words={words} /></pre>
    </article>
  );
}
