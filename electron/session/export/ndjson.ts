import { chosenEvents } from './chosen-events';
import type { EventChoice, ExportSource, Progress, TextPieces } from './export-source';

/** The chosen events as they stand in the trace, one JSON value a line: the events of preload/contract/event.ts. */
export function* ndjsonPieces(source: ExportSource, choice: EventChoice, progress: Progress): TextPieces {
  for (const rows of chosenEvents(source, choice)) {
    yield rows.map(({ seq }) => `${JSON.stringify(source.trace.log.at(seq))}\n`).join('');
    progress((rows.at(-1)?.seq ?? 0) + 1, source.end);
  }
}
