import { HTTP_PHASES, type HttpExchange, type HttpPhaseKind } from '../../../preload/contract/http-exchange';
import { formatDuration, formatTime } from '../../model/time-scale';
import { classNames } from '../../ui/class-names';
import { Facts } from '../section';
import { TitledPart } from './titled-part';
import css from './timing.module.css';

const WORDS: Readonly<Record<HttpPhaseKind, { readonly name: string; readonly meaning: string }>> = {
  blocked: { name: 'Waiting', meaning: 'before and between the others: no callback told of a phase' },
  dns: { name: 'Resolve', meaning: 'RESOLVING_NAME to NAME_RESOLVED' },
  connect: { name: 'Connect', meaning: 'CONNECTING_TO_SERVER to CONNECTED_TO_SERVER' },
  ssl: { name: 'TLS', meaning: 'CONNECTED_TO_SERVER to SENDING_REQUEST' },
  send: { name: 'Send', meaning: 'SENDING_REQUEST to REQUEST_SENT' },
  wait: { name: 'Wait', meaning: 'REQUEST_SENT to RESPONSE_RECEIVED' },
  receive: { name: 'Receive', meaning: 'RESPONSE_RECEIVED to the last read' },
};

const SERVER_WORDS: Readonly<Partial<Record<HttpPhaseKind, { readonly name: string; readonly meaning: string }>>> = {
  send: { name: 'Request body', meaning: 'HttpReceiveRequestEntityBody' },
  wait: { name: 'Server', meaning: 'from the receipt to the answer' },
  receive: { name: 'Response', meaning: 'HttpSendHttpResponse to its last part' },
};

/** Where the time went: a row a phase, with its stretches where they lie. */
export function TimingView({ exchange }: { readonly exchange: HttpExchange }) {
  const { phases, startedAt, endedAt, side, connection, state } = exchange;
  const whole = Math.max(endedAt - startedAt, 1e-6);
  const part = (time: number): string => `${Math.min(100, Math.max(0, ((time - startedAt) / whole) * 100))}%`;
  const kinds = HTTP_PHASES.filter((kind) => phases.some((phase) => phase.kind === kind));
  return (
    <>
      <TitledPart title="Phases" note={noteOf(exchange)}>
        {kinds.length > 0 && (
          <table className={css.phases}>
            <thead className={css.unseen}><tr><th scope="col">Phase</th><th scope="col">When</th><th scope="col">How long</th></tr></thead>
            <tbody>
              {kinds.map((kind) => {
                const stretches = phases.filter((phase) => phase.kind === kind);
                const { name, meaning } = (side === 'server' ? SERVER_WORDS[kind] : undefined) ?? WORDS[kind];
                return (
                  <tr key={kind} title={meaning}>
                    <th scope="row">{name}</th>
                    <td className={css.track} aria-hidden="true">
                      {stretches.map(({ from, to }) => <i key={from} className={classNames(css.bar, css[kind])} style={{ left: part(from), width: `calc(${part(startedAt + to - from)} + 1px)` }} />)}
                    </td>
                    <td className={css.duration}>{formatDuration(stretches.reduce((sum, { from, to }) => sum + to - from, 0))}</td>
                  </tr>
                );
              })}
            </tbody>
            <tfoot><tr><th scope="row">{state === 'under-way' ? 'So far' : 'In all'}</th><td /><td className={css.duration}>{formatDuration(endedAt - startedAt)}</td></tr></tfoot>
          </table>
        )}
      </TitledPart>
      <TitledPart title="Connection">
        <Facts facts={[{ name: 'Began', value: `${formatTime(startedAt, 3)} ms`, meaning: undefined }, { name: 'Last event', value: `${formatTime(endedAt, 3)} ms`, meaning: undefined }, ...connection]} />
      </TitledPart>
    </>
  );
}

function noteOf({ phases, side }: HttpExchange): string | undefined {
  if (phases.length === 0) return 'No time has passed between its events.';
  if (side === 'client' && !phases.some(({ kind }) => kind === 'connect' || kind === 'send')) return 'No status callback told of its phases: register one with InternetSetStatusCallback, and give the handle a context that is not NULL. A connection that was kept alive is not made again.';
  return undefined;
}
