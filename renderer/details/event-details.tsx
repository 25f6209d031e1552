import type { Details, EventRow } from '../../preload/contract/query';
import { hexLines } from '../model/hex-dump';
import { formatTime } from '../model/time-scale';
import { selectEvent } from '../store/view-actions';
import { CopyDetails } from './copy-details';
import { Explained } from './explained';
import { Facts, PageAddress, Section } from './section';
import css from './details.module.css';

const KIND_WORDS: Readonly<Record<EventRow['kind'], string>> = {
  'call': 'Call', 'return': 'Return', 'callback': 'Status callback', 'callback-return': 'Callback returned', 'completion': 'Completion', 'connection': 'Connection', 'note': 'Note', 'engine-lost': 'Engine', 'observed': 'Observed',
};

const FACTS_TITLES: Readonly<Record<EventRow['kind'], string>> = {
  'call': 'Call', 'return': 'Result', 'callback': 'Callback', 'callback-return': 'Callback', 'completion': 'Result', 'connection': 'Connection', 'note': 'Note', 'engine-lost': 'Engine', 'observed': 'Observed',
};

export function EventDetails({ details }: { readonly details: Extract<Details, { readonly kind: 'event' }> }) {
  const { event, title, facts, parameters, bytes, page, related, explained } = details;
  return (
    <article aria-label={`Details of ${title}`}>
      <header className={css.header}>
        <p className={css.kind}>{`${KIND_WORDS[event.kind]} · #${event.seq} · ${formatTime(event.time, 3)} ms`}</p>
        <h2 className={css.title} title={title}>{title}</h2>
        <CopyDetails target={{ kind: 'event', seq: event.seq }} />
      </header>
      {explained.length > 0 && <Section title="What it did"><Explained steps={explained} /></Section>}
      {facts.length > 0 && <Section title={FACTS_TITLES[event.kind]}><Facts facts={facts} /></Section>}
      {parameters.length > 0 && <Section title={event.kind === 'callback' || event.kind === 'completion' ? 'Call that it completes' : 'Parameters'}><Facts facts={parameters} /></Section>}
      {bytes !== '' && <Section title={`Raw bytes (${bytes.length / 2})`}><HexDump hex={bytes} /></Section>}
      {related.length > 0 && <Section title="Related"><Related rows={related} /></Section>}
      <PageAddress page={page} />
    </article>
  );
}

const MOST_LINES = 256;

function HexDump({ hex }: { readonly hex: string }) {
  const lines = hexLines(hex, 8);
  return (
    <>
      <pre className={css.hex}>{lines.slice(0, MOST_LINES).map((line) => `${line.offset}  ${line.bytes}  ${line.text}`).join('\n')}</pre>
      {lines.length > MOST_LINES && <p className={css.meaning}>{`The first ${MOST_LINES * 8} bytes of ${hex.length / 2}.`}</p>}
    </>
  );
}

function Related({ rows }: { readonly rows: readonly EventRow[] }) {
  return (
    <ul>
      {rows.map((row) => (
        <li key={row.seq}>
          <button type="button" className={css.related} onClick={() => selectEvent(row.seq, row.handle)}>
            <span className={css.relatedTime}>{formatTime(row.time)}</span>
            <span className={css.relatedTitle}>{`${KIND_WORDS[row.kind]} ${row.title}`}</span>
            <span className={css.relatedResult}>{row.result}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
