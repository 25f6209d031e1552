import type { InspectorError } from '../../preload/contract/errors';
import type { ExchangeAnswer, ExchangeQuery } from '../../preload/contract/http-exchange';
import { err, ok, type Result } from '../../preload/contract/result';
import type { Trace } from '../trace/trace';
import { exchangeAnswer, stateOf, summaryOf } from './answer';
import type { FoldedExchange } from './folded-exchange';
import { HandleExchanges } from './handle-exchanges';

/** Bytes of each body that one answer holds. */
const MOST_SHOWN = 1024 * 1024;

/** Answers what was exchanged on a handle. It remembers the handle that was asked for last: a trace that grows is not read again. */
export class ExchangeReader {
  /** By trace, so that a file that is closed is not held by what was asked of it. */
  private readonly known = new WeakMap<Trace, { readonly asOf: number | undefined; readonly exchanges: HandleExchanges }>();

  answer(trace: Trace, query: ExchangeQuery): Result<ExchangeAnswer, InspectorError> {
    const node = trace.tree.get(query.handle);
    if (node === undefined) return err({ kind: 'stale-handle', message: `There is no handle #${query.handle}. Select one in the tree.` });
    const known = this.known.get(trace);
    const exchanges = known !== undefined && known.asOf === query.asOf && known.exchanges.handle === node.id ? known.exchanges : new HandleExchanges(trace, node, query.asOf, MOST_SHOWN);
    this.known.set(trace, { asOf: query.asOf, exchanges });
    const complete = exchanges.advance();
    const { before, exchanges: all } = exchanges.list();
    const index = chosen(all, query, before);
    const shown = index < 0 ? undefined : exchanges.whole(index);
    const place = before + index;
    const state = shown === undefined ? undefined : stateOf(shown, index < all.length - 1 || (node.endedAt !== undefined && node.endedAt <= (query.asOf ?? Number.POSITIVE_INFINITY)));
    const unchanged = shown !== undefined && query.seen?.place === place && query.seen.last === shown.last && query.seen.state === state;
    return ok({
      revision: trace.revision, complete, total: before + all.length, list: all.map((one, at) => summaryOf(one, before + at)),
      shown: shown === undefined || state === undefined || unchanged ? undefined : exchangeAnswer(shown, place, state), unchanged,
    });
  }
}

/** The place that was asked for, else the one that an event belongs to, else the newest. */
function chosen(all: readonly FoldedExchange[], { place, event }: ExchangeQuery, before: number): number {
  const last = all.length - 1;
  if (place !== undefined) return Math.min(last, Math.max(0, place - before));
  const held = event === undefined ? -1 : all.findLastIndex(({ first }) => first <= event);
  return held < 0 ? last : held;
}
