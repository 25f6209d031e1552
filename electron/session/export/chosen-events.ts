import type { EventRow } from '../../../preload/contract/query';
import { EventSearch } from '../../trace/event-search';
import type { EventChoice, ExportSource } from './export-source';

/** Rows asked for at a time. */
const PAGE = 500;
/** How long a search may look on before its caller has a turn, in milliseconds. */
const SLICE_MS = 4;

/** The rows of the event list that a choice leaves, in order, a page at a time; an empty page where nothing was found in a while. */
export function* chosenEvents({ trace, end }: ExportSource, choice: EventChoice): Generator<readonly EventRow[], void, undefined> {
  // A search of its own: the window's keeps the place of what the person looks for.
  const search = new EventSearch(trace.log, trace.tree);
  for (let offset = 0; ;) {
    const { rows, complete } = search.page({ ...choice, offset, count: PAGE }, SLICE_MS, trace.revision);
    const wanted = rows.filter((row) => row.seq < end);
    yield wanted;
    offset += wanted.length;
    if (wanted.length < rows.length || (complete && rows.length < PAGE)) return;
  }
}
