import { useEffect } from 'react';
import type { LeakGroup, OpenHandle } from '../../preload/contract/finding';
import { kindWords } from '../model/kinds';
import { formatCount, formatDuration } from '../model/time-scale';
import { closeTheRest, leaveTheRest } from '../store/close-all';
import { refreshFindings } from '../store/findings';
import { giveNamedCommand } from '../commands/registry';
import { appState, useApp } from '../store/state';
import { reveal, selectHandle } from '../store/view-actions';
import { Button } from '../ui/button';
import { classNames } from '../ui/class-names';
import css from './findings.module.css';

/** Ages grow while nothing happens: they are asked for again while they are looked at, in milliseconds. */
const AGES_EVERY = 2000;
/** Handles of a group that are listed; the others are counted. */
const MOST_LISTED = 50;

/** Every handle that is open, by who made it: a group that only grows is a leak. */
export function OpenHandlesPane() {
  const answer = useApp((state) => state.findings);
  useEffect(() => {
    const timer = setInterval(refreshFindings, AGES_EVERY);
    return () => clearInterval(timer);
  }, []);
  const halted = useApp((state) => state.haltedClose !== undefined);
  if (answer === undefined) return <p className={css.nothing}>Asking the referee…</p>;
  if (answer.leaks.length === 0 && !halted) return <p className={css.nothing}>No handle is open. What is opened and not closed is listed here by the call that made it, the largest group first, so that a leak can be seen while it grows.</p>;
  return (
    <>
      <Halted />
      <ul className={css.groups} aria-label="Open handles by who made them">{answer.leaks.map((group) => <Group key={`${group.origin} ${group.api} ${group.kind}`} group={group} />)}</ul>
    </>
  );
}

/** One of many could not be closed: whether to go on with the others is for the person to say. */
function Halted() {
  const halted = useApp((state) => state.haltedClose);
  if (halted === undefined) return undefined;
  const { problem, left, closed, total } = halted;
  return (
    <div role="alert" className={css.halted}>
      <p className={css.haltedWords}><strong>{`Closed ${formatCount(closed)} of ${formatCount(total)}, then one could not be closed.`}</strong>{` ${problem}`}</p>
      <Button look="danger" focusFirst onPress={() => void closeTheRest()}>{`Continue with the other ${formatCount(left.length)}`}</Button>
      <Button onPress={leaveTheRest}>Leave them open</Button>
    </div>
  );
}

function Group({ group }: { readonly group: LeakGroup }) {
  const { origin, api, kind, handles } = group;
  const { name, close } = kindWords(kind);
  const oldest = handles[0];
  return (
    <li className={css.group}>
      <div className={css.groupHead}>
        <h3 className={css.site}>{`${formatCount(handles.length)} × ${name}`}</h3>
        <span className={css.api}>{api}</span>
        <span className={css.origin} title={origin}>{origin}</span>
        {oldest !== undefined && <span className={css.ages}>{`oldest ${formatDuration(oldest.age)}`}</span>}
        {close !== undefined && <CloseAll handles={handles} />}
      </div>
      <ul>
        {handles.slice(0, MOST_LISTED).map((handle) => <Open key={handle.id} handle={handle} />)}
      </ul>
      {handles.length > MOST_LISTED && <p className={css.more}>{`and ${formatCount(handles.length - MOST_LISTED)} younger ones`}</p>}
    </li>
  );
}

function Open({ handle }: { readonly handle: OpenHandle }) {
  const { id, label, age, idle, pending } = handle;
  const selected = useApp((state) => state.selection.handle === id);
  const show = (): void => {
    selectHandle(id);
    reveal(id);
  };
  return (
    <li>
      <button type="button" className={classNames(css.open, selected && css.selected)} onClick={show}>
        <span className={css.cell}>{label}</span>
        <span className={css.ages}>{`open ${formatDuration(age)}`}</span>
        <span className={css.ages}>{`idle ${formatDuration(idle)}`}</span>
        <span className={css.ages}>{pending === 0 ? '' : `${pending} pending`}</span>
      </button>
    </li>
  );
}

/** Each close of them is reported by itself. */
function CloseAll({ handles }: { readonly handles: readonly OpenHandle[] }) {
  const file = useApp((state) => state.shown.file?.name);
  const close = (): void => {
    // The command means the group of the selected handle.
    if (!handles.some(({ id }) => id === appState().selection.handle)) selectHandle(handles[0]?.id);
    giveNamedCommand('close-group');
  };
  return <Button offReason={file === undefined ? undefined : `${file} is shown, whose handles are gone.`} onPress={close}>{handles.length === 1 ? 'Close this' : 'Close all of these'}</Button>;
}
