import type { Ink } from './timeline-scene';

/** Something that takes room in a lane and may want words. Positions are CSS pixels. */
export interface LaneItem {
  readonly row: number;
  readonly from: number;
  readonly to: number;
  /** What covers what: an item hides those of a smaller depth. */
  readonly depth: number;
  /** Empty for an item without words. */
  readonly text: string;
  /** The smaller, the sooner it gets its place. */
  readonly rank: number;
  /** Its words stand on it, or in the free room to its right. */
  readonly place: 'inside' | 'after';
  readonly ink: Ink;
  /** Its words stand on a line, which gives way to them. */
  readonly cleared: boolean;
}

export interface Label {
  readonly row: number;
  readonly x: number;
  readonly width: number;
  readonly text: string;
  readonly ink: Ink;
  readonly cleared: boolean;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

const GAP = 4;
/** A label cut shorter than this says nothing. */
const LEAST_CUT = 56;
const ELLIPSIS = '…';
/** An item narrower than this holds no word. */
const LEAST_INSIDE = 20;
/** In a lane so full that more want words than this, more would not be read. */
const MOST_WANTING = 60;

/** Places words only where there is room for them: never on another item, never on other words, never beyond the view. */
export function placeLabels(items: readonly LaneItem[], width: number, measure: (text: string) => number): readonly Label[] {
  const lanes = new Map<number, LaneItem[]>();
  for (const item of items) {
    const lane = lanes.get(item.row);
    if (lane === undefined) lanes.set(item.row, [item]);
    else lane.push(item);
  }
  return [...lanes.values()].flatMap((lane) => placeInLane(lane, width, measure));
}

function placeInLane(lane: readonly LaneItem[], width: number, measure: (text: string) => number): readonly Label[] {
  const placed: Label[] = [];
  const wanting = lane
    .filter((item) => item.text !== '' && (item.place === 'after' || item.to - item.from >= LEAST_INSIDE))
    .sort((a, b) => a.rank - b.rank || a.from - b.from)
    .slice(0, MOST_WANTING);
  for (const item of wanting) {
    // Four receives that pend at once are told once.
    if (placed.some((label) => label.text === item.text && label.x >= item.from && label.x <= item.to)) continue;
    const taken = [
      ...lane.filter((other) => other !== item && (item.place === 'after' || other.depth > item.depth)),
      ...placed.map((label) => ({ from: label.x, to: label.x + label.width })),
    ];
    const room = item.place === 'inside' ? roomInside(item, taken, width) : roomAfter(item, taken, width);
    const label = room === undefined ? undefined : fitted(item, room, measure);
    if (label !== undefined) placed.push(label);
  }
  return placed;
}

/** The longest part of the item that nothing covers. */
function roomInside(item: LaneItem, taken: readonly Stretch[], width: number): Stretch | undefined {
  let best: Stretch | undefined;
  let at = Math.max(item.from, 0);
  const end = Math.min(item.to, width);
  const offer = (to: number): void => {
    if (to > at && (best === undefined || to - at > best.to - best.from)) best = { from: at, to };
  };
  for (const other of [...taken].sort((a, b) => a.from - b.from)) {
    if (other.to <= at || other.from >= end) continue;
    offer(other.from);
    at = Math.max(at, other.to);
  }
  offer(end);
  return best;
}

/** From the item's end to whatever comes next. */
function roomAfter(item: LaneItem, taken: readonly Stretch[], width: number): Stretch | undefined {
  const from = item.to;
  if (from < 0 || from > width) return undefined;
  let to = width;
  for (const other of taken) {
    if (other.to <= from) continue;
    // What reaches over the item's end leaves no room beside it.
    to = Math.min(to, Math.max(from, other.from));
  }
  return { from, to };
}

function fitted(item: LaneItem, room: Stretch, measure: (text: string) => number): Label | undefined {
  const space = room.to - room.from - GAP * 2;
  if (space <= 0) return undefined;
  const full = measure(item.text);
  if (full <= space) return { row: item.row, x: room.from + GAP, width: full, text: item.text, ink: item.ink, cleared: item.cleared };
  if (space < LEAST_CUT) return undefined;
  // The mean width of its characters is near enough to cut by; one more goes until it fits.
  let length = Math.floor((item.text.length * space) / full);
  while (length > 3) {
    const text = item.text.slice(0, length).trimEnd() + ELLIPSIS;
    const cut = measure(text);
    if (cut <= space) return { row: item.row, x: room.from + GAP, width: cut, text, ink: item.ink, cleared: item.cleared };
    length--;
  }
  return undefined;
}
