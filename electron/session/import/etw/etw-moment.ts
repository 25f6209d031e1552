import type { HandleId } from '../../../../preload/contract/ids';
import type { ImportedHandles, Moment } from '../imported-handles';
import { keptFields, type EtwRecord } from './etw-record';

export function momentOf(record: EtwRecord): Moment {
  return { time: record.time, thread: record.thread, source: record.provider, name: record.name, fields: keptFields(record) };
}

/** The node of the program that an event happened in. */
export function processOf(handles: ImportedHandles, record: EtwRecord): HandleId {
  return handles.process(momentOf(record), `pid ${record.process}`, `Process ${record.process}`);
}
