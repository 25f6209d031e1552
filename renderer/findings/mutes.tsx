import type { Mute } from '../../preload/contract/annotation';
import { giveDestructive } from '../store/destructive';
import { useApp } from '../store/state';
import { Button } from '../ui/button';
import css from './findings.module.css';

/** What is muted in this recording, why, and the way back. */
export function Mutes({ mutes }: { readonly mutes: readonly Mute[] }) {
  return (
    <ul className={css.mutes} aria-label="Muted rules">
      {mutes.map((mute) => <Muted key={mute.id} mute={mute} />)}
    </ul>
  );
}

function Muted({ mute }: { readonly mute: Mute }) {
  const label = useApp((state) => (mute.handle === undefined ? undefined : state.forest.get(mute.handle)?.label ?? `handle #${mute.handle}`));
  return (
    <li className={css.mutedRule}>
      <p><span className={css.rule}>{mute.rule}</span>{label === undefined ? ' is muted' : ` is muted on ${label}`}</p>
      <p className={css.reason}>{`“${mute.reason}”`}</p>
      <p><Button onPress={() => giveDestructive({ kind: 'remove', annotation: mute.id })}>Tell it again</Button></p>
    </li>
  );
}
