import { useApp } from './store/state';
import { giveNamedCommand, withCommandKeys } from './commands/registry';
import css from './workbench.module.css';

/** Says that the view has left live time, and leads back to it. */
export function LiveStatus() {
  const following = useApp((state) => state.follow !== undefined);
  const hint = useApp((state) => withCommandKeys('Follow live time', 'follow', state));
  // The time of a file has ended.
  const file = useApp((state) => state.shown.file !== undefined);
  if (following || file) return undefined;
  return <button type="button" className={css.follow} title={hint} onClick={() => giveNamedCommand('follow')}>Follow live</button>;
}
