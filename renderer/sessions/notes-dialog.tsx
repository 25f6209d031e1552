import { inOrder, placeWords, remarksOf, timeOf } from '../model/notes';
import { undoHeld } from '../store/destructive';
import { momentText } from '../model/time-mode';
import { giveToNote, openNoteMenu } from '../commands/note-menu';
import { chooseRemark } from '../store/note-actions';
import { useApp } from '../store/state';
import { useTelling } from '../store/telling';
import { showDialog } from '../store/view-actions';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import css from './sessions.module.css';

/** Removes a note or bookmark; while that can be undone, the same button undoes it. */
function Remove({ id, words }: { readonly id: string; readonly words: string }) {
  const held = useApp((state) => state.held.find(({ work: { work } }) => work.kind === 'remove' && work.annotation === id)?.key);
  return held === undefined
    ? <Button look="quiet" name={`Remove: ${words}`} onPress={() => giveToNote('remove-note', id)}>Remove</Button>
    : <Button name={`Undo the removal of ${words}`} onPress={() => undoHeld(held)}>Undo</Button>;
}

/** Every note and bookmark of the shown recording, in the order of their times. */
export default function NotesDialog() {
  const forest = useApp((state) => state.forest);
  const telling = useTelling();
  const annotations = useApp((state) => state.annotations);
  const leave = (): void => showDialog(undefined);
  const remarks = inOrder(remarksOf(annotations), forest);
  return (
    <Dialog title="Notes and bookmarks" onClose={leave} footer={<Button focusFirst onPress={leave}>Done</Button>}>
      {remarks.length === 0 && <p className={css.empty}>There are none left.</p>}
      <ul className={css.list}>
        {remarks.map((remark) => {
          const words = remark.kind === 'note' ? remark.text : 'Bookmark';
          return (
            // Its buttons have the focus: the menu key of one of them opens the menu of the note.
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a menu beside the buttons
            <li key={remark.id} className={css.remark} onFocus={() => chooseRemark(remark.id)} onContextMenu={(event) => openNoteMenu(event, remark.id)}>
              <span className={css.time}>{momentText(timeOf(remark, forest), telling)}</span>
              <span className={css.text}>{words}{remark.kind === 'note' && remark.place.kind === 'handle' && <em className={css.on}>{placeWords(remark.place, forest, telling)}</em>}</span>
              <span className={css.actions}>
                {remark.kind === 'note' && <Button look="quiet" name={`Change: ${words}`} onPress={() => giveToNote('change-note', remark.id)}>Change…</Button>}
                <Button look="quiet" name={`Go to: ${words}`} onPress={() => giveToNote('show-note', remark.id)}>Go to</Button>
                <Remove id={remark.id} words={words} />
              </span>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
