import { useState, type ReactNode } from 'react';
import type { HandleId } from '../../preload/contract/ids';
import { closeAllConsequences, cancelConsequences, closeConsequences } from '../model/consequences';
import { destructiveWords, overtaken, type Destructive } from '../model/destructive';
import { carryOut } from '../store/destructive';
import { useApp, type OpenDialog } from '../store/state';
import { changeSettings, showDialog } from '../store/view-actions';
import { Button } from '../ui/button';
import { classNames } from '../ui/class-names';
import { Dialog } from '../ui/dialog';
import { CloseAllBody, ConsequencesBody } from './consequences-body';
import css from './confirm-dialog.module.css';

interface ConfirmDialogProps {
  readonly work: Destructive;
  /** The dialog that asked, to come back to. */
  readonly back: OpenDialog | undefined;
}

const CONFIRM: Readonly<Record<Destructive['kind'], string>> = { 'close': 'Close the handle', 'cancel': 'Cancel the request', 'close-all': 'Close them', 'remove': 'Remove it', 'begin-anew': 'Begin anew' };

/**
 * Tells what cannot be taken back, before it is done. Loaded with the window, as few dialogs are: whoever presses Delete
 * and Enter presses both at once, and Enter must find it.
 */
export function ConfirmDialog({ work, back }: ConfirmDialogProps) {
  const forest = useApp((state) => state.forest);
  const annotations = useApp((state) => state.annotations);
  // While the question stands, what it speaks of can change.
  useApp((state) => state.revision);
  const [never, setNever] = useState(false);
  const leave = (): void => showDialog(back);
  const confirm = (): void => {
    if (never) changeSettings({ ending: 'undo' });
    leave();
    carryOut(work);
  };
  const gone = overtaken(work, forest, annotations);
  return (
    <Dialog
      title={`${destructiveWords(work, forest, annotations)}?`}
      size="small"
      scrolls
      onClose={leave}
      onSubmit={confirm}
      footer={(
        <>
          <label className={css.never}>
            <input type="checkbox" checked={never} onChange={(event) => setNever(event.target.checked)} />
            Do not ask again: three seconds to undo
          </label>
          <Button look="quiet" onPress={leave}>Keep it</Button>
          <Button look="danger" submits focusFirst offReason={gone === undefined ? undefined : `Not any more: ${gone}.`} onPress={() => {}}>{CONFIRM[work.kind]}</Button>
        </>
      )}
    >
      <Body work={work} />
    </Dialog>
  );
}

function Body({ work }: { readonly work: Destructive }): ReactNode {
  switch (work.kind) {
    case 'close': case 'cancel': return <OfOne work={work} />;
    case 'close-all': return <OfMany handles={work.handles} />;
    case 'remove': return <OfRemark id={work.annotation} />;
    case 'begin-anew': return <OfRecording />;
  }
}

function OfOne({ work }: { readonly work: Extract<Destructive, { readonly kind: 'close' | 'cancel' }> }) {
  const forest = useApp((state) => state.forest);
  const consequences = work.kind === 'cancel' ? cancelConsequences(forest, work.request) : closeConsequences(forest, work.handle);
  return consequences && <ConsequencesBody consequences={consequences} cancels={work.kind === 'cancel'} />;
}

function OfMany({ handles }: { readonly handles: readonly HandleId[] }) {
  const forest = useApp((state) => state.forest);
  return <CloseAllBody consequences={closeAllConsequences(forest, handles)} />;
}

function OfRecording() {
  const open = useApp(({ forest }) => forest.live);
  const { events, journal } = useApp((state) => state.recorder);
  return (
    <>
      <p className={css.said}>{open === 0 ? 'No handle is open.' : `${open === 1 ? 'The open handle is' : `The ${open.toLocaleString('en')} open handles are`} closed first, and the ends of pending operations are waited for.`}</p>
      <p className={css.said}>
        {`The ${events === 1 ? 'event' : `${events.toLocaleString('en')} events`} recorded so far ${events === 1 ? 'leaves' : 'leave'} this window. `}
        {journal.state === 'saved' ? 'The journal keeps them: they are among the recent recordings.' : 'No journal keeps them: save them first, if you will want them again.'}
      </p>
    </>
  );
}

function OfRemark({ id }: { readonly id: string }) {
  const annotation = useApp((state) => state.annotations.find((one) => one.id === id));
  switch (annotation?.kind) {
    case undefined: return <p>It is not there any more.</p>;
    case 'note': return <p className={css.quote}>{annotation.text}</p>;
    case 'bookmark': return <p>Nothing but the bookmark goes.</p>;
    case 'mute': return <><p className={css.said}>Its findings are told again. With the mute goes the reason that was given for it:</p><p className={classNames(css.said, css.quote)}>{annotation.reason}</p></>;
  }
}
