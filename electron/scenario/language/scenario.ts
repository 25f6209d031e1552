import type { Position } from './problem';
import type { ServerScript, FtpScript } from './peer-script';
import type { Expectation, Step } from './step';

/** The engines a scenario can be run on; `differs` speaks of them by these names. */
export const ENGINE_NAMES = ['native', 'portable', 'wine'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

/** A whole scenario file, read and checked. */
export interface Scenario {
  /** Its name, which is the file's. */
  readonly name: string;
  readonly title: string;
  readonly source: string | undefined;
  readonly notes: string | undefined;
  /** Names that the run binds to free loopback ports of five digits on which nothing listens. */
  readonly ports: readonly string[];
  readonly server: ServerScript | undefined;
  readonly ftp: FtpScript | undefined;
  /** Runs in an engine process of its own. */
  readonly fresh: boolean;
  /** Leaves open what the steps left open. */
  readonly leave: boolean;
  readonly steps: readonly Step[];
  readonly differences: readonly Difference[];
}

/** What an engine is known to do in place of what a step expects. */
export interface Difference {
  readonly engine: EngineName;
  readonly step: string;
  readonly why: string | undefined;
  readonly observed: ObservedDifference;
  readonly at: Position;
}

export type ObservedDifference =
  | { readonly kind: 'expectation'; readonly expectation: Expectation }
  /** Not compared. */
  | { readonly kind: 'varies' }
  /** A stub that ends the run at this step, as known. */
  | { readonly kind: 'unavailable' };
