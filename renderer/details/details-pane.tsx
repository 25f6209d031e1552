import { Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import type { DetailsTarget } from '../../preload/contract/query';
import { AnswerFeed } from '../store/answer-feed';
import { later } from '../store/later';
import { askDetails } from '../store/questions';
import { useApp, type Selection } from '../store/state';
import { HandleDetails } from './handle-details';
import css from './details.module.css';

const EventDetails = later(async () => (await import('./event-details')).EventDetails);

/** What is known of the selected event or handle; asked for again when the trace has grown. */
export function DetailsPane() {
  const selection = useApp((state) => state.selection);
  const revision = useApp((state) => state.revision);
  const [feed] = useState(() => new AnswerFeed(askDetails));
  const shown = useSyncExternalStore(feed.subscribe, feed.snapshot);
  const target = targetOf(selection);

  useEffect(() => {
    const wanted = targetOf(selection);
    if (wanted !== undefined && revision >= 0) feed.want(wanted);
  }, [feed, selection, revision]);

  if (target === undefined) return <p className={css.hint}>Select a handle or an event to see its parameters, its result and how it ended.</p>;
  // Until the answer to a new selection has come, nothing is better than what belongs to another.
  if (!sameTarget(target, shown.question)) return <p className={css.hint}>Asking…</p>;
  if (shown.problem !== undefined) return <p className={css.problem} role="alert">{shown.problem}</p>;
  const { answer: details } = shown;
  if (details === undefined) return undefined;
  return details.kind === 'event' ? <Suspense><EventDetails details={details} /></Suspense> : <HandleDetails details={details} />;
}

function targetOf({ event, handle }: Selection): DetailsTarget | undefined {
  if (event !== undefined) return { kind: 'event', seq: event };
  return handle === undefined ? undefined : { kind: 'handle', handle };
}

function sameTarget(a: DetailsTarget, b: DetailsTarget | undefined): boolean {
  if (a.kind === 'event') return b?.kind === 'event' && a.seq === b.seq;
  return b?.kind === 'handle' && a.handle === b.handle;
}
