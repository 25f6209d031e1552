import { TIME_MODES, TIME_MODE_WORDS } from './model/time-mode';
import { CommandButton } from './commands/command-button';
import { withCommandKeys } from './commands/registry';
import { useApp } from './store/state';
import { tellTime } from './store/time-actions';
import css from './window-controls.module.css';

/** How the time is told, and which panes are shown: at the end of the status bar. */
export function WindowControls() {
  const mode = useApp((state) => state.layout.timeMode);
  const zero = useApp((state) => state.timeZero);
  const title = useApp((state) => withCommandKeys(mode === 'event' && zero !== undefined ? `Time from ${zero.title}, event ${zero.seq}` : TIME_MODE_WORDS[mode].meaning, 'time-mode', state));
  const { treeShown, bottomShown, sideShown } = useApp((state) => state.layout);
  return (
    <span className={css.controls}>
      <select
        className={css.time} aria-label="How the time is told" value={mode}
        title={title}
        onChange={(event) => {
          const chosen = TIME_MODES.find((one) => one === event.target.value);
          if (chosen !== undefined) void tellTime(chosen);
        }}
      >
        {TIME_MODES.map((one) => <option key={one} value={one}>{TIME_MODE_WORDS[one].label}</option>)}
      </select>
      <CommandButton command="toggle-tree" look="quiet" symbol={<PaneSign pane="M2 2h3v8H2z" />} pressed={treeShown} />
      <CommandButton command="toggle-bottom" look="quiet" symbol={<PaneSign pane="M2 7h10v3H2z" />} pressed={bottomShown} />
      <CommandButton command="toggle-side" look="quiet" symbol={<PaneSign pane="M9 2h3v8H9z" />} pressed={sideShown} />
    </span>
  );
}

/** A window with one of its panes filled. */
function PaneSign({ pane }: { readonly pane: string }) {
  return (
    <svg width="14" height="12" viewBox="0 0 14 12" aria-hidden="true">
      <rect x="0.5" y="0.5" width="13" height="11" rx="1.5" fill="none" stroke="currentColor" />
      <path d={pane} fill="currentColor" />
    </svg>
  );
}
