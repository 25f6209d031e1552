/** How many earlier recordings (journals) stay on the disk. */
export interface Retention {
  /** What the person has set. It holds from the next start on. */
  readonly keep: number;
  /** What the command line of this start says instead (--keep); undefined where it says nothing. */
  readonly given: number | undefined;
}

export const RETENTION_BOUNDS = { first: 20, least: 1, most: 10_000 } as const;
