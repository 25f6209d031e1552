import { EventsPane } from './events/events-pane';
import { OutputPane } from './events/output-pane';
import { useApp } from './store/state';
import { changeSettings, showBottomTab } from './store/view-actions';
import { Separator } from './ui/separator';
import { Tabs } from './ui/tabs';
import css from './panes.module.css';

/** The events as they were recorded, and what the commands said. */
export function BottomPane() {
  const tab = useApp((state) => state.bottomTab);
  const height = useApp((state) => state.settings.bottomHeight);
  const failures = useApp((state) => state.output.filter((line) => line.level === 'error').length);
  const tabs = [{ id: 'events', label: 'Events' }, { id: 'output', label: failures === 0 ? 'Output' : `Output (${failures} failed)` }] as const;
  return (
    <>
      <Separator name="Height of the event list" direction="horizontal" value={height} least={96} most={Math.max(96, innerHeight - 320)} grows={-1} onChange={(bottomHeight) => changeSettings({ bottomHeight })} />
      <section className={css.bottom} style={{ height }} aria-label="Events and output">
        <Tabs name="Bottom pane" tabs={tabs} shown={tab} onShow={showBottomTab} />
        <div role="tabpanel" aria-label={tab === 'events' ? 'Events' : 'Output'} className={css.panel}>
          {tab === 'events' ? <EventsPane /> : <OutputPane />}
        </div>
      </section>
    </>
  );
}
