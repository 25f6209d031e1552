/** What `expectTrace` and `findings` can name: rules over everything that a run observed. */
export const INVARIANT_NAMES = [
  'initialize-balance', 'one-completion-per-overlapped', 'one-complete-per-pending', 'one-demand-start-per-queue', 'no-use-after-close',
  'closing-is-last', 'complete-before-closing',
] as const;
export type InvariantName = (typeof INVARIANT_NAMES)[number];

export function isInvariantName(name: string): name is InvariantName {
  return INVARIANT_NAMES.some((one) => one === name);
}
