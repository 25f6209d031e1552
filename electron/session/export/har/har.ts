import type { Creator } from 'har-format';
import { findExchanges } from '../../../http-exchange/find-exchanges';
import { foldedExchanges } from '../../../http-exchange/fold-of';
import type { ExportSource, Progress, TextPieces } from '../export-source';
import { harEntry } from './entry';

/**
 * The HTTP exchanges of a trace as HAR 1.2: those that WinINet made, those that http.sys answered and those that another
 * program's recorder wrote of, oldest first. An exchange is read from the trace when it is its turn, so a long one costs
 * four bytes an event and the entry that is written.
 */
export function* harPieces(source: ExportSource, progress: Progress): TextPieces {
  const { trace, end } = source;
  const creator: Creator = { name: 'Hinspector', version: source.application };
  yield `{"log":{"version":"1.2","creator":${JSON.stringify(creator)},"entries":[`;
  const { exchanges, openings } = yield* findExchanges(trace, end, (done) => progress(done, end * 2));
  let between = '\n';
  for (const [index, exchange] of exchanges.entries()) {
    for (const folded of foldedExchanges(trace, exchange, (handle) => openings.callOf(handle))) {
      yield `${between}${JSON.stringify(harEntry(source, folded))}`;
      between = ',\n';
    }
    progress(exchanges.length + index + 1, exchanges.length * 2);
  }
  yield '\n]}}\n';
}
