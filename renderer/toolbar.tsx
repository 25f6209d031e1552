import { CommandButton } from './commands/command-button';
import { FilterBox } from './filter/filter-box';
import { useApp } from './store/state';
import { classNames } from './ui/class-names';
import { Toolbar as Bar } from './ui/toolbar';
import css from './toolbar.module.css';

const ENGINES = { portable: 'Portable', native: 'Native', host: 'Host' } as const;

const THEMES = {
  system: { symbol: '◐', name: 'as the system' }, light: { symbol: '○', name: 'light' }, dark: { symbol: '●', name: 'dark' },
} as const;

export function Toolbar() {
  const engine = useApp((state) => state.engine);
  const paused = useApp((state) => state.paused);
  const liveOnly = useApp((state) => state.liveOnly);
  const theme = useApp((state) => state.settings.theme);
  const lost = engine?.lost !== undefined;
  return (
    <Bar name="Commands" className={css.bar}>
      <p className={css.engine} title={engine?.description}>
        <span className={css.quiet}>Engine</span> <b>{engine === undefined ? '…' : ENGINES[engine.kind]}</b>
      </p>
      <p className={css.recording} title={lost ? 'Nothing is recorded: the engine is gone.' : 'Every call and callback is recorded. Pausing the view does not stop it.'}>
        <i className={classNames(css.dot, lost && css.off)} aria-hidden="true" />
        {lost ? 'Stopped' : 'Recording'}
      </p>
      <CommandButton command="pause-view" look="quiet" label={paused ? 'Resume view' : 'Pause view'} pressed={paused} />
      <span className={css.rule} aria-hidden="true" />
      <CommandButton command="new-client" />
      <CommandButton command="new-server" />
      <CommandButton command="scenarios" />
      <CommandButton command="tour" label="Tour" look="quiet" />
      <FilterBox />
      <CommandButton command="live-only" look="quiet" label="Live only" pressed={liveOnly} />
      <span className={css.rule} aria-hidden="true" />
      <CommandButton command="close-handle" label="Close" showKeys />
      <CommandButton command="cancel-request" label="Cancel" showKeys />
      <span className={css.rule} aria-hidden="true" />
      <CommandButton command="theme" look="quiet" symbol={THEMES[theme].symbol} state={THEMES[theme].name} />
      <CommandButton command="help" look="quiet" symbol="?" />
    </Bar>
  );
}
