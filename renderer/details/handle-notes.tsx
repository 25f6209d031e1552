import type { HandleId } from '../../preload/contract/ids';
import { notesOn } from '../model/notes';
import { draftOf } from '../store/note-actions';
import { useApp } from '../store/state';
import { showDialog } from '../store/view-actions';
import { Button } from '../ui/button';
import { Section } from './section';
import css from './details.module.css';

/** What people wrote on a handle. */
export function HandleNotes({ handle }: { readonly handle: HandleId }) {
  const annotations = useApp((state) => state.annotations);
  const notes = notesOn(annotations, handle);
  if (notes.length === 0) return undefined;
  return (
    <Section title={notes.length === 1 ? 'Note' : 'Notes'}>
      <ul className={css.notes}>
        {notes.map((note) => (
          <li key={note.id} className={css.note}>
            <p className={css.noteText}>{note.text}</p>
            <Button look="quiet" name={`Change: ${note.text}`} onPress={() => showDialog({ kind: 'note', note: draftOf(note) })}>Change…</Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
