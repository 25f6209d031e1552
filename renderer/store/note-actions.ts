import type { AnnotationPlace, Note } from '../../preload/contract/annotation';
import { momentText } from '../model/time-mode';
import { spanOf } from '../model/time-scale';
import { neighbour, remarksOf, timeOf, type Remark } from '../model/notes';
import { giveSessionCommand } from './session-actions';
import { giveDestructive } from './destructive';
import { appState, useApp, type AppState, type NoteDraft, type OpenDialog } from './state';
import { tellingOf } from './telling';
import { moveViewport, report, showDialog, reveal, selectHandle, travelTo, windowNow } from './view-actions';

/** The time that is meant: where the tree stands, where a stretch is marked, now, or the middle of what is shown. */
function thisTime(): number {
  const { asOf, range, follow, viewport } = appState();
  return Math.max(0, asOf ?? range?.from ?? (follow === undefined ? viewport.from + spanOf(viewport) / 2 : windowNow()));
}

/** A note to be written: on the selected handle, or else at the time that is meant. */
export function newNote(): NoteDraft {
  const { selection, asOf } = appState();
  const time: AnnotationPlace = { kind: 'time', time: thisTime() };
  const handle: AnnotationPlace | undefined = selection.handle === undefined ? undefined : { kind: 'handle', handle: selection.handle };
  // Who has put the tree at a time means that time.
  return handle === undefined || asOf !== undefined ? { id: undefined, text: '', place: time, other: handle } : { id: undefined, text: '', place: handle, other: time };
}

export function draftOf(note: Note): NoteDraft {
  return { id: note.id, text: note.text, place: note.place, other: undefined };
}

export async function keepNote(draft: NoteDraft): Promise<boolean> {
  const { id, text, place } = draft;
  const result = await giveSessionCommand({ kind: 'annotate', annotation: { kind: 'note', text: text.trim(), place }, id });
  return result.ok;
}

export function bookmarkNow(): void {
  void giveSessionCommand({ kind: 'annotate', annotation: { kind: 'bookmark', time: thisTime() } });
}

/** @param back the dialog to come back to, where one asks first */
export function removeRemark(id: string, back?: OpenDialog): void {
  giveDestructive({ kind: 'remove', annotation: id }, back);
}

/** Shows where a note or bookmark stands: its handle, or its time in the middle of the view and the handles as they were then. */
export function showRemark(remark: Remark): void {
  chooseRemark(remark.id);
  const { forest, viewport } = appState();
  const time = timeOf(remark, forest);
  const half = spanOf(viewport) / 2;
  if (remark.kind === 'note' && remark.place.kind === 'handle') {
    selectHandle(remark.place.handle);
    reveal(remark.place.handle);
  } else {
    travelTo(time);
  }
  moveViewport({ from: time - half, to: time + half });
  report('info', remark.kind === 'note' ? remark.text : `Bookmark at ${momentText(time, tellingOf(appState()))}`);
}

/** The note or bookmark that was gone to. */
export function remarkOf({ annotations, remark }: AppState): Remark | undefined {
  return remark === undefined ? undefined : remarksOf(annotations).find(({ id }) => id === remark);
}

/** Commands on a note mean this one from now on. */
export function chooseRemark(remark: string): void {
  useApp.setState({ remark });
}

export function actOnRemark(command: 'show-note' | 'change-note' | 'remove-note', remark: Remark | undefined): void {
  if (remark === undefined) return;
  if (command === 'remove-note') return removeRemark(remark.id, appState().dialog);
  if (command === 'change-note') return remark.kind === 'note' ? showDialog({ kind: 'note', note: draftOf(remark) }) : undefined;
  showDialog(undefined);
  showRemark(remark);
}

/** Goes to the note or bookmark after, or before, the middle of the view. */
export function goToNote(direction: 1 | -1): void {
  const { annotations, forest, viewport } = appState();
  const found = neighbour(remarksOf(annotations), forest, viewport.from + spanOf(viewport) / 2 + direction * spanOf(viewport) * NEAR, direction);
  if (found !== undefined) showRemark(found);
}

/** So near the middle, as a part of the view, is where the last step went. */
const NEAR = 1e-6;
