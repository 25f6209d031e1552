import type { TraceEvent } from '../../preload/contract/event';
import { EVENT_KINDS, NO_LINK, type BlockRow } from '../trace/event-block';
import { linkOf } from '../trace/event-columns';
import { payloadOf } from '../trace/event-payload';

/** An event as a row of a block. */
export function rowOf(event: TraceEvent): BlockRow {
  return {
    time: event.time, kind: EVENT_KINDS.indexOf(event.kind), handle: event.handle ?? 0, thread: event.thread, link: linkOf(event) ?? NO_LINK,
    payload: payloadOf(event),
  };
}

/** The row that stands where something could not be read: places after it stay what they were. */
export function noteRow(time: number, text: string): BlockRow {
  return { time, kind: EVENT_KINDS.indexOf('note'), handle: 0, thread: 0, link: NO_LINK, payload: JSON.stringify({ level: 'warning', text }) };
}
