import { useApp } from './store/state';
import { followLive } from './store/view-actions';
import css from './workbench.module.css';

/** Says that the view has left live time, and leads back to it. */
export function LiveStatus() {
  const following = useApp((state) => state.follow !== undefined);
  // The time of a file has ended.
  const file = useApp((state) => state.shown.file !== undefined);
  if (following || file) return undefined;
  return <button type="button" className={css.follow} title="Follow live time (End)" onClick={() => followLive()}>Follow live</button>;
}
