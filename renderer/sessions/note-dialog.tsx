import { useState } from 'react';
import { LONGEST_ANNOTATION } from '../../preload/contract/annotation';
import { placeWords } from '../model/notes';
import { useTelling } from '../store/telling';
import { keepNote, removeRemark } from '../store/note-actions';
import { useApp, type NoteDraft } from '../store/state';
import { showDialog } from '../store/view-actions';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Choices, Field } from '../ui/field';
import css from './sessions.module.css';

/** Writes a note, or changes one. */
export default function NoteDialog({ draft }: { readonly draft: NoteDraft }) {
  const forest = useApp((state) => state.forest);
  const telling = useTelling();
  const [text, setText] = useState(draft.text);
  const [there, setThere] = useState<'here' | 'other'>('here');
  const leave = (): void => showDialog(undefined);
  const { other } = draft;
  const place = there === 'other' && other !== undefined ? other : draft.place;
  const problem = text.trim() === '' ? 'Write something first.' : text.length > LONGEST_ANNOTATION ? `A note has at most ${LONGEST_ANNOTATION.toLocaleString('en')} characters.` : undefined;
  const keep = async (): Promise<void> => {
    if (problem === undefined && await keepNote({ ...draft, text, place })) leave();
  };
  return (
    <Dialog
      title={draft.id === undefined ? `Note ${placeWords(place, forest, telling)}` : `Change the note ${placeWords(place, forest, telling)}`}
      size="small"
      onClose={leave}
      onSubmit={() => void keep()}
      footer={(
        <>
          {draft.id !== undefined && (
            <Button look="danger" onPress={() => { leave(); if (draft.id !== undefined) removeRemark(draft.id); }}>Remove</Button>
          )}
          <Button look="quiet" onPress={leave}>Dismiss</Button>
          <Button look="primary" submits offReason={problem} onPress={() => {}}>Keep the note</Button>
        </>
      )}
    >
      <div className={css.form}>
        <Field label="Note" lines={4} focusFirst value={text} onChange={setText} hint="It is kept with the recording, and in the file when you save it." wide prose />
        {other !== undefined && (
          <Choices
            label="Where"
            value={there}
            onChange={setThere}
            choices={[
              { value: 'here', label: capital(placeWords(draft.place, forest, telling)), meaning: meaning(draft.place.kind) },
              { value: 'other', label: capital(placeWords(other, forest, telling)), meaning: meaning(other.kind) },
            ]}
          />
        )}
      </div>
    </Dialog>
  );
}

function meaning(kind: 'time' | 'handle'): string {
  return kind === 'time' ? 'A flag on the ruler.' : 'A sign in its row, and the words in its details.';
}

function capital(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}
