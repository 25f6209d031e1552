import type { Annotation } from '../../preload/contract/annotation';
import { isEnded, type HandleNode } from '../../preload/contract/handle';
import type { HandleId } from '../../preload/contract/ids';
import { stateWords } from './chips';
import type { Forest } from './forest';

/** What cannot be taken back once it is done: it is asked about, or held back for a while, as the person prefers. */
export type Destructive =
  | { readonly kind: 'close'; readonly handle: HandleId }
  | { readonly kind: 'cancel'; readonly request: HandleId }
  | { readonly kind: 'close-all'; readonly handles: readonly HandleId[] }
  | { readonly kind: 'remove'; readonly annotation: string }
  | { readonly kind: 'begin-anew' };

/** Most of a note's text that is said of it, in characters. */
const LONGEST_WORDS = 60;

/** The work in words, as a command: "Close GET /slow". */
export function destructiveWords(work: Destructive, forest: Forest, annotations: readonly Annotation[]): string {
  switch (work.kind) {
    case 'close': return `Close ${labelOf(work.handle, forest)}`;
    case 'cancel': return `Cancel ${labelOf(work.request, forest)}`;
    case 'close-all': return work.handles.length === 1 ? `Close ${labelOf(work.handles[0], forest)}` : `Close ${work.handles.length.toLocaleString('en')} handles`;
    case 'remove': return removalWords(annotations.find(({ id }) => id === work.annotation));
    case 'begin-anew': return 'Begin a new recording';
  }
}

/** Why the work is not to be done any more; undefined while it is. */
export function overtaken(work: Destructive, forest: Forest, annotations: readonly Annotation[]): string | undefined {
  switch (work.kind) {
    case 'close': return endOf(forest.get(work.handle));
    case 'cancel': return endOf(forest.get(work.request));
    // Those that ended are passed over one by one when it is carried out.
    case 'close-all': return work.handles.every((handle) => endOf(forest.get(handle)) !== undefined) ? 'every one of them has ended meanwhile' : undefined;
    case 'remove': return annotations.some(({ id }) => id === work.annotation) ? undefined : 'it was removed meanwhile';
    case 'begin-anew': return undefined;
  }
}

export function sameWork(a: Destructive, b: Destructive): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function endOf(node: HandleNode | undefined): string | undefined {
  if (node === undefined) return 'the handle has ended meanwhile and was forgotten';
  return isEnded(node.state) || node.state === 'closing' ? `it is ${stateWords(node)} already` : undefined;
}

function labelOf(handle: HandleId | undefined, forest: Forest): string {
  return (handle === undefined ? undefined : forest.get(handle)?.label) ?? `handle #${handle ?? '?'}`;
}

function removalWords(annotation: Annotation | undefined): string {
  switch (annotation?.kind) {
    case undefined: return 'Remove a note';
    case 'note': return `Remove the note “${annotation.text.length > LONGEST_WORDS ? `${annotation.text.slice(0, LONGEST_WORDS)}…` : annotation.text}”`;
    case 'bookmark': return `Remove the bookmark at ${annotation.time.toFixed(1)} ms`;
    case 'mute': return `Tell ${annotation.rule} again`;
  }
}
