import type { AppUpdateState, AppUpdateStep, OfferedVersion } from '../../preload/contract/app-update';
import { assertUnreachable, err, ok, type Result } from '../../preload/contract/result';
import type { UpdateFeed } from './update-feed';

/** What fetches updates. Each promise fails with an error whose message is for the person. */
export interface Updater {
  /** Undefined when there is nothing newer. */
  check(): Promise<OfferedVersion | undefined>;
  /** Fetches what check has offered and holds it to its digest and signature. @param onProgress told the part from 0 to 1 */
  download(onProgress: (part: number) => void, signal: AbortSignal): Promise<void>;
  /** Starts the installer that was fetched; it waits until this process has gone. */
  install(): void;
}

/**
 * Looks for a newer version when a person asks, fetches it when they agree, and installs it when they leave. Nothing is
 * asked of any server before that, and nothing of the updater is loaded.
 */
export class AppUpdates {
  #state: AppUpdateState;
  readonly #feed: UpdateFeed | undefined;
  #updater: Promise<Updater> | undefined;
  #stop: AbortController | undefined;
  #offer: OfferedVersion | undefined;

  /**
   * @param feed where to look, or why not
   * @param load brings the updater, at the first question
   * @param changed told every change of the state
   */
  constructor(feed: Result<UpdateFeed, string>, private readonly load: (feed: UpdateFeed) => Promise<Updater>, private readonly changed: (state: AppUpdateState) => void) {
    this.#feed = feed.ok ? feed.value : undefined;
    this.#state = feed.ok ? { kind: 'idle' } : { kind: 'off', reason: feed.error };
  }

  get state(): AppUpdateState {
    return this.#state;
  }

  /** Takes a step, or says why it cannot be taken now. What comes of it is told in the state. */
  async take(step: AppUpdateStep): Promise<Result<undefined, string>> {
    const { kind } = this.#state;
    if (this.#state.kind === 'off') return err(this.#state.reason);
    switch (step) {
      case 'check': return kind === 'checking' || kind === 'downloading' || kind === 'ready' ? err(BUSY[kind]) : this.#run(() => this.#check());
      case 'download': return kind === 'offered' ? this.#run(() => this.#download()) : err('No newer version has been found to download.');
      case 'stop':
        this.#stop?.abort();
        return ok(undefined);
      case 'discard':
        if (kind === 'ready' && this.#offer !== undefined) this.#tell({ kind: 'offered', offer: this.#offer });
        return ok(undefined);
      default: return assertUnreachable(step);
    }
  }

  /** The application is about to end: what was fetched, and not discarded, is installed. */
  async leave(): Promise<void> {
    this.#stop?.abort();
    if (this.#state.kind === 'ready') (await this.#updater)?.install();
  }

  async #run(work: () => Promise<void>): Promise<Result<undefined, string>> {
    try {
      await work();
      return ok(undefined);
    } catch (failure) {
      const message = failure instanceof Error ? failure.message : String(failure);
      this.#tell({ kind: 'failed', message });
      return err(message);
    }
  }

  async #check(): Promise<void> {
    this.#tell({ kind: 'checking' });
    this.#offer = await (await this.#loaded()).check();
    this.#tell(this.#offer === undefined ? { kind: 'current' } : { kind: 'offered', offer: this.#offer });
  }

  async #download(): Promise<void> {
    const offer = this.#offer;
    if (offer === undefined) return;
    const stop = new AbortController();
    this.#stop = stop;
    try {
      this.#tell({ kind: 'downloading', offer, part: 0 });
      await (await this.#loaded()).download((part) => { if (!stop.signal.aborted) this.#tell({ kind: 'downloading', offer, part }); }, stop.signal);
      this.#tell(stop.signal.aborted ? { kind: 'offered', offer } : { kind: 'ready', offer });
    } catch (failure) {
      if (!stop.signal.aborted) throw failure;
      this.#tell({ kind: 'offered', offer });
    } finally {
      this.#stop = undefined;
    }
  }

  #loaded(): Promise<Updater> {
    if (this.#feed === undefined) return Promise.reject(new Error('There is no update feed.'));
    this.#updater ??= this.load(this.#feed);
    return this.#updater;
  }

  #tell(state: AppUpdateState): void {
    this.#state = state;
    this.changed(state);
  }
}

const BUSY = {
  checking: 'The feed is being asked already.',
  downloading: 'The newer version is being downloaded.',
  ready: 'A newer version is downloaded, and installed when Hinspector is left.',
} as const;
