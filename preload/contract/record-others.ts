/** What of another program can be recorded, by the providers that tell of it. */
export const OTHERS_SCOPES = ['clients', 'servers', 'both'] as const;
export type OthersScope = (typeof OTHERS_SCOPES)[number];

/** How another program is to be recorded. */
export interface OthersPlan {
  readonly scope: OthersScope;
  /** The recording ends by itself after so many seconds. */
  readonly seconds: number;
  /** Of a longer recording the latest megabytes are kept. */
  readonly megabytes: number;
}

export const OTHERS_BOUNDS = { seconds: { least: 5, most: 3600 }, megabytes: { least: 16, most: 4096 } } as const;

/** What a person would type, in order, where Hinspector does not do it itself. */
export interface OthersCommands {
  /** Whether Hinspector can do it here. */
  readonly here: boolean;
  /** Command lines for an elevated command prompt on Windows: before what is to be seen, and after it. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Command line that writes the state of the HTTP service to a file. */
  readonly serviceState: string;
}

/** How far a recording of another program is; undefined while there is none. */
export interface OthersProgress {
  readonly what: 'recording' | 'service-state';
  readonly step: 'asking' | 'recording' | 'stopping' | 'converting' | 'failed';
  /** Seconds until it ends by itself, while it records. */
  readonly left: number | undefined;
  /** Why it failed, and what to do. */
  readonly message: string | undefined;
}
