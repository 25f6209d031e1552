import type { HandleId } from '../../../preload/contract/ids';
import { chipsOf } from '../../model/chips';
import { useApp } from '../../store/state';
import { selectHandle } from '../../store/view-actions';
import { Chip } from '../../ui/chip';
import { Section } from '../section';
import css from './http.module.css';

/** Rows shown; a server may have had any number. */
const MOST_ROWS = 200;

/** Of a handle that is no request itself: the requests below it. */
export function RequestList({ handle, complete }: { readonly handle: HandleId; readonly complete: boolean }) {
  const forest = useApp((state) => state.forest);
  useApp((state) => state.revision);
  const node = forest.get(handle);
  const requests = forest.subtree(handle).filter(({ id, kind }) => id !== handle && (kind === 'request' || kind === 'server-request'));
  if (requests.length === 0) return <p className={css.hint}>{noneWords(node?.kind, complete)}</p>;
  return (
    <Section title={`Requests of ${node?.label ?? 'this handle'}`}>
      <ul>
        {requests.slice(-MOST_ROWS).map((request) => (
          <li key={request.id}>
            <button type="button" className={css.listed} title={request.label} onClick={() => selectHandle(request.id)}>
              <span className={css.listedName}>{request.label}</span>
              {chipsOf(request).map(({ text, tone }) => <Chip key={text} text={text} tone={tone} />)}
            </button>
          </li>
        ))}
      </ul>
      {requests.length > MOST_ROWS && <p className={css.note}>{`The newest ${MOST_ROWS} of ${requests.length.toLocaleString('en')}.`}</p>}
    </Section>
  );
}

function noneWords(kind: string | undefined, complete: boolean): string {
  if (!complete) return 'Looking through the recording…';
  if (kind === 'request') return 'This request has not been sent yet: HttpSendRequest sends it.';
  if (kind === 'server-request') return 'Of this request only its id is known: no receive had room for its head.';
  return 'There is no request on this handle. Select one in the tree to see what was sent and what came back.';
}
