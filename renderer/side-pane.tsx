import { Suspense } from 'react';
import { assertUnreachable } from '../preload/contract/result';
import { DetailsPane } from './details/details-pane';
import { later } from './store/later';
import { FIRST_LAYOUT } from './store/layout';
import { changeLayout, showSideTab } from './store/layout-actions';
import { useApp, type SideTab } from './store/state';
import { Separator } from './ui/separator';
import { Tabs } from './ui/tabs';
import css from './panes.module.css';

const ScenarioPane = later(async () => (await import('./scenarios/scenario-pane')).ScenarioPane);
/** What reads bodies is not small. */
const HttpPane = later(async () => (await import('./details/http/http-pane')).HttpPane);

/** Details of the selection, what its request said and was answered, and the scenario or tour that runs. */
export function SidePane() {
  const tab = useApp((state) => state.sideTab);
  const shown = useApp((state) => state.layout.sideShown);
  const tour = useApp((state) => state.tour !== undefined);
  // The text of a scenario wants more room than details and the tour do.
  const widthOf = tab === 'scenario' && !tour ? 'scenarioWidth' : 'sideWidth';
  const width = useApp((state) => state.layout[widthOf]);
  const tabs = [{ id: 'details', label: 'Details' }, { id: 'http', label: 'HTTP', hint: 'Request and response' }, { id: 'scenario', label: tour ? 'Tour' : 'Scenario' }] as const;
  if (!shown) return undefined;
  return (
    <>
      <Separator name="Width of the details" direction="vertical" value={width} least={240} most={Math.max(240, innerWidth - 560)} grows={-1} first={FIRST_LAYOUT[widthOf]} onChange={(size) => changeLayout({ [widthOf]: size })} />
      <aside data-pane="side" className={css.side} style={{ width }} data-help={tab} aria-label="Details and scenario">
        <Tabs name="Side pane" tabs={tabs} shown={tab} onShow={showSideTab} />
        <div role="tabpanel" tabIndex={0} data-reading="" aria-label={PANEL_NAMES[tab]} className={css.sidePanel}>
          <Suspense fallback={null}><Shown tab={tab} /></Suspense>
        </div>
      </aside>
    </>
  );
}

const PANEL_NAMES: Readonly<Record<SideTab, string>> = { details: 'Details', http: 'Request and response', scenario: 'Scenario' };

function Shown({ tab }: { readonly tab: SideTab }) {
  switch (tab) {
    case 'details': return <DetailsPane />;
    case 'http': return <HttpPane />;
    case 'scenario': return <ScenarioPane />;
    default: return assertUnreachable(tab);
  }
}
