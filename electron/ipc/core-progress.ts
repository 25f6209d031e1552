import type { AppUpdateState } from '../../preload/contract/app-update';
import type { OthersProgress } from '../../preload/contract/record-others';
import type { SweepStatus } from '../../preload/contract/sweep';
import type { ScenarioProgress } from '../../preload/contract/update';

/** What is the same for every window, whichever asked for it: each is told, and one that is opened later too. */
export interface CoreWork {
  readonly scenario: ScenarioProgress | undefined;
  readonly sweep: SweepStatus | undefined;
  readonly others: OthersProgress | undefined;
  /** Where the application stands with versions newer than itself. */
  readonly appUpdate: AppUpdateState;
  /** What is waited for before the app leaves. */
  readonly leaving: string | undefined;
  /** The accent of the system, as #rrggbb. */
  readonly accent: string | undefined;
}

export class CoreProgress {
  private work: CoreWork = {
    scenario: undefined, sweep: undefined, others: undefined, appUpdate: { kind: 'off', reason: 'The application is starting.' }, leaving: undefined, accent: undefined,
  };
  private readonly listeners = new Set<(change: Partial<CoreWork>) => void>();

  get now(): CoreWork {
    return this.work;
  }

  tell(change: Partial<CoreWork>): void {
    this.work = { ...this.work, ...change };
    for (const listener of this.listeners) listener(change);
  }

  listen(listener: (change: Partial<CoreWork>) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
