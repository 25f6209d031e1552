import { chosenEvents } from './chosen-events';
import type { EventChoice, ExportSource, Progress, TextPieces } from './export-source';

/** The chosen events as they stand in the trace, one JSON value a line: the events of preload/contract/event.ts. */
export function* ndjsonPieces(source: ExportSource, choice: EventChoice, progress: Progress): TextPieces {
  for (const rows of chosenEvents(source, choice)) {
    yield rows.map((row) => {
      const { seq, time, kind, thread, handle, ...rest } = source.trace.log.at(row.seq);
      // What all have comes first, so that lines can be read one below another.
      return `${JSON.stringify({ seq, time, kind, thread, handle, ...rest })}\n`;
    }).join('');
    progress((rows.at(-1)?.seq ?? 0) + 1, source.end);
  }
}
