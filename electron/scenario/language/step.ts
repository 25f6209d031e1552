import type { Matcher } from './matcher';
import type { Position } from './problem';
import type { Reference, Value } from './value';

/** What every step has beside its verb. */
export interface StepHeader {
  readonly at: Position;
  /** Where it stands: "3", or "3.2" for the second step inside the third one's `do`. Counted from 1. */
  readonly path: string;
  readonly id: string | undefined;
  readonly as: string | undefined;
}

export type Step = StepHeader & StepAction;

export type StepAction =
  | CallStep
  | WaitStep
  | OnStep
  | ExpectStep
  | { readonly verb: 'mark'; readonly name: string }
  | { readonly verb: 'readAll'; readonly file: Value; readonly size: Value | undefined; readonly expect: Matcher | undefined }
  | { readonly verb: 'client'; readonly action: ClientAction; readonly expect: Matcher | undefined }
  | { readonly verb: 'server' | 'ftp'; readonly action: PeerAction; readonly on: Value | undefined; readonly expect: Matcher | undefined }
  | { readonly verb: 'expectTrace'; readonly invariants: readonly { readonly name: string; readonly at: Position }[] };

export interface CallStep {
  readonly verb: 'call';
  /** The documented name, perhaps with an A or a W behind it. */
  readonly function: string;
  readonly functionAt: Position;
  readonly with: readonly Argument[];
  readonly expect: CallExpectation | undefined;
}

export interface Argument {
  readonly parameter: string;
  readonly at: Position;
  readonly value: Value;
}

export interface CallExpectation {
  readonly returns: Matcher | undefined;
  readonly lastError: Matcher | undefined;
  readonly out: readonly { readonly parameter: string; readonly at: Position; readonly matcher: Matcher }[];
  /** One of them must hold. */
  readonly either: readonly CallExpectation[];
  readonly at: Position;
}

/** Which callbacks are meant. */
export interface CallbackChoice {
  readonly handle: Value | undefined;
  readonly context: Value | undefined;
  /** The recorder that was registered. */
  readonly via: Value | undefined;
  /** The name of a mark or of a call's binding. */
  readonly since: Reference | undefined;
}

/** A status, and what its callback must have carried. */
export interface CallbackItem {
  readonly status: Value;
  /** By the words of the language: value, length, context, dwResult, dwError, thread, via. */
  readonly fields: readonly { readonly name: CallbackField; readonly matcher: Matcher; readonly at: Position }[];
  readonly optional: boolean;
  readonly repeats: boolean;
  readonly at: Position;
}

export const CALLBACK_FIELDS = ['value', 'length', 'context', 'dwResult', 'dwError', 'thread', 'via'] as const;
export type CallbackField = (typeof CALLBACK_FIELDS)[number];

export interface WaitStep {
  readonly verb: 'wait';
  readonly until:
    | { readonly kind: 'callback'; readonly item: CallbackItem; readonly choice: CallbackChoice; readonly count: number }
    | { readonly kind: 'overlapped'; readonly overlapped: Value }
    | { readonly kind: 'done'; readonly call: Value }
    | { readonly kind: 'value'; readonly value: Value; readonly matcher: Matcher }
    | { readonly kind: 'time'; readonly milliseconds: number };
  /** Milliseconds before the step fails. */
  readonly within: number;
  readonly expect: Matcher | undefined;
}

export interface OnStep {
  readonly verb: 'on';
  readonly status: Value;
  readonly choice: CallbackChoice;
  /** How often it acts at most. */
  readonly times: number;
  readonly do: readonly Step[];
}

export interface ExpectStep {
  readonly verb: 'expect';
  readonly expect: ExpectBody;
}

export interface ExpectBody {
  readonly callbacks: CallbackExpectation | undefined;
  readonly that: readonly { readonly value: Value; readonly matcher: Matcher; readonly at: Position }[];
  readonly findings: readonly { readonly rule: string; readonly at: Position; readonly count: Matcher }[];
  readonly tree: readonly { readonly handle: Reference; readonly at: Position; readonly state: Matcher }[];
  readonly at: Position;
}

export interface CallbackExpectation {
  readonly choice: CallbackChoice;
  readonly ordered: readonly CallbackItem[] | undefined;
  readonly exactly: readonly CallbackItem[] | undefined;
  readonly counts: readonly { readonly status: Value; readonly count: Matcher }[];
  readonly each: readonly CallbackItem[];
  readonly forbidden: readonly CallbackItem[];
  readonly last: CallbackItem | undefined;
  readonly thread: Matcher | undefined;
  /** Milliseconds in which nothing more may come. */
  readonly quiet: number | undefined;
  /** Milliseconds that what must come is waited for. */
  readonly within: number;
  readonly at: Position;
}

/** How long a wait lasts when it does not say, in milliseconds. */
export const DEFAULT_WITHIN = 2000;

export type Closing = 'fin' | 'reset';

export type ReceiveUntil =
  /** What is there, as soon as there is anything. */
  | { readonly kind: 'some' }
  /** One whole HTTP message. */
  | { readonly kind: 'message' }
  | { readonly kind: 'close' }
  | { readonly kind: 'count'; readonly bytes: Value }
  | { readonly kind: 'text'; readonly text: Value };

export interface ClosedExpectation {
  /** False: that it stays open for so many milliseconds. */
  readonly closed: Closing | 'any' | false;
  readonly within: number;
  readonly for: number;
}

export type ClientAction =
  | { readonly kind: 'connect'; readonly port: Value; readonly host: Value | undefined }
  | { readonly kind: 'send'; readonly on: Value; readonly bytes: Value }
  | { readonly kind: 'receive'; readonly on: Value; readonly until: ReceiveUntil; readonly within: number }
  | ({ readonly kind: 'expect'; readonly on: Value } & ClosedExpectation)
  | { readonly kind: 'close'; readonly on: Value; readonly how: Closing };

/** What a step does by hand on a connection of a scripted server. */
export type PeerAction =
  | { readonly kind: 'send'; readonly bytes: Value }
  | { readonly kind: 'receive'; readonly until: ReceiveUntil; readonly within: number }
  | ({ readonly kind: 'expect' } & ClosedExpectation)
  | { readonly kind: 'close'; readonly how: Closing }
  /** Takes the next connection and names it. */
  | { readonly kind: 'accept'; readonly name: string; readonly within: number };

/** What stands beside a step's verb as `expect`, for a step or in place of one in `differs`. */
export type Expectation =
  | { readonly kind: 'call'; readonly expectation: CallExpectation }
  | { readonly kind: 'body'; readonly expectation: ExpectBody }
  | { readonly kind: 'matcher'; readonly matcher: Matcher };
