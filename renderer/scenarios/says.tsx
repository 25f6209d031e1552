import type { GalleryEntry } from '../../preload/contract/update';
import { pageAddress, readNotes } from '../model/tour';
import css from './scenario.module.css';

/** What Microsoft's page says, in the words of the scenario's notes. */
export function Says({ entry }: { readonly entry: GalleryEntry }) {
  return (
    <section className={css.section}>
      <h3 className={css.heading}>What Microsoft’s page says</h3>
      {readNotes(entry.notes).map((note) => (
        <p key={`${note.step ?? ''}${note.text}`} className={css.note}>
          {note.step !== undefined && <strong>{note.step}</strong>}
          {note.text}
        </p>
      ))}
      <p className={css.page}>{pageAddress(entry.source) ?? entry.source}</p>
    </section>
  );
}
