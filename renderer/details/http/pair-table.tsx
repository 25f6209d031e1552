import type { Decoded, Pairs } from '../../model/http/percent';
import css from './http.module.css';

/** Names and values of a query or a form. What could not be decoded stands as it was written, with the reason. */
export function PairTable({ name, pairs: { pairs, more } }: { readonly name: string; readonly pairs: Pairs }) {
  if (pairs.length === 0) return <p className={css.note}>There is no pair in it.</p>;
  return (
    <>
      <table className={css.table} aria-label={name}>
        <colgroup><col className={css.nameColumn} /><col /></colgroup>
        <thead className={css.unseen}><tr><th scope="col">Name</th><th scope="col">Value</th></tr></thead>
        <tbody>
          {pairs.map((pair, place) => (
            <tr key={`${place} ${pair.raw}`} title={pair.raw}>
              <th scope="row"><Part decoded={pair.name} /></th>
              <td>{pair.value.text === '' ? <em className={css.nothing}>empty</em> : <Part decoded={pair.value} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p className={css.note}>{`${more.toLocaleString('en')} more are not shown.`}</p>}
    </>
  );
}

function Part({ decoded: { text, problem } }: { readonly decoded: Decoded }) {
  return <>{text}{problem !== undefined && <small className={css.wrong}>{`not decoded: ${problem}`}</small>}</>;
}
