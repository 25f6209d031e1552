/** Whose colour a text has: a token of the theme. */
export type Ink = 'text-1' | 'text-2' | 'on-span' | 'closing' | 'bad' | 'good';

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
export const LEAST_INSIDE = 20;
/** In a lane so full that more want words than this, more would not be read. */
const MOST_WANTING = 60;

/** Covers the words that have found their place: nothing may. */
const WORDS = 200;

/**
 * Places words only where there is room for them: never on another item, never on other words, never beyond the view.
 * @param wanting what wants words
 * @param fill covers what a lane holds, whether it wants words or not
 */
export function placeLabels(wanting: readonly LaneItem[], fill: (row: number, cover: Cover) => void, width: number, measure: (text: string) => number): readonly Label[] {
  const lanes = new Map<number, LaneItem[]>();
  for (const item of wanting) {
    if (item.text === '' || (item.place === 'inside' && item.to - item.from < LEAST_INSIDE)) continue;
    const lane = lanes.get(item.row);
    if (lane === undefined) lanes.set(item.row, [item]);
    else lane.push(item);
  }
  const cover = new Cover(Math.ceil(width));
  return [...lanes].flatMap(([row, lane]) => {
    cover.clear();
    fill(row, cover);
    return placeInLane(lane, cover, measure);
  });
}

function placeInLane(lane: readonly LaneItem[], cover: Cover, measure: (text: string) => number): readonly Label[] {
  const placed: Label[] = [];
  for (const item of lane.toSorted((a, b) => a.rank - b.rank || a.from - b.from).slice(0, MOST_WANTING)) {
    // Four receives that pend at once are told once.
    if (placed.some((label) => label.text === item.text && label.x >= item.from && label.x <= item.to)) continue;
    const room = item.place === 'inside' ? cover.longest(item.from, item.to, item.depth) : cover.freeAfter(item.to, measure(item.text) + GAP * 2);
    const label = room === undefined ? undefined : fitted(item, room, measure);
    if (label === undefined) continue;
    placed.push(label);
    cover.add(label.x, label.x + label.width, WORDS);
  }
  return placed;
}

/** What lies in a lane, pixel by pixel: the depth of the topmost thing there. */
export class Cover {
  readonly #tops: Uint8Array;

  constructor(width: number) {
    this.#tops = new Uint8Array(width);
  }

  clear(): void {
    this.#tops.fill(0);
  }

  /** @param depth 0 and more: the greater, the nearer to the eye */
  add(from: number, to: number, depth: number): void {
    const end = Math.min(this.#tops.length, Math.ceil(to));
    for (let at = Math.max(0, Math.floor(from)); at < end; at++) if ((this.#tops[at] ?? 0) <= depth) this.#tops[at] = depth + 1;
  }

  /** The longest part of a stretch that nothing above a depth covers. */
  longest(from: number, to: number, depth: number): Stretch | undefined {
    const end = Math.min(this.#tops.length, Math.floor(to));
    let best: Stretch | undefined;
    let start = Math.max(0, Math.ceil(from));
    for (let at = start; at <= end; at++) {
      if (at < end && (this.#tops[at] ?? 0) <= depth + 1) continue;
      if (at > start && (best === undefined || at - start > best.to - best.from)) best = { from: start, to: at };
      start = at + 1;
    }
    return best;
  }

  /** The free room from a place on, as far as it is wanted. */
  freeAfter(place: number, wanted: number): Stretch | undefined {
    const from = Math.ceil(place);
    if (from < 0 || from >= this.#tops.length) return undefined;
    const end = Math.min(this.#tops.length, from + Math.ceil(wanted));
    let to = from;
    while (to < end && this.#tops[to] === 0) to++;
    return { from, to };
  }
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
