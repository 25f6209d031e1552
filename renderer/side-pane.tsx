import { DetailsPane } from './details/details-pane';
import { ScenarioPane } from './scenarios/scenario-pane';
import { useApp } from './store/state';
import { changeSettings, showSideTab } from './store/view-actions';
import { Separator } from './ui/separator';
import { Tabs } from './ui/tabs';
import css from './panes.module.css';

/** Details of the selection, and the scenario or tour that runs. */
export function SidePane() {
  const tab = useApp((state) => state.sideTab);
  const width = useApp((state) => state.settings.sideWidth);
  const tour = useApp((state) => state.tour !== undefined);
  const tabs = [{ id: 'details', label: 'Details' }, { id: 'scenario', label: tour ? 'Tour' : 'Scenario' }] as const;
  return (
    <>
      <Separator name="Width of the details" direction="vertical" value={width} least={240} most={Math.max(240, innerWidth - 560)} grows={-1} onChange={(sideWidth) => changeSettings({ sideWidth })} />
      <aside className={css.side} style={{ width }} data-help={tab} aria-label="Details and scenario">
        <Tabs name="Side pane" tabs={tabs} shown={tab} onShow={showSideTab} />
        <div role="tabpanel" tabIndex={0} aria-label={tab === 'details' ? 'Details' : 'Scenario'} className={css.sidePanel}>
          {tab === 'details' ? <DetailsPane /> : <ScenarioPane />}
        </div>
      </aside>
    </>
  );
}
