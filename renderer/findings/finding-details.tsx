import type { Mute } from '../../preload/contract/annotation';
import type { Finding, RuleInfo } from '../../preload/contract/finding';
import type { HandleId } from '../../preload/contract/ids';
import { CommandButton } from '../commands/command-button';
import { isSame } from '../model/findings';
import { kindWords } from '../model/kinds';
import { useApp } from '../store/state';
import { stopMuting } from '../store/finding-actions';
import { reveal, selectEvent, selectHandle } from '../store/view-actions';
import { Chip } from '../ui/chip';
import { SeveritySign } from '../ui/severity-sign';
import { MuteFinding } from './mute-finding';
import { Mutes } from './mutes';
import css from './findings.module.css';

interface FindingDetailsProps {
  readonly finding: Finding | undefined;
  readonly rules: readonly RuleInfo[];
  readonly mutes: readonly Mute[];
}

/** What a finding says in full, what to do about it, where it stands on Microsoft's pages, and the events that prove it. */
export function FindingDetails({ finding, rules, mutes }: FindingDetailsProps) {
  const muting = useApp((state) => state.muting);
  if (finding === undefined) {
    return (
      <aside className={css.details} aria-label="The finding">
        <p className={css.hint}>Choose a finding to see what to do about it and to go to its event.</p>
        {mutes.length > 0 && <Mutes mutes={mutes} />}
      </aside>
    );
  }
  if (muting !== undefined && isSame(muting, finding)) {
    return (
      <aside className={css.details} aria-label="The finding">
        <p className={css.message}>{finding.message}</p>
        <MuteFinding finding={finding} onDone={stopMuting} />
      </aside>
    );
  }
  const mute = finding.muted === undefined ? undefined : mutes.find((one) => one.rule === finding.rule && one.reason === finding.muted);
  const { severity, message, fix, page, handles, events, provoked, standing } = finding;
  const rule = rules.find(({ id }) => id === finding.rule);
  return (
    <aside className={css.details} aria-label="The finding">
      <p className={css.what}>
        <SeveritySign severity={severity} />
        <span>{severity}</span>
        <span className={css.rule}>{finding.rule}</span>
        {provoked && <Chip text="on purpose" tone="plain" />}
        {standing && <Chip text="as it stands now" tone="pending" />}
      </p>
      <p className={css.message}>{message}</p>
      <p><strong>What to do: </strong>{fix}</p>
      {rule !== undefined && rule.says !== message && <p className={css.says}><strong>The rule: </strong>{rule.says}</p>}
      <p className={css.links}>
        {events.map((seq, index) => <button key={seq} type="button" className={css.link} onClick={() => selectEvent(seq, finding.handle)}>{index === 0 ? `Event #${seq}` : `#${seq}`}</button>)}
        {handles.map((handle) => <HandleLink key={handle} handle={handle} />)}
      </p>
      <p className={css.page}>{page}</p>
      {mute === undefined ? <p className={css.actions}><CommandButton command="copy-finding" label="Copy as Markdown" /><CommandButton command="mute-finding" label="Mute this…" /></p> : <Mutes mutes={[mute]} />}
    </aside>
  );
}

function HandleLink({ handle }: { readonly handle: HandleId }) {
  const forest = useApp((state) => state.forest);
  const node = forest.get(handle);
  if (node === undefined) return undefined;
  const show = (): void => {
    selectHandle(handle);
    reveal(handle);
  };
  return <button type="button" className={css.link} onClick={show}>{`${kindWords(node.kind).name} ${node.label}`}</button>;
}
