/** A version that the feed offers. */
export interface OfferedVersion {
  readonly version: string;
  /** ISO 8601, as the feed says it. */
  readonly date: string | undefined;
  /** Of its installer, in bytes. */
  readonly size: number | undefined;
}

/** Where the application stands with versions newer than itself. */
export type AppUpdateState =
  /** This copy looks for none, for the reason given. */
  | { readonly kind: 'off'; readonly reason: string }
  /** Nobody has asked yet. */
  | { readonly kind: 'idle' }
  | { readonly kind: 'checking' }
  | { readonly kind: 'current' }
  | { readonly kind: 'offered'; readonly offer: OfferedVersion }
  /** part: from 0 to 1. */
  | { readonly kind: 'downloading'; readonly offer: OfferedVersion; readonly part: number }
  /** Checked, and installed when the application is left. */
  | { readonly kind: 'ready'; readonly offer: OfferedVersion }
  | { readonly kind: 'failed'; readonly message: string };

/** discard: what was downloaded is not installed after all. */
export const APP_UPDATE_STEPS = ['check', 'download', 'stop', 'discard'] as const;
export type AppUpdateStep = (typeof APP_UPDATE_STEPS)[number];
