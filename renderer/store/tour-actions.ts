import { fit } from '../model/time-scale';
import { beginTour, currentStop, isSummary, nextStop, observeScenario, stopRan, type TourStop } from '../model/tour';
import { errorMessage } from '../../preload/contract/errors';
import { anchorAtNextBirth, firstTime } from './connect';
import { readGallery } from './gallery';
import { changeLayout } from './layout-actions';
import { giveCommand } from './questions';
import { appState, useApp } from './state';
import { fitAll, moveViewport, report, selectQuietly, windowNow } from './view-actions';

/** Milliseconds for which a tour that goes on by itself shows what a stop has found. */
const READING_TIME = 800;

/** Runs one scenario of the gallery in the side pane. */
async function runScenario(id: string): Promise<void> {
  changeLayout({ sideShown: true });
  useApp.setState({ dialog: undefined, sideTab: 'scenario', scenario: undefined });
  anchorAtNextBirth();
  const result = await giveCommand({ kind: 'run-scenario', id });
  if (result.ok) report('info', result.value.message);
  else showFailure(id, errorMessage(result.error));
}

/** A scenario that could not run leaves no progress behind: what went wrong is shown in its place. */
function showFailure(id: string, message: string): void {
  report('error', message);
  const { scenario, tour, gallery } = appState();
  if (scenario?.id === id && scenario.state !== 'running') return;
  const title = gallery?.find((entry) => entry.id === id)?.title ?? id;
  const failed = { id, title, state: 'failed' as const, step: 0, steps: 0, reports: [], message, run: scenario?.run ?? 0, current: undefined, held: undefined, endedEarly: undefined };
  useApp.setState({ scenario: failed, ...(tour === undefined ? {} : { tour: observeScenario(tour, failed) }) });
}

export async function stopScenario(): Promise<void> {
  const result = await giveCommand({ kind: 'stop-scenario' });
  report(result.ok ? 'info' : 'error', result.ok ? result.value.message : errorMessage(result.error));
}

/** Begins the tour with its first stop. With `auto` it goes through all of them by itself, to the summary. */
export async function startTour(auto: boolean): Promise<void> {
  const tour = beginTour(await readGallery(), auto);
  changeLayout({ sideShown: true });
  useApp.setState({ tour, sideTab: 'scenario', dialog: undefined });
  if (tour.stops.length === 0) report('error', 'The gallery holds no tour. Build it with npm run build.');
  else await runStop();
}

export async function tourNext(): Promise<void> {
  const { tour } = appState();
  if (tour === undefined) return;
  const next = nextStop(tour);
  useApp.setState({ tour: next });
  if (isSummary(next)) {
    fitAll();
    report('info', 'The tour is over.');
  } else {
    await runStop();
  }
}

/** Shows again what a stop did: its time on the lanes, and the request that it was about. */
export function showStop(stop: TourStop): void {
  const { ran } = stop;
  if (ran === undefined) return;
  const born = [...appState().forest.all()].filter((node) => node.createdAt >= ran.from && node.createdAt <= ran.to);
  moveViewport(fit(firstTime(born), born.reduce((last, node) => Math.max(last, node.endedAt ?? ran.to), 0)));
  const about = born.find((node) => node.kind === 'request' || node.kind === 'server-request');
  if (about !== undefined) selectQuietly(about.id);
}

export function endTour(): void {
  useApp.setState({ tour: undefined, sideTab: 'details' });
}

async function runStop(): Promise<void> {
  const { tour } = appState();
  const stop = tour === undefined ? undefined : currentStop(tour);
  if (stop === undefined) return;
  const from = windowNow();
  await runScenario(stop.entry.id);
  const outcome = await settled(stop.entry.id);
  const left = appState().tour;
  if (left !== undefined) {
    const ran = { from, to: windowNow() };
    useApp.setState({ tour: stopRan(left, stop.entry.id, ran) });
    // Its handles may lie below those of the stops before it, and its time beside what was shown.
    showStop({ ...stop, ran });
  }
  if (!outcome || appState().tour?.auto !== true) return;
  await new Promise((resolve) => { setTimeout(resolve, READING_TIME); });
  if (appState().tour?.auto === true) await tourNext();
}

/** Waits until the stop has an outcome; false when the tour was left meanwhile. */
function settled(id: string): Promise<boolean> {
  const known = (): boolean | undefined => {
    const { tour } = appState();
    if (tour === undefined) return false;
    const outcome = tour.stops.find((stop) => stop.entry.id === id)?.outcome;
    return outcome !== undefined && outcome.state !== 'running' ? true : undefined;
  };
  const now = known();
  if (now !== undefined) return Promise.resolve(now);
  return new Promise((resolve) => {
    const stop = useApp.subscribe(() => {
      const found = known();
      if (found === undefined) return;
      stop();
      resolve(found);
    });
  });
}
