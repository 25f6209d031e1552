import type { Creator, Entry } from 'har-format';
import type { ExportSource, Progress, TextPieces } from '../export-source';
import { clientEntries } from './client-entry';
import { findExchanges, type Exchange, type FoundExchanges } from './exchanges';
import { observedEntries } from './observed-entry';
import { serverEntry } from './server-entry';

/**
 * The HTTP exchanges of a trace as HAR 1.2: those that WinINet made, those that http.sys answered and those that another
 * program's recorder wrote of, oldest first. An exchange is read from the trace when it is its turn, so a long one costs
 * four bytes an event and the entry that is written.
 */
export function* harPieces(source: ExportSource, progress: Progress): TextPieces {
  const creator: Creator = { name: 'Hinspector', version: source.application };
  yield `{"log":{"version":"1.2","creator":${JSON.stringify(creator)},"entries":[`;
  const found = yield* findExchanges(source, progress);
  let between = '\n';
  for (const [index, exchange] of found.exchanges.entries()) {
    for (const entry of entriesOf(source, exchange, found)) {
      yield `${between}${JSON.stringify(entry)}`;
      between = ',\n';
    }
    progress(found.exchanges.length + index + 1, found.exchanges.length * 2);
  }
  yield '\n]}}\n';
}

function entriesOf(source: ExportSource, exchange: Exchange, { openings }: FoundExchanges): readonly Entry[] {
  if (exchange.side === 'observed') return observedEntries(source, exchange);
  if (exchange.side === 'client') return clientEntries(source, exchange, openings);
  const entry = serverEntry(source, exchange);
  return entry === undefined ? [] : [entry];
}
