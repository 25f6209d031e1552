import * as v from 'valibot';
import { RETENTION_BOUNDS, type Retention } from '../../preload/contract/retention';
import { readRemembered, writeRemembered } from '../session/remembered-file';

const { least, most, first } = RETENTION_BOUNDS;

const SCHEMA = v.object({ keepRecordings: v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most)) });

/** How many journals stay on the disk: main must know it before there is a window, so it is kept in a file of main's. */
export class JournalRetention {
  private count: number;

  /**
   * @param file where it is remembered; one that is torn, or says nonsense, is as if there were none
   * @param given what the command line says, which wins at this start and is not remembered
   */
  constructor(private readonly file: string, private readonly given: number | undefined) {
    this.count = readRemembered(file, SCHEMA)?.keepRecordings ?? first;
  }

  /** How many stay at this start. */
  get now(): number {
    return this.given ?? this.count;
  }

  get answer(): Retention {
    return { keep: this.count, given: this.given };
  }

  /** @param count a whole number within RETENTION_BOUNDS */
  keep(count: number): Retention {
    this.count = count;
    writeRemembered(this.file, { keepRecordings: count });
    return this.answer;
  }
}
