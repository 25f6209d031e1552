import type { CommandId } from '../../preload/contract/command-catalog';
import type { Finding } from '../../preload/contract/finding';
import type { Overview } from '../../preload/contract/query';
import type { HandleId, Seq } from '../../preload/contract/ids';
import { inspectorBridge } from '../bridge/bridge';
import { followViewport, liveNow } from '../model/follow';
import { fit, panBy, spanOf, timeAt, zoomAround, type Viewport } from '../model/time-scale';
import { firstTime, showUpdates } from './connect';
import { onSettingsOfOthers, saveSettings, type Settings } from './settings';
import { appState, useApp, type AppState, type OpenDialog } from './state';

export function windowNow(state: AppState = appState()): number {
  return liveNow(state.clock, state.paused ? state.clock.heardAt : performance.now());
}

export function selectHandle(handle: HandleId | undefined): void {
  // Who reads one request after another stays with what was said and answered.
  useApp.setState(({ sideTab }) => ({ selection: { handle, event: undefined }, ...(handle === undefined || sideTab === 'http' ? {} : { sideTab: 'details' }) }));
}

export function selectEvent(event: Seq, handle: HandleId | undefined): void {
  useApp.setState({ selection: { handle, event }, sideTab: 'details' });
}

/** Reads a finding and goes to the event and the handle that it is about. */
export function showFinding(finding: Finding): void {
  const [event] = finding.events;
  const { handle } = finding;
  useApp.setState({ finding, selection: { handle, event }, sideTab: 'details', bottomTab: 'findings' });
  if (handle !== undefined) reveal(handle);
  showTime(finding.time);
}

/** Selects without leaving the pane that a scenario is shown in. */
export function selectQuietly(handle: HandleId): void {
  useApp.setState({ selection: { handle, event: undefined } });
  reveal(handle);
}

/** Opens whatever hides the handle. */
export function reveal(handle: HandleId): void {
  const { forest, collapsed } = appState();
  const open = new Set(collapsed);
  for (let at = forest.get(handle)?.parent; at !== undefined; at = forest.get(at)?.parent) open.delete(at);
  if (open.size !== collapsed.size) useApp.setState({ collapsed: open });
}

export function setExpanded(handles: readonly HandleId[], expanded: boolean): void {
  const collapsed = new Set(appState().collapsed);
  for (const handle of handles) {
    if (expanded) collapsed.delete(handle);
    else collapsed.add(handle);
  }
  useApp.setState({ collapsed });
}

export function toggleLiveOnly(): void {
  useApp.setState((state) => ({ liveOnly: !state.liveOnly }));
}

export function togglePaused(): void {
  const paused = !appState().paused;
  useApp.setState((state) => ({ paused, clock: paused ? { ...state.clock, now: windowNow(state), running: false } : state.clock }));
  if (!paused) showUpdates();
}

export function showDialog(dialog: OpenDialog | undefined): void {
  useApp.setState({ dialog });
}

export function changeSettings(change: Partial<Settings>): void {
  const settings = { ...appState().settings, ...change };
  useApp.setState({ settings });
  saveSettings(settings);
  if (change.theme !== undefined) void inspectorBridge()?.setTheme(change.theme);
  if (change.keys !== undefined) void inspectorBridge()?.setKeys(change.keys);
}

/** What another window has changed holds here too. The answer ends it. */
export function shareSettings(): () => void {
  return onSettingsOfOthers((changed) => useApp.setState((state) => ({ settings: { ...state.settings, ...changed } })));
}

/** Commands that the palette shows first. */
const MOST_COMMANDS = 8;

export function rememberCommand(id: CommandId): void {
  const { recentCommands } = appState().settings;
  if (recentCommands[0] !== id) changeSettings({ recentCommands: [id, ...recentCommands.filter((one) => one !== id)].slice(0, MOST_COMMANDS) });
}

const OTHER_THEME = { light: 'dark', dark: 'light' } as const;

/** From the system's theme to the other one, then to the system's own by name, and back to following the system. */
export function showNextTheme(shown: 'light' | 'dark'): void {
  const { theme } = appState().settings;
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  const next = theme === 'system' ? OTHER_THEME[shown] : theme === system ? 'system' : system;
  changeSettings({ theme: next });
  announce(`Theme: ${next === 'system' ? `as the system, ${system}` : next}`);
}

const MOST_OUTPUT = 1000;
let outputKey = 0;

/** Tells a screen reader. */
export function announce(announcement: string): void {
  useApp.setState({ announcement });
}

/** Adds a line to the output pane and tells a screen reader. */
export function report(level: 'info' | 'error', text: string): void {
  const line = { key: outputKey++, time: windowNow(), level, text };
  useApp.setState((state) => ({ output: [...state.output.slice(1 - MOST_OUTPUT), line], announcement: text }));
}

/** Shows the handles as they stood at a past time; undefined is the way back to now. */
export function travelTo(asOf: number | undefined): void {
  useApp.setState({ asOf });
}

/** Marks a stretch of time, whichever of its ends comes first. */
export function markRange(a: number, b: number): void {
  useApp.setState({ range: { from: Math.min(a, b), to: Math.max(a, b) } });
}

/** Takes back the marked stretch, then the past time. Says whether there was anything to take back. */
export function clearMarked(): boolean {
  const { range, asOf } = appState();
  if (range !== undefined) useApp.setState({ range: undefined });
  else if (asOf !== undefined) travelTo(undefined);
  return range !== undefined || asOf !== undefined;
}

export function clearRange(): void {
  useApp.setState({ range: undefined });
}

export function zoomToRange(): void {
  const { range } = appState();
  if (range !== undefined && spanOf(range) > 0) moveViewport(fit(range.from, range.to));
}

/** Two answers of a trace that has not grown tell the same. */
export function showOverview(overview: Overview): void {
  const { overview: before } = appState();
  const last = (told: Overview): number => told.counts.reduce((sum, count) => sum + count, 0);
  if (before?.bucket === overview.bucket && before.counts.length === overview.counts.length && last(before) === last(overview)) return;
  useApp.setState({ overview });
}

// The viewport.

export function moveViewport(viewport: Viewport): void {
  useApp.setState({ viewport, follow: undefined });
}

export function panViewport(part: number): void {
  const { viewport } = appState();
  moveViewport(panBy(viewport, spanOf(viewport) * part));
}

/** Zooms to a place, from 0 at the left edge to 1 at the right. */
export function zoomAt(part: number, factor: number): void {
  const { viewport } = appState();
  moveViewport(zoomAround(viewport, timeAt(viewport, 1, part), factor));
}

/** Zooms to the middle; a view that follows live time goes on following it. */
export function zoomView(factor: number): void {
  const state = appState();
  if (state.follow === undefined) {
    zoomAt(0.5, factor);
    return;
  }
  const now = windowNow(state);
  const longest = Math.max(1, (spanOf(state.viewport) / 1.12) * factor);
  followLive({ anchor: Math.min(state.follow.anchor, now - longest), longest });
}

export function followLive(follow = { anchor: firstShown(), longest: 10_000 }): void {
  useApp.setState((state) => ({ follow, viewport: followViewport(follow, windowNow(state)) }));
}

export function fitAll(): void {
  const { forest } = appState();
  moveViewport(fit(forest.earliest, windowNow()));
}

/** Shows the whole life of a handle and of what is below it. */
export function fitHandle(handle: HandleId): void {
  const nodes = appState().forest.subtree(handle);
  if (nodes.length === 0) return;
  const now = windowNow();
  moveViewport(fit(firstTime(nodes), nodes.reduce((last, node) => Math.max(last, node.endedAt ?? now), 0)));
}

/** Brings a moment into view if it is not there. */
export function showTime(time: number): void {
  const { viewport } = appState();
  if (time >= viewport.from && time <= viewport.to) return;
  moveViewport(panBy(viewport, time - (viewport.from + viewport.to) / 2));
}

export function showStart(): void {
  const { viewport, forest } = appState();
  moveViewport(panBy(viewport, forest.earliest - viewport.from - spanOf(viewport) * 0.04));
}

function firstShown(): number {
  return appState().forest.earliest;
}
