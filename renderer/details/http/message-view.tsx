import { useMemo } from 'react';
import { requestCookies, responseCookies, type CookiePair } from '../../../preload/contract/http-fields/cookies';
import type { ExchangeQuery, HttpField, HttpMessage } from '../../../preload/contract/http-exchange';
import { formPairs, queryOf } from '../../model/http/percent';
import { copyHttp } from '../../store/copying';
import { Button } from '../../ui/button';
import { BodyView } from './body-view';
import { PairTable } from './pair-table';
import { TitledPart } from './titled-part';
import css from './http.module.css';

interface MessageViewProps {
  readonly of: 'request' | 'response';
  readonly message: HttpMessage;
  /** Of a request. */
  readonly url?: string;
  /** Why a response has no status. */
  readonly statusNote?: string | undefined;
  /** Names the exchange, for copying. */
  readonly query: ExchangeQuery;
}

/** A request or a response: its head as it was recorded, what stands in it, and its body. */
export function MessageView({ of, message, url, statusNote, query }: MessageViewProps) {
  const { fields, fieldsNote, body } = message;
  const search = url === undefined ? undefined : queryOf(url);
  const cookies = useMemo(() => (of === 'request' ? requestCookies(fields) : responseCookies(fields)), [of, fields]);
  const type = fields.find(({ name }) => name.toLowerCase() === 'content-type')?.value;
  return (
    <>
      {statusNote !== undefined && statusNote !== fieldsNote && <p className={css.lead}>{statusNote}</p>}
      {search !== undefined && search !== '' && (
        <TitledPart title="Query" actions={<Button look="quiet" onPress={() => void copyHttp(query, of, { kind: 'url' })}>Copy address</Button>}>
          <PairTable name="Query" pairs={formPairs(search)} />
        </TitledPart>
      )}
      <TitledPart
        title="Headers"
        note={fieldsNote}
        actions={fields.length > 0 && <Button look="quiet" name={`Copy all header fields of the ${of}`} onPress={() => void copyHttp(query, of, { kind: 'fields' })}>Copy all</Button>}
      >
        {fields.length > 0 && <Fields fields={fields} onCopy={(place) => void copyHttp(query, of, { kind: 'field', place })} />}
      </TitledPart>
      {cookies.length > 0 && <TitledPart title={of === 'request' ? 'Cookies' : 'Cookies set'}><Cookies cookies={cookies} /></TitledPart>}
      <BodyView of={of} body={body} type={type} onCopy={() => void copyHttp(query, of, { kind: 'body' })} />
    </>
  );
}

/** Header fields in their order; those of one name stay apart, as they came. */
function Fields({ fields, onCopy }: { readonly fields: readonly HttpField[]; readonly onCopy: (place: number) => void }) {
  return (
    <table className={css.table}>
      <colgroup><col className={css.nameColumn} /><col /><col className={css.actionColumn} /></colgroup>
      <thead className={css.unseen}><tr><th scope="col">Name</th><th scope="col">Value</th><th scope="col">Copy</th></tr></thead>
      <tbody>
        {fields.map(({ name, value }, place) => (
          <tr key={`${place} ${name}`}>
            <th scope="row">{name}</th>
            <td>{value === '' ? <em className={css.nothing}>empty</em> : value}</td>
            <td className={css.rowAction}><Button look="quiet" name={`Copy ${name}${whichOf(fields, place)}`} onPress={() => onCopy(place)}>Copy</Button></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Which of several of one name a field is, for the name of its button. */
function whichOf(fields: readonly HttpField[], place: number): string {
  const places = fields.flatMap(({ name }, at) => (name.toLowerCase() === fields[place]?.name.toLowerCase() ? [at] : []));
  return places.length === 1 ? '' : `, ${places.indexOf(place) + 1} of ${places.length}`;
}

function Cookies({ cookies }: { readonly cookies: readonly CookiePair[] }) {
  return (
    <table className={css.table}>
      <colgroup><col className={css.nameColumn} /><col /></colgroup>
      <thead className={css.unseen}><tr><th scope="col">Name</th><th scope="col">Value</th></tr></thead>
      <tbody>
        {cookies.map(({ name, value, attributes }, place) => (
          <tr key={`${place} ${name}`}>
            <th scope="row">{name}</th>
            <td>
              {value}
              {attributes.length > 0 && <small className={css.attributes}>{attributes.map((one) => (one.value === '' ? one.name : `${one.name} ${one.value}`)).join(' · ')}</small>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
