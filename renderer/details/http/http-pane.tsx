import { useEffect, useState, useSyncExternalStore } from 'react';
import { ok } from '../../../preload/contract/result';
import type { ExchangeAnswer, ExchangeQuery } from '../../../preload/contract/http-exchange';
import type { HandleId } from '../../../preload/contract/ids';
import { AnswerFeed } from '../../store/answer-feed';
import { askHttpExchange } from '../../store/questions';
import { useApp } from '../../store/state';
import { ExchangeView } from './exchange-view';
import { RequestList } from './request-list';
import css from './http.module.css';

/** What a request said and what answered it. Asked for again when the trace has grown, without what is on the screen already. */
export function HttpPane() {
  const handle = useApp((state) => state.selection.handle);
  const event = useApp((state) => state.selection.event);
  const asOf = useApp((state) => state.asOf);
  const revision = useApp((state) => state.revision);
  const [chosen, setChosen] = useState<{ readonly handle: HandleId; readonly place: number } | undefined>(undefined);
  const [feed] = useState(() => new AnswerFeed(askFor));
  const shown = useSyncExternalStore(feed.subscribe, feed.snapshot);
  const place = chosen?.handle === handle ? chosen?.place : undefined;

  useEffect(() => {
    if (handle !== undefined && revision >= 0) feed.want({ handle, place, event, asOf });
  }, [feed, handle, place, event, asOf, revision]);

  // A trace that is longer than one question looks at.
  const { question, answer } = shown;
  useEffect(() => {
    if (question !== undefined && answer?.complete === false) feed.want(question);
  }, [feed, question, answer]);

  if (handle === undefined) return <p className={css.hint}>Select a request to see what was sent and what came back.</p>;
  if (question?.handle !== handle) return <p className={css.hint}>Asking…</p>;
  if (shown.problem !== undefined) return <p className={css.problem} role="alert">{shown.problem}</p>;
  if (answer === undefined) return undefined;
  if (answer.shown === undefined) return <RequestList handle={handle} complete={answer.complete} />;
  return <ExchangeView exchange={answer.shown} answer={answer} query={question} onChoose={(to) => setChosen({ handle, place: to })} />;
}

/** With bodies an exchange is long: what is on the screen is not sent a second time. */
async function askFor(query: ExchangeQuery, before: { readonly question: ExchangeQuery | undefined; readonly answer: ExchangeAnswer | undefined }): ReturnType<typeof askHttpExchange> {
  const held = before.question?.handle === query.handle ? before.answer?.shown : undefined;
  const answer = await askHttpExchange(held === undefined ? query : { ...query, seen: { place: held.place, last: held.last, state: held.state } });
  return answer.ok && answer.value.unchanged && held !== undefined ? ok({ ...answer.value, shown: held }) : answer;
}
