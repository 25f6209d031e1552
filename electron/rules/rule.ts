import type { RuleInfo, Severity } from '../../preload/contract/finding';
import type { CallbackEvent, CallbackReturnEvent, CallEvent, CompletionEvent, ConnectionTraceEvent, NoteEvent, ObservedEvent, ReturnEvent, TraceEvent } from '../../preload/contract/event';
import type { HandleNode, HandleState } from '../../preload/contract/handle';
import type { HandleId, Seq } from '../../preload/contract/ids';
import type { Scene } from './scene';

/** What a rule found: the referee adds what the rule itself says. */
export interface Report {
  /** The handles it names, its own lane first. */
  readonly handles: readonly (HandleId | undefined)[];
  /** The events that prove it, the telling one first. */
  readonly events: readonly Seq[];
  readonly message: string;
  /** Where the finding is milder than its rule. */
  readonly severity?: Severity;
  /** The call that did it: when it is on purpose, so is the finding. */
  readonly culprit?: CallEvent | undefined;
}

export type Reporter = (report: Report) => void;

/** The trace as it stands, for what is only wrong if nothing more comes. */
export interface Ending {
  /** Milliseconds since the start of the trace. */
  readonly now: number;
  /** Nothing more will come: a file that was read to its end, or an application that leaves. */
  readonly final: boolean;
}

/**
 * A rule while it watches one trace. The tree already holds the event; the scene holds the calls that are under way, the
 * one that just returned among them. What a watch keeps is bounded.
 */
export interface Watch {
  call?(event: CallEvent): void;
  returned?(event: ReturnEvent, call: CallEvent | undefined): void;
  callback?(event: CallbackEvent): void;
  callbackReturned?(event: CallbackReturnEvent): void;
  completion?(event: CompletionEvent, call: CallEvent | undefined): void;
  connection?(event: ConnectionTraceEvent): void;
  note?(event: NoteEvent): void;
  /** What another recorder saw of another program. */
  observed?(event: ObservedEvent): void;
  /** A handle that is new (`before` undefined) or whose state changed. */
  state?(node: HandleNode, before: HandleState | undefined, event: TraceEvent): void;
  /** Reports what is wrong if the trace ends here. Changes nothing: it can be asked again, and more events may come. */
  end?(report: Reporter, ending: Ending): void;
}

export interface Rule extends RuleInfo {
  watch(scene: Scene, report: Reporter): Watch;
}
