import type { Details, EventRow, RelatedEvent } from '../../preload/contract/query';
import { momentText, momentValue } from '../model/time-mode';
import { useTelling } from '../store/telling';
import { selectEvent, showTime } from '../store/view-actions';
import { CopyDetails } from './copy-details';
import { Explained } from './explained';
import { RawBytes } from './raw-bytes';
import { Facts, PageAddress, Section } from './section';
import css from './details.module.css';

const KIND_WORDS: Readonly<Record<EventRow['kind'], string>> = {
  'call': 'Call', 'return': 'Return', 'callback': 'Status callback', 'callback-return': 'Callback returned', 'completion': 'Completion', 'connection': 'Connection', 'note': 'Note', 'engine-lost': 'Engine', 'observed': 'Observed',
};

const FACTS_TITLES: Readonly<Record<EventRow['kind'], string>> = {
  'call': 'Call', 'return': 'Result', 'callback': 'Callback', 'callback-return': 'Callback', 'completion': 'Result', 'connection': 'Connection', 'note': 'Note', 'engine-lost': 'Engine', 'observed': 'Observed',
};

export function EventDetails({ details }: { readonly details: Extract<Details, { readonly kind: 'event' }> }) {
  const telling = useTelling();
  const { event, title, facts, parameters, buffers, page, related, explained } = details;
  return (
    <article aria-label={`Details of ${title}`}>
      <header className={css.header}>
        <p className={css.kind}>{`${KIND_WORDS[event.kind]} · #${event.seq} · ${momentText(event.time, telling, 3)}`}</p>
        <h2 className={css.title} title={title}>{title}</h2>
        <CopyDetails />
      </header>
      {explained.length > 0 && <Section title="What it did"><Explained steps={explained} /></Section>}
      {facts.length > 0 && <Section title={FACTS_TITLES[event.kind]}><Facts facts={facts} /></Section>}
      {parameters.length > 0 && <Section title={event.kind === 'callback' || event.kind === 'completion' ? 'Call that it completes' : 'Parameters'}><Facts facts={parameters} /></Section>}
      {buffers.length > 0 && <RawBytes buffers={buffers} seq={event.seq} />}
      {related.length > 0 && <Section title="Related"><Related related={related} /></Section>}
      <PageAddress page={page} />
    </article>
  );
}

const ROLE_WORDS: Readonly<Record<RelatedEvent['role'], string>> = {
  cause: 'Cause', call: 'Its call', return: 'Return', completion: 'Completion', sibling: 'Meanwhile', previous: 'Before', next: 'After',
};

/** Other events that belong to it; each selects itself, in the list and on the timeline. */
function Related({ related }: { readonly related: readonly RelatedEvent[] }) {
  const telling = useTelling();
  return (
    <ul>
      {related.map(({ role, row }) => (
        <li key={row.seq}>
          <button
            type="button"
            className={css.related}
            title={`${ROLE_WORDS[role]}: ${KIND_WORDS[row.kind]} ${row.title}, ${momentText(row.time, telling)}`}
            onClick={() => {
              selectEvent(row.seq, row.handle);
              showTime(row.time);
            }}
          >
            <span className={css.relatedRole}>{ROLE_WORDS[role]}</span>
            <span className={css.relatedTitle}>{`${KIND_WORDS[row.kind]} ${row.title}`}</span>
            <span className={css.relatedResult}>{row.result}</span>
            <span className={css.relatedTime}>{momentValue(row.time, telling)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
