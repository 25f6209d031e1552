import type { CompletionEvent } from '../../../preload/contract/event';
import type { Seq } from '../../../preload/contract/ids';
import type { Outcome, StatusCallback, ThreadId } from '../../engine/engine';
import { decodeStatusPayload, type StatusPayload } from '../../../preload/contract/win32/status-payload';
import type { FunctionName } from '../../../preload/contract/win32/functions';
import { signatureOf } from '../../../preload/contract/win32/functions';
import type { ArgValue } from '../../../preload/contract/win32/signature';
import { RunClock } from '../run-clock';
import { Signal } from '../signal';

const ERROR_IO_PENDING = 997;
const REQUEST_COMPLETE = 100;

/** A call that a scenario made. Moments count everything observed in one run, from 1. */
export interface ObservedCall {
  readonly name: FunctionName;
  readonly args: Readonly<Record<string, ArgValue>>;
  readonly began: number;
  /** The raw handle or id that the call is about, 0n for none. */
  readonly subject: bigint;
  /** The address of its OVERLAPPED, 0n for none. */
  readonly overlapped: bigint;
  /** Whether a step made it, and not the runner for its own needs. */
  readonly byStep: boolean;
  /** Undefined while it blocks. */
  ended: number | undefined;
  outcome: Outcome | undefined;
}

export interface ObservedCallback {
  readonly moment: number;
  readonly callback: StatusCallback;
  readonly payload: StatusPayload;
  /** Its place in the trace, for the calls that are made inside it. */
  readonly seq: Seq;
}

export interface ObservedCompletion {
  readonly moment: number;
  /** The address of the OVERLAPPED. */
  readonly overlapped: bigint;
  readonly event: CompletionEvent;
}

/** Everything that one run saw, in order; waiting steps listen to `changed`. */
export class Observations {
  /** The time that waits of the run take theirs from. */
  readonly clock: RunClock;
  readonly changed: Signal;
  readonly calls: ObservedCall[] = [];
  readonly callbacks: ObservedCallback[] = [];
  readonly completions: ObservedCompletion[] = [];
  readonly mainThread: ThreadId;
  #moment = 0;

  constructor(mainThread: ThreadId, clock = new RunClock()) {
    this.mainThread = mainThread;
    this.clock = clock;
    this.changed = new Signal(clock);
  }

  get moment(): number {
    return this.#moment;
  }

  /** Names the present: what comes later has a greater moment. */
  tick(): number {
    this.#moment++;
    return this.#moment;
  }

  begin(name: FunctionName, args: Readonly<Record<string, ArgValue>>, byStep: boolean): ObservedCall {
    const { subject, params, dll } = signatureOf(name);
    // kernel32 only speaks about an OVERLAPPED; the others begin an operation on one.
    const overlappedName = dll === 'kernel32' ? undefined : Object.keys(params).find((key) => params[key]?.kind === 'overlapped');
    const call: ObservedCall = {
      name, args, byStep,
      began: this.tick(),
      subject: bigintOf(subject === undefined ? undefined : args[subject]),
      overlapped: bigintOf(overlappedName === undefined ? undefined : args[overlappedName]),
      ended: undefined,
      outcome: undefined,
    };
    this.calls.push(call);
    return call;
  }

  end(call: ObservedCall, outcome: Outcome): void {
    call.outcome = outcome;
    call.ended = this.tick();
    this.changed.notify();
  }

  callback(callback: StatusCallback, seq: Seq): ObservedCallback {
    const payload = decodeStatusPayload(callback.dwInternetStatus, callback.information, callback.width);
    const observed = { moment: this.tick(), callback, payload, seq };
    this.callbacks.push(observed);
    this.changed.notify();
    return observed;
  }

  /**
   * Whether a callback was made on the thread of the application: its own, or the one on which an engine carries out a
   * call that blocks, for as long as that call runs.
   */
  onCallersThread({ callback, moment }: ObservedCallback): boolean {
    if (callback.thread === this.mainThread) return true;
    return this.calls.some(({ began, ended, outcome }) =>
      outcome?.thread === callback.thread && began < moment && ended !== undefined && moment < ended);
  }

  completion(overlapped: bigint, event: CompletionEvent): void {
    this.completions.push({ moment: this.tick(), overlapped, event });
    this.changed.notify();
  }

  /** The completion of a call that answered ERROR_IO_PENDING with an OVERLAPPED. */
  completionOf(call: ObservedCall): ObservedCompletion | undefined {
    return this.completions.find(({ moment, overlapped }) => overlapped === call.overlapped && moment > call.began);
  }

  /**
   * The REQUEST_COMPLETE of a WinINet call that answered ERROR_IO_PENDING. Operations on one handle complete in the
   * order they were begun, so that each takes the first one that no earlier call has taken.
   */
  completeOf(call: ObservedCall): ObservedCallback | undefined {
    const taken = new Set<ObservedCallback>();
    for (const other of this.calls) {
      if (other.subject !== call.subject || !pended(other)) continue;
      const complete = this.callbacks.find((one) =>
        one.callback.dwInternetStatus === REQUEST_COMPLETE && one.moment > other.began && !taken.has(one) && concerns(one, other));
      if (other === call) return complete;
      if (complete !== undefined) taken.add(complete);
    }
    return undefined;
  }
}

/** InternetOpenUrl's completion comes with its own context on a handle that did not exist before. */
function concerns({ callback }: ObservedCallback, call: ObservedCall): boolean {
  if (callback.hInternet === call.subject) return true;
  const context = call.args['dwContext'];
  return (call.outcome?.returns === 0n) && typeof context === 'bigint' && context !== 0n && callback.dwContext === context;
}

/** Whether a call answered that it goes on: the error it returned or left behind is ERROR_IO_PENDING. */
export function pended(call: ObservedCall): boolean {
  if (call.outcome === undefined) return false;
  const { returns } = signatureOf(call.name);
  if (returns === 'ERROR') return Number(call.outcome.returns) === ERROR_IO_PENDING;
  // InternetCloseHandle succeeds with 997 when requests were outstanding: nothing of its own goes on.
  return Number(call.outcome.returns) === 0 && call.outcome.lastError === ERROR_IO_PENDING;
}

function bigintOf(value: ArgValue): bigint {
  return typeof value === 'bigint' ? value : typeof value === 'number' ? BigInt(value) : 0n;
}
