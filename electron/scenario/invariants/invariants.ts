import { isInvariantName, type InvariantName } from '../language/invariant-names';
import type { Observations } from '../runner/observations';
import { closingIsLast } from './closing-is-last';
import { completeBeforeClosing } from './complete-before-closing';
import { initializeBalance } from './initialize-balance';
import { noUseAfterClose } from './no-use-after-close';
import { oneCompletePerPending } from './one-complete-per-pending';
import { oneCompletionPerOverlapped } from './one-completion-per-overlapped';
import { oneDemandStartPerQueue } from './one-demand-start-per-queue';

/**
 * What must hold over everything that a run saw. Each gives its violations in words. The rules of the same names
 * (electron/rules) look at the record; these at what the engine itself said, so that a fault of the record shows, too.
 */
export type Invariant = (observations: Observations) => readonly string[];

const INVARIANTS: Readonly<Record<InvariantName, Invariant>> = {
  'initialize-balance': initializeBalance,
  'one-completion-per-overlapped': oneCompletionPerOverlapped,
  'one-complete-per-pending': oneCompletePerPending,
  'one-demand-start-per-queue': oneDemandStartPerQueue,
  'no-use-after-close': noUseAfterClose,
  'closing-is-last': closingIsLast,
  'complete-before-closing': completeBeforeClosing,
};

/** The violations of an invariant, or undefined for a name that is none. */
export function invariantViolations(name: string, observations: Observations): readonly string[] | undefined {
  return isInvariantName(name) ? INVARIANTS[name](observations) : undefined;
}
