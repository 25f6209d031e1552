import type { TraceEvent } from '../../preload/contract/event';
import { seq } from '../../preload/contract/ids';
import { assertUnreachable } from '../../preload/contract/result';
import type { Trace } from '../trace/trace';
import { ClientFold } from './client-fold';
import type { Exchange } from './find-exchanges';
import type { ExchangeFold, FoldedExchange, FoldOptions } from './folded-exchange';
import { ObservedFold } from './observed-fold';
import { addressOf, type OpeningOf } from './request-address';
import { ServerFold } from './server-fold';

/** What takes the events of an exchange in; undefined for the send of a handle that is no HTTP request. */
export function foldOf(trace: Trace, exchange: Exchange, openingOf: OpeningOf, options: FoldOptions): ExchangeFold<TraceEvent> | undefined {
  switch (exchange.side) {
    case 'observed': return new ObservedFold(trace, exchange);
    case 'server': return new ServerFold(trace, exchange, options);
    case 'client': {
      const first = exchange.events.at(0);
      const send = trace.log.has(first) ? trace.log.at(seq(first)) : undefined;
      const address = send?.kind === 'call' ? addressOf(trace, exchange.handle, openingOf, send) : undefined;
      return send?.kind !== 'call' || address === undefined ? undefined : new ClientFold(trace, exchange, send, address, options);
    }
    default: return assertUnreachable(exchange.side);
  }
}

/** What every event of an exchange told. */
export function foldedExchanges(trace: Trace, exchange: Exchange, openingOf: OpeningOf): readonly FoldedExchange[] {
  const fold = foldOf(trace, exchange, openingOf, {});
  for (let row = 0; row < exchange.events.length; row += 1) fold?.apply(trace.log.at(seq(exchange.events.at(row))));
  return fold?.folded() ?? [];
}
