import type { Annotation, AnnotationPlace, Bookmark, Note } from '../../preload/contract/annotation';
import type { HandleId } from '../../preload/contract/ids';
import type { Forest } from './forest';
import { momentText, type TimeTelling } from './time-mode';

/** What a person left to come back to. */
export type Remark = Note | Bookmark;

export function remarksOf(annotations: readonly Annotation[]): readonly Remark[] {
  return annotations.filter((annotation) => annotation.kind !== 'mute');
}

/** Where it stands, in milliseconds since the start of the trace: a note on a handle, where the handle begins. */
export function timeOf(remark: Remark, forest: Forest): number {
  if (remark.kind === 'bookmark') return remark.time;
  return remark.place.kind === 'time' ? remark.place.time : forest.get(remark.place.handle)?.createdAt ?? 0;
}

export function inOrder(remarks: readonly Remark[], forest: Forest): readonly Remark[] {
  return [...remarks].sort((a, b) => timeOf(a, forest) - timeOf(b, forest));
}

/** The next one after a time, or before it; at the end it begins anew. */
export function neighbour(remarks: readonly Remark[], forest: Forest, time: number, direction: 1 | -1): Remark | undefined {
  const sorted = inOrder(remarks, forest);
  if (direction === 1) return sorted.find((remark) => timeOf(remark, forest) > time) ?? sorted[0];
  return sorted.findLast((remark) => timeOf(remark, forest) < time) ?? sorted.at(-1);
}

/** Notes that stand on a handle. */
export function notesOn(annotations: readonly Annotation[], handle: HandleId): readonly Note[] {
  return annotations.filter((annotation): annotation is Note => annotation.kind === 'note' && annotation.place.kind === 'handle' && annotation.place.handle === handle);
}

/** How many notes stand on each handle. */
export function countNotes(annotations: readonly Annotation[]): ReadonlyMap<HandleId, number> {
  const counts = new Map<HandleId, number>();
  for (const annotation of annotations) {
    if (annotation.kind !== 'note' || annotation.place.kind !== 'handle') continue;
    const { handle } = annotation.place;
    counts.set(handle, (counts.get(handle) ?? 0) + 1);
  }
  return counts;
}

/** "at 12.3 ms", "on GET /slow" */
export function placeWords(place: AnnotationPlace, forest: Forest, telling: TimeTelling): string {
  return place.kind === 'time' ? `at ${momentText(place.time, telling)}` : `on ${forest.get(place.handle)?.label ?? `handle #${place.handle}`}`;
}

/** What stands at a time and not on a handle. */
export interface Flag {
  readonly time: number;
  readonly note: boolean;
  readonly remark: Remark;
}

export function flagsOf(annotations: readonly Annotation[]): readonly Flag[] {
  return remarksOf(annotations).flatMap((remark): readonly Flag[] => {
    if (remark.kind === 'bookmark') return [{ time: remark.time, note: false, remark }];
    return remark.place.kind === 'time' ? [{ time: remark.place.time, note: true, remark }] : [];
  });
}

/** The flag nearest to a time, no further than `reach` milliseconds. */
export function flagNear(annotations: readonly Annotation[], time: number, reach: number): Remark | undefined {
  let nearest: { readonly away: number; readonly remark: Remark } | undefined;
  for (const flag of flagsOf(annotations)) {
    const away = Math.abs(flag.time - time);
    if (away <= reach && (nearest === undefined || away < nearest.away)) nearest = { away, remark: flag.remark };
  }
  return nearest?.remark;
}
