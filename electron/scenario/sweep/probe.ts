import type { TraceEvent } from '../../../preload/contract/event';
import type { HandleNode } from '../../../preload/contract/handle';
import type { HandleId, Seq } from '../../../preload/contract/ids';
import { andThen, isPromiseLike, type MaybePromise } from '../../../preload/contract/result';
import type { SweepAction } from '../../../preload/contract/sweep';
import type { FunctionArgs, FunctionName } from '../../../preload/contract/win32/functions';
import type { Engine } from '../../engine/engine';
import { Inspector, type CallbackRecord, type CallOptions, type CallRecord } from '../../inspector/inspector';
import { statusTitle } from '../../trace/event-words';
import { closingCall } from './closing-call';

const ORIGIN = 'close sweep';

/** Where a sweep can act. The same moment of another run has the same key, as long as the run takes the same way. */
export interface Moment {
  readonly key: string;
  /** "inside REQUEST_SENT of request #3", "after HttpSendRequest (step 5)". */
  readonly title: string;
}

/** What was done at the moment, and what it was done to. */
export interface Act {
  readonly target: HandleId;
  readonly record: MaybePromise<CallRecord>;
  /** The place of the call in the trace. */
  readonly from: number;
}

/** Where the call is made: inside a callback, on its thread, or on the application's own. */
type Place = Pick<CallOptions, 'thread' | 'inCallback'>;

/** An inspector that passes every moment of a scenario by a sweep, which closes its handle at one of them. */
export class Probe extends Inspector {
  readonly moments: Moment[] = [];
  act: Act | undefined;
  private target: HandleId | undefined;
  private readonly seen = new Map<string, number>();
  private readonly making = new Map<Seq, true>();

  /**
   * @param makes the origin of the calls of the step that makes the handle
   * @param wanted the key of the moment to act at; undefined only notes the moments there are
   * @param acted runs as soon as it was done
   */
  constructor(
    engine: Engine, private readonly action: SweepAction, private readonly makes: string, private readonly wanted: string | undefined,
    private readonly acted: () => void,
  ) {
    super(engine);
    this.trace.listen((event) => this.watch(event));
    this.onCallback((record) => this.atCallback(record));
  }

  override call<N extends FunctionName>(api: N, given: Partial<FunctionArgs<N>>, options: CallOptions = {}): MaybePromise<CallRecord> {
    const running = super.call(api, given, options);
    if (!this.isStep(options)) return running;
    const words = `${api} (${options.origin?.split(', ').at(-1) ?? ''})`;
    const place = placeOf(options);
    // A call that blocks leaves its thread; another one can close the handle meanwhile.
    if (isPromiseLike(running)) setImmediate(() => this.reached(`during ${words}`, {}));
    return andThen(running, (record) => {
      if (options.origin === this.makes && record.created !== undefined) this.target ??= record.created;
      this.reached(`after ${words}`, place);
      return record;
    });
  }

  get targetNode(): HandleNode | undefined {
    return this.target === undefined ? undefined : this.trace.tree.get(this.target);
  }

  /** Only what the scenario's steps do is a moment of it, not how the runner cleans up. */
  private isStep({ origin }: CallOptions): boolean {
    return origin !== undefined && /, step [\d.]+$/.test(origin);
  }

  private watch(event: TraceEvent): void {
    if (event.kind === 'call' && event.origin === this.makes) this.making.set(event.seq, true);
    if (!('created' in event) || event.created === undefined) return;
    const call = event.kind === 'return' ? event.call : event.kind === 'observed' ? undefined : event.completes;
    if (call !== undefined && this.making.has(call)) this.target ??= event.created.id;
    // A request that was received has its moment as soon as it is there.
    if (event.kind === 'completion' && this.target === event.created.id) setImmediate(() => this.reached(`after the completion of ${event.api}`, {}));
  }

  private atCallback({ event }: CallbackRecord): MaybePromise<void> {
    const node = event.handle === undefined ? undefined : this.trace.tree.get(event.handle);
    const words = `${statusTitle(event.status)} of ${node === undefined ? 'a handle' : `${node.kind} #${node.id}`}`;
    const done = this.reached(`inside ${words}`, { thread: event.thread, inCallback: event.seq });
    this.outside(() => { void this.reached(`after ${words}`, {}); });
    return done;
  }

  /**
   * Runs on the application's thread as soon as a callback has returned. The portable engine's has when its stack is left,
   * and the next step of the scenario may follow in the same turn; a thread of Windows needs a turn to go on.
   */
  private outside(act: () => void): void {
    if (this.engine.kind === 'portable') queueMicrotask(act);
    else setImmediate(act);
  }

  /** A moment has come. Acts when it is the wanted one and the handle is there and nobody has closed it. */
  private reached(words: string, place: Place): MaybePromise<void> {
    const count = (this.seen.get(words) ?? 0) + 1;
    this.seen.set(words, count);
    const node = this.targetNode;
    if (this.act !== undefined || node === undefined || node.state !== 'open' || node.closeRequestedAt !== undefined) return undefined;
    const title = count === 1 ? words : `${words}, ${count}`;
    this.moments.push({ key: title, title });
    if (title !== this.wanted) return undefined;
    const closing = closingCall(this.action, node, this);
    if (closing === undefined) return undefined;
    const from = this.trace.log.length;
    // closingCall gives each of its functions just the arguments that it takes.
    const record = super.call(closing.api, closing.args as never, { ...place, origin: ORIGIN });
    this.act = { target: node.id, record, from };
    this.acted();
    return andThen(record, () => undefined);
  }
}

function placeOf({ thread, inCallback }: CallOptions): Place {
  return { ...(thread === undefined ? {} : { thread }), ...(inCallback === undefined ? {} : { inCallback }) };
}
