import { useState } from 'react';
import type { ExchangeAnswer, ExchangeQuery, HttpExchange } from '../../../preload/contract/http-exchange';
import { formatCount, formatDuration } from '../../model/time-scale';
import { selectEvent } from '../../store/view-actions';
import { Chip, type ChipTone } from '../../ui/chip';
import { Select } from '../../ui/select';
import { Tabs } from '../../ui/tabs';
import { MessageView } from './message-view';
import { SecurityView } from './security-view';
import { TimingView } from './timing-view';
import css from './http.module.css';

type Part = 'request' | 'response' | 'timing' | 'security';

/** Kept from one request to the next. */
let lastPart: Part = 'response';

interface ExchangeViewProps {
  readonly exchange: HttpExchange;
  readonly answer: ExchangeAnswer;
  readonly query: ExchangeQuery;
  readonly onChoose: (place: number) => void;
}

/** One request and what answered it. */
export function ExchangeView({ exchange, answer, query, onChoose }: ExchangeViewProps) {
  const [part, setPart] = useState(lastPart);
  const { request, response, security } = exchange;
  const asked: ExchangeQuery = { handle: query.handle, place: exchange.place, asOf: query.asOf };
  return (
    <article aria-label={`${request.method} ${request.url}`}>
      <header className={css.header}>
        <p className={css.kind}>{SIDES[exchange.side]}</p>
        <h2 className={css.title} title={`${request.method} ${request.url}`}><span className={css.method}>{request.method}</span> {request.url}</h2>
        <p className={css.summary}>
          <StatusChip exchange={exchange} />
          <span>{formatDuration(exchange.endedAt - exchange.startedAt)}</span>
          <span>{`${formatCount(response.body.size)} bytes`}</span>
          <button type="button" className={css.eventLink} title="Show the event that began it" onClick={() => selectEvent(exchange.first, query.handle)}>{`#${exchange.first}`}</button>
        </p>
        {exchange.error !== undefined && <p className={css.error}>{exchange.error}</p>}
        {answer.total > 1 && (
          <Select label="Exchange" wide value={String(exchange.place)} onChange={(place) => onChoose(Number(place))}>
            {answer.list.map(({ place, method, url, status }) => <option key={place} value={place}>{`${place + 1} of ${answer.total}: ${status ?? '–'} ${method} ${url}`}</option>)}
          </Select>
        )}
      </header>
      <Tabs
        name="Part of the exchange"
        tabs={[{ id: 'request', label: 'Request' }, { id: 'response', label: 'Response' }, { id: 'timing', label: 'Timing' }, { id: 'security', label: security.secure ? 'Certificate' : 'TLS' }]}
        shown={part}
        onShow={(to) => {
          lastPart = to;
          setPart(to);
        }}
      />
      <div role="tabpanel" aria-label={PARTS[part]}>
        {part === 'request' && <MessageView key={`q${exchange.place}`} of="request" message={request} url={request.url} query={asked} />}
        {part === 'response' && <MessageView key={`a${exchange.place}`} of="response" message={response} statusNote={response.statusNote} query={asked} />}
        {part === 'timing' && <TimingView exchange={exchange} />}
        {part === 'security' && <SecurityView security={security} />}
      </div>
    </article>
  );
}

const PARTS: Readonly<Record<Part, string>> = { request: 'Request', response: 'Response', timing: 'Timing', security: 'TLS and certificates' };

const SIDES: Readonly<Record<HttpExchange['side'], string>> = { client: 'Sent with WinINet', server: 'Received by the HTTP Server API', observed: 'Written down by another recorder' };

/** The status as a word with its tone; what stands in its place while there is none. */
function StatusChip({ exchange: { response: { status, reason }, state } }: { readonly exchange: HttpExchange }) {
  if (status !== undefined) return <Chip text={`${status} ${reason}`.trim()} tone={toneOf(status)} />;
  return <Chip text={state === 'failed' ? 'failed' : state === 'under-way' ? 'under way' : 'status not asked for'} tone={state === 'failed' ? 'bad' : state === 'under-way' ? 'pending' : 'plain'} />;
}

function toneOf(status: number): ChipTone {
  if (status >= 400) return 'bad';
  return status >= 200 && status < 300 ? 'good' : 'plain';
}
