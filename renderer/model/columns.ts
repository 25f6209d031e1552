/** A column that a table can show. Lengths are CSS pixels. */
export interface ColumnInfo<Id extends string = string> {
  readonly id: Id;
  readonly title: string;
  /** It is never narrower. */
  readonly least: number;
  /** Its part of the room that is left over; 0 for one that needs no more than its least. */
  readonly part: number;
  /** Whether its values stand at their right edge. */
  readonly number?: true;
  /** Without it a row says nothing. */
  readonly always?: true;
  /** Not shown until a person asks for it. */
  readonly later?: true;
}

/** Where a person wants a column, and how wide; without a width it shares the room that there is. */
export interface ColumnPlace<Id extends string = string> {
  readonly id: Id;
  readonly shown: boolean;
  readonly width: number | undefined;
}

export const WIDEST_COLUMN = 2000;
/** Between two columns, and left and right of all of them. */
const GAP = 12;
const EDGES = 28;

export function firstPlaces<Id extends string>(columns: readonly ColumnInfo<Id>[]): readonly ColumnPlace<Id>[] {
  return columns.map(({ id, later }) => ({ id, shown: later !== true, width: undefined }));
}

/**
 * Places as they were remembered, which may be anything. A column that a newer version has stands where it is at first,
 * one that is known no more is left out.
 */
export function placesFrom<Id extends string>(columns: readonly ColumnInfo<Id>[], found: unknown): readonly ColumnPlace<Id>[] | undefined {
  if (!Array.isArray(found)) return undefined;
  const places: ColumnPlace<Id>[] = [];
  for (const entry of found) {
    const place = placeFrom(columns, entry);
    if (place !== undefined && !places.some(({ id }) => id === place.id)) places.push(place);
  }
  for (const [at, place] of firstPlaces(columns).entries()) if (!places.some(({ id }) => id === place.id)) places.splice(Math.min(at, places.length), 0, place);
  return places;
}

function placeFrom<Id extends string>(columns: readonly ColumnInfo<Id>[], entry: unknown): ColumnPlace<Id> | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { id, shown, width }: { readonly id?: unknown; readonly shown?: unknown; readonly width?: unknown } = entry;
  const column = columns.find((one) => one.id === id);
  if (column === undefined) return undefined;
  return { id: column.id, shown: column.always === true || shown === true, width: typeof width === 'number' ? boundWidth(column, width) : undefined };
}

function boundWidth({ least }: ColumnInfo, width: number): number {
  return Math.round(Math.min(WIDEST_COLUMN, Math.max(least, width)));
}

/** A column of a table together with its place there. */
export interface PlacedColumn<Id extends string = string> extends ColumnInfo<Id> {
  readonly width: number | undefined;
}

/** The columns that are shown, in their order. */
export function shownColumns<Id extends string>(columns: readonly ColumnInfo<Id>[], places: readonly ColumnPlace<Id>[]): readonly PlacedColumn<Id>[] {
  return places.flatMap(({ id, shown, width }) => {
    const column = columns.find((one) => one.id === id);
    return column === undefined || !shown ? [] : [{ ...column, width }];
  });
}

/** As CSS has it: grid-template-columns. */
export function gridOf(columns: readonly PlacedColumn[]): string {
  // The last one takes what nobody wants, so that a row is never shorter than its table.
  return columns.map(({ width, least, part }, at) => {
    if (width !== undefined) return at === columns.length - 1 ? `minmax(${width}px, 1fr)` : `${width}px`;
    return part > 0 ? `minmax(${least}px, ${part}fr)` : `${least}px`;
  }).join(' ');
}

/** What the columns need at least; in less room they scroll sideways. */
export function leastWidth(columns: readonly PlacedColumn[]): number {
  return columns.reduce((sum, { width, least }) => sum + (width ?? least), EDGES + GAP * Math.max(0, columns.length - 1));
}

/** The last column that is shown, and one that the rows cannot be without, stay. */
export function withShown<Id extends string>(columns: readonly ColumnInfo<Id>[], places: readonly ColumnPlace<Id>[], id: Id, shown: boolean): readonly ColumnPlace<Id>[] {
  if (columns.find((one) => one.id === id)?.always === true) return places;
  return places.map((place) => (place.id === id ? { ...place, shown } : place));
}

export function withWidth<Id extends string>(columns: readonly ColumnInfo<Id>[], places: readonly ColumnPlace<Id>[], id: Id, width: number | undefined): readonly ColumnPlace<Id>[] {
  const column = columns.find((one) => one.id === id);
  if (column === undefined) return places;
  return places.map((place) => (place.id === id ? { ...place, width: width === undefined ? undefined : boundWidth(column, width) } : place));
}

/** Moves a column before or behind its neighbours. */
export function withMoved<Id extends string>(places: readonly ColumnPlace<Id>[], id: Id, by: number): readonly ColumnPlace<Id>[] {
  const from = places.findIndex((place) => place.id === id);
  const place = places[from];
  if (place === undefined) return places;
  const to = Math.min(places.length - 1, Math.max(0, from + by));
  const rest = places.filter((one) => one !== place);
  return [...rest.slice(0, to), place, ...rest.slice(to)];
}

/** Puts a column where another one is. */
export function withPutAt<Id extends string>(places: readonly ColumnPlace<Id>[], id: Id, at: Id): readonly ColumnPlace<Id>[] {
  const indexOf = (wanted: Id): number => places.findIndex((place) => place.id === wanted);
  return withMoved(places, id, indexOf(at) - indexOf(id));
}
