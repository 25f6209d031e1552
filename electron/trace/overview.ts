import { OVERVIEW_LEVELS, type MarkKind, type Overview, type OverviewLevel } from '../../preload/contract/query';

/** At most so many buckets; at least half as many once there is more than a moment: as fine as the pixels of a wide window. */
const MOST_BUCKETS = 2048;
/** Milliseconds that a bucket holds at first. */
const FIRST_BUCKET = 1 / 128;

/** What a kind of mark says of its bucket; every other kind is plain. */
const LEVELS: Readonly<Partial<Record<MarkKind, OverviewLevel>>> = {
  'close-requested': 'closing', 'handle-closing': 'closing',
  'failed-call': 'bad', 'complete-failed': 'bad', 'cancelled': 'bad', 'connection-closed': 'bad',
};

/**
 * The whole trace at a glance: how many marks fell into each stretch of time, and the worst of them. A mark costs one
 * addition; when the time outgrows the buckets, two neighbours become one: it is never larger, however long the trace.
 */
export class OverviewIndex {
  private from: number | undefined;
  private bucket = FIRST_BUCKET;
  private used = 0;
  private readonly counts = new Uint32Array(MOST_BUCKETS);
  private readonly worst = new Uint8Array(MOST_BUCKETS);

  /** @param time milliseconds since the start of the trace */
  add(time: number, kind: MarkKind): void {
    this.from ??= time;
    while (time - this.from >= this.bucket * MOST_BUCKETS) this.halve();
    const at = Math.max(0, Math.floor((time - this.from) / this.bucket));
    this.counts[at] = (this.counts[at] ?? 0) + 1;
    this.worst[at] = Math.max(this.worst[at] ?? 0, OVERVIEW_LEVELS.indexOf(LEVELS[kind] ?? 'plain'));
    this.used = Math.max(this.used, at + 1);
  }

  /** Forgets what lies wholly before a time: its events were dropped from a full history. */
  trim(before: number): void {
    const gone = Math.min(this.used, Math.floor((before - (this.from ?? before)) / this.bucket));
    if (gone <= 0) return;
    this.counts.fill(0, 0, gone);
    this.worst.fill(0, 0, gone);
  }

  /** Forgets all of it: another recording begins at time 0. */
  clear(): void {
    this.from = undefined;
    this.bucket = FIRST_BUCKET;
    this.used = 0;
    this.counts.fill(0);
    this.worst.fill(0);
  }

  answer(): Overview {
    return { from: this.from ?? 0, bucket: this.bucket, counts: this.counts.slice(0, this.used), worst: this.worst.slice(0, this.used) };
  }

  private halve(): void {
    this.bucket *= 2;
    this.used = Math.ceil(this.used / 2);
    for (let at = 0; at < MOST_BUCKETS; at += 1) {
      const [a, b] = at * 2 < MOST_BUCKETS ? [at * 2, at * 2 + 1] : [MOST_BUCKETS, MOST_BUCKETS];
      this.counts[at] = (this.counts[a] ?? 0) + (this.counts[b] ?? 0);
      this.worst[at] = Math.max(this.worst[a] ?? 0, this.worst[b] ?? 0);
    }
  }
}
