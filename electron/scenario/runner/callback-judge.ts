import type { ListComparison } from '../../../preload/contract/scenario';
import type { CallbackExpectation, CallbackItem } from '../language/step';
import { describeMatcher } from '../matchers/describe-matcher';
import { match } from '../matchers/match';
import { evaluate } from '../values/evaluate';
import { toInteger } from '../values/integer';
import { pause } from '../signal';
import type { Bindings } from './bindings';
import { fieldMismatches, hasStatus, itemWords, matchesItem, resolveChoice, type Choice } from './callback-choice';
import { callbackList, callbackWords, statusName } from './callback-datum';
import { matchesExactly, orderedPrefix } from './callback-sequence';
import { alignSequence } from './list-comparison';
import type { ObservedCallback, Observations } from './observations';
import type { Failure } from './step-result';

/** Judges the callbacks of a run against one `callbacks` expectation. */
export class CallbackJudge {
  readonly #expectation: CallbackExpectation;
  readonly #bindings: Bindings;
  readonly #observations: Observations;

  constructor(expectation: CallbackExpectation, bindings: Bindings, observations: Observations) {
    this.#expectation = expectation;
    this.#bindings = bindings;
    this.#observations = observations;
  }

  /** Waits for what must come, then for the quiet, then judges the rest. */
  async judge(): Promise<{ readonly failures: readonly Failure[]; readonly observed: string; readonly lists: readonly ListComparison[] }> {
    const choice = resolveChoice(this.#expectation.choice, this.#bindings, this.#observations);
    if (!choice.ok) return { failures: [{ what: 'callbacks', expected: 'callbacks to look at', observed: choice.error }], observed: choice.error, lists: [] };
    await this.#observations.changed.until(() => (this.#complete(choice.value) ? true : undefined), this.#expectation.within);
    const loud = await this.#quiet(choice.value);
    const chosen = this.#observations.callbacks.filter(choice.value);
    return { failures: [...this.#judgeAll(chosen), ...loud], observed: callbackList(chosen), lists: this.#lists(chosen) };
  }

  /** What must come in an order, beside what came. */
  #lists(chosen: readonly ObservedCallback[]): readonly ListComparison[] {
    const lists: ListComparison[] = [];
    for (const kind of ['exactly', 'ordered'] as const) {
      const items = this.#expectation[kind];
      if (items === undefined) continue;
      const rows = alignSequence({
        items, observed: chosen, fits: this.#fits(), itemWords: (item) => itemWords(item, this.#bindings), observedWords: callbackWords, othersAllowed: kind === 'ordered',
      });
      if (rows.length > 0) lists.push({ what: `callbacks.${kind}`, rows });
    }
    return lists;
  }

  async #quiet(choice: Choice): Promise<readonly Failure[]> {
    const { quiet } = this.#expectation;
    if (quiet === undefined) return [];
    const before = this.#observations.callbacks.length;
    await pause(quiet, this.#observations.clock);
    const later = this.#observations.callbacks.slice(before).filter(choice);
    if (later.length === 0) return [];
    return [{ what: 'quiet', expected: `no further callback for ${quiet} ms`, observed: callbackList(later) }];
  }

  /** Whether all that must come has come. */
  #complete(choice: Choice): boolean {
    const chosen = this.#observations.callbacks.filter(choice);
    const { ordered, exactly, counts, last } = this.#expectation;
    const fits = this.#fits();
    return (ordered === undefined || orderedPrefix(ordered, chosen, fits) === ordered.length)
      && (exactly === undefined || matchesExactly(exactly, chosen, fits).holds)
      && counts.every((one) => this.#countFailure(one, chosen).length === 0)
      && (last === undefined || this.#lastFailure(last, chosen).length === 0);
  }

  #fits(): (item: CallbackItem, one: ObservedCallback) => boolean {
    return (item, one) => matchesItem(item, one, this.#bindings, this.#observations);
  }

  #judgeAll(chosen: readonly ObservedCallback[]): readonly Failure[] {
    const { ordered, exactly, counts, each, forbidden, last, thread } = this.#expectation;
    return [
      ...(ordered === undefined ? [] : this.#orderedFailure(ordered, chosen)),
      ...(exactly === undefined ? [] : this.#exactFailure(exactly, chosen)),
      ...counts.flatMap((one) => this.#countFailure(one, chosen)),
      ...each.flatMap((item) => this.#eachFailures(item, chosen)),
      ...forbidden.flatMap((item) => this.#forbiddenFailures(item, chosen)),
      ...(last === undefined ? [] : this.#lastFailure(last, chosen)),
      ...(thread === undefined ? [] : this.#threadFailures(thread, chosen)),
    ];
  }

  #orderedFailure(items: readonly CallbackItem[], chosen: readonly ObservedCallback[]): readonly Failure[] {
    const reached = orderedPrefix(items, chosen, this.#fits());
    const missing = items[reached];
    if (missing === undefined) return [];
    const words = items.map((item) => itemWords(item, this.#bindings)).join(', then ');
    return [{
      what: `callbacks.ordered.${reached}`,
      expected: `${itemWords(missing, this.#bindings)} in its place (${words})`,
      observed: callbackList(chosen),
    }];
  }

  #exactFailure(items: readonly CallbackItem[], chosen: readonly ObservedCallback[]): readonly Failure[] {
    const result = matchesExactly(items, chosen, this.#fits());
    if (result.holds) return [];
    const due = items[result.itemIndex];
    const found = chosen[result.observedIndex];
    return [{
      what: `callbacks.exactly.${result.itemIndex}`,
      expected: `${due === undefined ? 'no further callback' : itemWords(due, this.#bindings)} as callback ${result.observedIndex + 1}`,
      observed: `${found === undefined ? 'nothing more' : callbackWords(found)} (${callbackList(chosen)})`,
    }];
  }

  #countFailure(one: CallbackExpectation['counts'][number], chosen: readonly ObservedCallback[]): readonly Failure[] {
    const status = evaluate(one.status, this.#bindings);
    const number = status.ok ? toInteger(status.value) : status;
    if (!number.ok) return [{ what: 'callbacks.counts', expected: 'a status', observed: number.error }];
    const count = chosen.filter(({ callback }) => BigInt(callback.dwInternetStatus) === number.value).length;
    return match(one.count, BigInt(count), this.#bindings).map(({ expected }) => ({
      what: `callbacks.counts.${statusName(Number(number.value))}`, expected, observed: `${count} in ${callbackList(chosen)}`,
    }));
  }

  #eachFailures(item: CallbackItem, chosen: readonly ObservedCallback[]): readonly Failure[] {
    return chosen.filter((one) => hasStatus(item.status, one, this.#bindings)).flatMap((one) =>
      fieldMismatches(item, one, this.#bindings, this.#observations).map(({ path, expected, observed }) => ({
        what: `callbacks.each ${callbackWords(one)}${path}`, expected, observed,
      })));
  }

  #forbiddenFailures(item: CallbackItem, chosen: readonly ObservedCallback[]): readonly Failure[] {
    const found = chosen.filter((one) => matchesItem(item, one, this.#bindings, this.#observations));
    if (found.length === 0) return [];
    return [{ what: 'callbacks.forbidden', expected: `no ${itemWords(item, this.#bindings)}`, observed: callbackList(found) }];
  }

  #lastFailure(item: CallbackItem, chosen: readonly ObservedCallback[]): readonly Failure[] {
    const found = chosen.at(-1);
    if (found !== undefined && matchesItem(item, found, this.#bindings, this.#observations)) return [];
    return [{ what: 'callbacks.last', expected: itemWords(item, this.#bindings), observed: callbackList(chosen) }];
  }

  #threadFailures(thread: NonNullable<CallbackExpectation['thread']>, chosen: readonly ObservedCallback[]): readonly Failure[] {
    return chosen.flatMap((one) => {
      const seen = this.#observations.onCallersThread(one) ? 'same' : 'other';
      if (match(thread, seen, this.#bindings).length === 0) return [];
      return [{
        what: `callbacks.thread ${callbackWords(one)}`,
        expected: `thread ${describeMatcher(thread, this.#bindings)}`,
        observed: `thread ${one.callback.thread}; the calls are made on ${this.#observations.mainThread}`,
      }];
    });
  }
}
