import type { HandleId } from '../../preload/contract/ids';
import { notesOn } from '../model/notes';
import { giveToNote, openNoteMenu } from '../commands/note-menu';
import { chooseRemark } from '../store/note-actions';
import { useApp } from '../store/state';
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
          // Its button has the focus: the menu key there opens the menu of the note.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a menu beside the button
          <li key={note.id} className={css.note} onFocus={() => chooseRemark(note.id)} onContextMenu={(event) => openNoteMenu(event, note.id)}>
            <p className={css.noteText}>{note.text}</p>
            <Button look="quiet" name={`Change: ${note.text}`} onPress={() => giveToNote('change-note', note.id)}>Change…</Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
