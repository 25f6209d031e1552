import type { HandleId } from '../../../preload/contract/ids';
import type { Trace } from '../../trace/trace';

/** What every export is made from. */
export interface ExportSource {
  readonly trace: Trace;
  /** The place after the last event to export: what comes later belongs to the next export. */
  readonly end: number;
  /** When the trace began by the wall clock, in milliseconds since 1970; an event's time counts from it. */
  readonly startedAt: number;
  /** What wrote the file: name and version go into formats that have a place for them. */
  readonly application: string;
}

/** Which events of the list are written. */
export interface EventChoice {
  /** Plain text that a row must contain; empty for all. */
  readonly text: string;
  /** Only events of this handle and what is below it. */
  readonly handle: HandleId | undefined;
}

export const EVERY_EVENT: EventChoice = { text: '', handle: undefined };

/** How far an export is: told now and then, in events. */
export type Progress = (done: number, total: number) => void;

/** The text of a file in pieces of any size, so that no export is ever whole in memory. */
export type TextPieces = Generator<string, void, undefined>;
