import type { TraceEvent } from '../../../preload/contract/event';
import { seq } from '../../../preload/contract/ids';
import type { Result } from '../../../preload/contract/result';
import type { BlockRow } from '../../trace/event-block';
import { syntheticTrace, type SyntheticTrace } from '../../trace/synthetic';
import { rowOf } from '../event-row';
import { writeSession, type SavedBy, type SaveOptions } from '../save';

/** Writes a made-up trace as a session file; however long it is, it is never in memory as a whole. */
export function writeSynthetic(asked: SyntheticTrace, file: string, by: SavedBy, options: SaveOptions = {}): Promise<Result<{ readonly events: number }, string>> {
  return writeSession({ first: 0, events: undefined, rows: rowsOf(asked) }, file, by, options);
}

function* rowsOf(asked: SyntheticTrace): Generator<BlockRow> {
  let place = 0;
  // A NewEvent is a TraceEvent less its place and, where the recorder sets it, its time: here it is set.
  for (const event of syntheticTrace(asked)) yield rowOf({ ...event, seq: seq(place++) } as TraceEvent);
}
