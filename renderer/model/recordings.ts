import type { RecentRecording } from '../../preload/contract/session';

/** What a recording is called where it can be opened again: files have names, what was written as it happened has its time. */
export function recordingTitle({ kind, name, at }: RecentRecording): string {
  return kind === 'file' ? name : `Recorded ${timeWords(at)}`;
}

/** A time of day as the person's system writes it. */
export function timeWords(iso: string): string {
  return new Date(iso).toLocaleString();
}
