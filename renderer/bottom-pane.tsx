import { Suspense } from 'react';
import { EventsPane } from './events/events-pane';
import { OutputPane } from './events/output-pane';
import { countsInWords, totalOf } from './model/findings';
import { formatCount } from './model/time-scale';
import { useApp, type BottomTab } from './store/state';
import { later } from './store/later';
import { FIRST_LAYOUT } from './store/layout';
import { changeLayout, showBottomTab } from './store/layout-actions';
import { Separator } from './ui/separator';
import { Tabs, type Tab } from './ui/tabs';
import { assertUnreachable } from '../preload/contract/result';
import css from './panes.module.css';

/** The least height of the sweep, in pixels. */
const SWEEP_HEIGHT = 340;

const FindingsPane = later(async () => (await import('./findings/findings-pane')).FindingsPane);
const OpenHandlesPane = later(async () => (await import('./findings/open-handles-pane')).OpenHandlesPane);
const SweepPane = later(async () => (await import('./sweep/sweep-pane')).SweepPane);

/** The events as they were recorded, what the referee found in them, what is open, and what the commands said. */
export function BottomPane() {
  const tab = useApp((state) => state.bottomTab);
  const wanted = useApp((state) => state.layout.bottomHeight);
  // A matrix of a few rows shows nothing of what it is for.
  const height = tab === 'sweep' ? Math.max(wanted, SWEEP_HEIGHT) : wanted;
  const shown = useApp((state) => state.layout.bottomShown);
  const failures = useApp((state) => state.output.filter((line) => line.level === 'error').length);
  const sweep = useApp((state) => state.sweepStatus);
  const counts = useApp((state) => state.findings?.counts);
  const open = useApp((state) => state.findings?.leaks.reduce((sum, group) => sum + group.handles.length, 0) ?? 0);
  const found = counts === undefined ? 0 : totalOf(counts);
  const tabs: readonly Tab<BottomTab>[] = [
    { id: 'events', label: 'Events' },
    {
      id: 'findings', label: 'Findings', count: found === 0 ? undefined : formatCount(found), hint: counts === undefined ? undefined : countsInWords(counts),
      tone: counts === undefined || found === counts.note ? 'plain' : counts.error > 0 ? 'bad' : 'pending',
    },
    { id: 'open', label: 'Open handles', count: open === 0 ? undefined : formatCount(open) },
    { id: 'sweep', label: 'Close sweep', count: sweep?.state === 'running' ? `${formatCount(sweep.done)} of ${formatCount(sweep.of)}` : undefined, tone: 'pending' },
    { id: 'output', label: failures === 0 ? 'Output' : `Output (${failures} failed)` },
  ];
  if (!shown) return undefined;
  return (
    <>
      <Separator name="Height of the event list" direction="horizontal" value={height} least={96} most={Math.max(96, innerHeight - 320)} grows={-1} first={FIRST_LAYOUT.bottomHeight} onChange={(bottomHeight) => changeLayout({ bottomHeight })} />
      <section data-pane="bottom" className={css.bottom} style={{ height }} data-help={tab} aria-label="Events, findings, open handles, close sweep and output">
        <Tabs name="Bottom pane" tabs={tabs} shown={tab} onShow={showBottomTab} />
        <div role="tabpanel" aria-label={tabs.find(({ id }) => id === tab)?.label} className={css.panel}>
          <Suspense fallback={null}><Shown tab={tab} /></Suspense>
        </div>
      </section>
    </>
  );
}

function Shown({ tab }: { readonly tab: BottomTab }) {
  switch (tab) {
    case 'events': return <EventsPane />;
    case 'findings': return <FindingsPane />;
    case 'open': return <OpenHandlesPane />;
    case 'sweep': return <SweepPane />;
    case 'output': return <OutputPane />;
    default: return assertUnreachable(tab);
  }
}
