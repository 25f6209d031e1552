import { destructiveWords, overtaken, sameWork, type Destructive } from '../model/destructive';
import { HeldBack, Throttled, type Clock, type Held } from '../model/held-back';
import { removeAnnotation } from './annotations';
import { closeAll } from './close-all';
import { beginAnew, cancelRequest, closeHandle } from './command-actions';
import { appState, useApp, type OpenDialog } from './state';
import { announce, report, showDialog } from './view-actions';

/** Work together with its words: what it speaks of may be gone when it is undone. */
export interface WordedWork {
  readonly work: Destructive;
  readonly words: string;
}

const CLOCK: Clock = {
  now: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** A screen reader is told of what is held back no oftener, in milliseconds: Delete held down is one sentence. */
const TELL_EVERY = 1000;

const heldBack = new HeldBack<WordedWork>(CLOCK, ({ work }) => carryOut(work), (held) => useApp.setState({ held }));
const telling = new Throttled(CLOCK, TELL_EVERY, () => {
  const { held } = appState();
  const last = held.at(-1);
  if (last !== undefined) announce(`${held.length === 1 ? last.work.words : `${held.length} commands`}: in three seconds. Undo takes ${held.length === 1 ? 'it' : 'the last'} back.`);
});

/**
 * Does what cannot be taken back, as the person prefers: after a question, after three seconds in which it can be undone,
 * or at once.
 * @param back the dialog to come back to after the question
 */
export function giveDestructive(work: Destructive, back?: OpenDialog): void {
  const { settings: { ending }, forest, annotations, held } = appState();
  const words = destructiveWords(work, forest, annotations);
  if (held.some((one) => sameWork(one.work.work, work))) {
    report('info', `${words}: it is carried out in a moment. Undo takes it back.`);
    return;
  }
  switch (ending) {
    case 'ask': showDialog({ kind: 'confirm', work, back }); break;
    case 'undo':
      heldBack.hold({ work, words });
      telling.request();
      break;
    case 'at-once': carryOut(work); break;
  }
}

/** Takes back the last work that is held back, or the one with this key. */
export function undoHeld(key?: number): void {
  const undone = heldBack.undo(key);
  if (undone !== undefined) report('info', `Undone: ${undone.words}.`);
}

/** The same command as without a delay; what came of it stands in the output pane. */
export function carryOut(work: Destructive): void {
  switch (work.kind) {
    case 'close': void closeHandle(work.handle); break;
    case 'cancel': void cancelRequest(work.request); break;
    case 'close-all': void closeAll(work.handles); break;
    case 'remove': void removeAnnotation(work.annotation); break;
    case 'begin-anew': void beginAnew(); break;
  }
}

/** Takes away what has become needless while it was held back, and all of it when another recording is shown. The answer ends it. */
export function keepHeldBack(): () => void {
  return useApp.subscribe((state, before) => {
    if (state.held.length === 0 || (state.revision === before.revision && state.annotations === before.annotations && state.shown.epoch === before.shown.epoch)) return;
    const turned = state.shown.epoch !== before.shown.epoch;
    const dropped = heldBack.drop(({ work }) => (turned ? 'another recording is shown' : overtaken(work, state.forest, state.annotations)));
    for (const { work, reason } of dropped) report('info', `${work.words}: not carried out, for ${reason}.`);
  });
}

export type HeldWork = Held<WordedWork>;
