import type { Tally } from '../trace-reader';
import { CsvRecords, type CsvRecord } from './csv-records';
import { etwProvider, knownActivity, type EtwRecord } from './etw-record';
import { fileTime, UNIX_EPOCH } from './etw-time';
import { etwEvent } from './manifest';

/** Columns that tracerpt writes before the values of the event. */
const COLUMNS = { name: 'Event Name', id: 'Event ID', version: 'Version', process: 'PID', thread: 'TID', activity: 'Activity ID', time: 'Clock-Time', data: 'User Data' } as const;

type Column = keyof typeof COLUMNS;

/** Takes tracerpt's CSV apart: a header, then rows as long as their event has values. */
export class TracerptCsv {
  events = 0;
  private readonly records: CsvRecords;
  private places: ReadonlyMap<Column, number> | undefined;
  private first: bigint | undefined;

  constructor(private readonly deliver: (record: EtwRecord) => void, private readonly tally: Tally) {
    this.records = new CsvRecords((record) => this.record(record), (line) => tally.damaged(`line ${line}: a quote that is never closed`));
  }

  get startedAt(): number | undefined {
    return this.first === undefined ? undefined : Number(this.first - UNIX_EPOCH) / 10_000;
  }

  write(text: string): undefined {
    this.records.write(text);
  }

  end(): void {
    this.records.end();
  }

  private record({ fields: cells, line }: CsvRecord): void {
    if (this.places === undefined) {
      // Above the header tracerpt may write lines of its own.
      if (cells[0] === COLUMNS.name) this.places = placesOf(cells);
      return;
    }
    this.events += 1;
    const cell = (column: Column): string => cells[this.places?.get(column) ?? -1] ?? '';
    const provider = etwProvider(cell('name'));
    const info = provider === undefined ? undefined : etwEvent(provider, Number(cell('id')), Number(cell('version')));
    if (provider === undefined || info === undefined) {
      this.tally.skipped += 1;
      return;
    }
    const time = fileTime(cell('time'));
    if (time === undefined) {
      this.tally.damaged(`line ${line}: an event has the time “${cell('time').slice(0, 40)}”`);
      return;
    }
    this.first ??= time;
    const data = this.places.get('data') ?? cells.length;
    this.deliver({
      provider, id: Number(cell('id')), name: info.name, process: Number(cell('process')) || 0, thread: Number(cell('thread')) || 0,
      time: Math.max(0, Number(time - this.first) / 10_000), activity: knownActivity(cell('activity')),
      fields: Object.fromEntries(info.fields.map((name, at) => [name, cells[data + at] ?? ''])),
    });
  }
}

function placesOf(header: readonly string[]): ReadonlyMap<Column, number> {
  // The table's own keys.
  return new Map((Object.keys(COLUMNS) as Column[]).map((column) => [column, header.indexOf(COLUMNS[column])]));
}
