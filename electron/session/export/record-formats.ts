import type { ExportFormat } from '../../../preload/contract/export';
import { assertUnreachable } from '../../../preload/contract/result';
import { csvPieces } from './csv';
import type { EventChoice, ExportSource, Progress, TextPieces } from './export-source';
import { harPieces } from './har/har';
import { ndjsonPieces } from './ndjson';
import { scenarioPieces } from './scenario/scenario';
import { traceEventPieces } from './trace-events/trace-events';

/** The text of a trace in a format. @param choice which events, where the format is of the event list */
export function exportPieces(format: ExportFormat, source: ExportSource, choice: EventChoice, progress: Progress = () => undefined): TextPieces {
  switch (format) {
    case 'har': return harPieces(source, progress);
    case 'trace-events': return traceEventPieces(source, progress);
    case 'csv': return csvPieces(source, choice, progress);
    case 'ndjson': return ndjsonPieces(source, choice, progress);
    case 'scenario': return scenarioPieces(source);
    default: return assertUnreachable(format);
  }
}
