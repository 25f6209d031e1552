import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { Annotation } from '../../../preload/contract/annotation';
import type { TraceEvent } from '../../../preload/contract/event';
import type { Trace } from '../trace';
import { frame } from './frame';

/** What a crash can cost at most, in milliseconds, with room to spare. */
const FLUSH_MS = 25;
const FLUSH_CHARACTERS = 256 * 1024;

/** The last frame of a recording that ended in order. */
export const CLOSED = { closed: true } as const;

export interface JournalHeader {
  readonly journal: 1;
  readonly application: string;
  readonly engine: { readonly kind: string; readonly description: string };
  /** ISO 8601. */
  readonly startedAt: string;
  /** The process that writes it: while it lives, the journal is not anyone else's to read. */
  readonly pid: number;
}

/**
 * Puts every event on disk as it happens, in batches, so that a crash of the process costs at most the last moments. A
 * disk that is full or gone ends the journal with a message; the recording goes on without it.
 */
export class JournalWriter {
  private readonly descriptor: number;
  /** Lines that wait to be written. */
  private text = '';
  /** When the first of them happened, in milliseconds since the start of the trace. */
  private since = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly unlisten: () => void;
  private problem: string | undefined;
  private taken = 0;

  /**
   * @param onProblem is told once when the journal had to stop
   * @throws Error when the file cannot be made: there is no journal then
   */
  constructor(private readonly trace: Trace, readonly file: string, header: JournalHeader, private readonly onProblem: (message: string) => void) {
    mkdirSync(path.dirname(file), { recursive: true });
    this.descriptor = openSync(file, 'a');
    this.write(JSON.stringify(header));
    this.unlisten = trace.listen((event) => this.add(event));
  }

  /** Why it stopped, or undefined while it writes. */
  get stopped(): string | undefined {
    return this.problem;
  }

  /** How many events it was given. */
  get events(): number {
    return this.taken;
  }

  /** Writes what is waiting, now: before a call that could end the process. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.text === '') return;
    const payload = this.text;
    this.text = '';
    this.write(payload);
  }

  /** Keeps what people added to the recording: the last list counts. */
  annotate(annotations: readonly Annotation[]): void {
    this.flush();
    this.write(JSON.stringify({ annotations }));
  }

  /** Ends it in order, which its last frame says: a journal without it was left by a crash. */
  close(): void {
    this.unlisten();
    this.flush();
    this.write(JSON.stringify(CLOSED));
    closeSync(this.descriptor);
  }

  private add(event: TraceEvent): void {
    this.taken += 1;
    if (this.problem !== undefined) return;
    const line = this.trace.log.lineOf(event);
    if (this.text === '') this.since = event.time;
    this.text += this.text === '' ? line : `\n${line}`;
    // Timers wait while a program calls and calls again: then it is the events themselves that tell the time.
    if (this.text.length >= FLUSH_CHARACTERS || event.time - this.since >= FLUSH_MS) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), FLUSH_MS).unref();
  }

  private write(payload: string): void {
    if (this.problem !== undefined) return;
    try {
      const bytes = frame(payload);
      // A short write is a full disk that has not said so yet: the next attempt says it.
      for (let written = 0; written < bytes.length;) written += writeSync(this.descriptor, bytes, written);
    } catch (failure) {
      this.problem = `The journal stopped: ${failure instanceof Error ? failure.message : String(failure)}. The recording goes on, but a crash would lose what comes now. Make room on that disk and start Hinspector anew to have a journal again.`;
      this.text = '';
      this.onProblem(this.problem);
    }
  }
}
