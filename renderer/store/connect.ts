import type { HandleNode } from '../../preload/contract/handle';
import type { HandleId } from '../../preload/contract/ids';
import { nodeIn, type NodeColumns } from '../../preload/contract/node-columns';
import type { Annotations } from '../../preload/contract/session';
import type { Update } from '../../preload/contract/update';
import { inspectorBridge } from '../bridge/bridge';
import { clockAfter, followViewport, FOLLOW_AT_FIRST, type Follow } from '../model/follow';
import { Forest } from '../model/forest';
import { fit } from '../model/time-scale';
import { observeScenario } from '../model/tour';
import { FrameTask } from './frame';
import { beginWork } from './idle';
import { loadLayout } from './layout';
import { appState, useApp, type AppState } from './state';

/** What came and is not shown yet: the newest state of each node and the newest counts. */
interface Waiting {
  /** What a recording begins with, where that is much: it is shown before the nodes, and never made into objects. */
  many: NodeColumns | undefined;
  readonly nodes: Map<HandleId, HandleNode>;
  /** Handles that main has forgotten; an id never comes back. */
  readonly removed: Set<HandleId>;
  update: Update | undefined;
  annotations: Annotations | undefined;
}

const waiting: Waiting = { many: undefined, nodes: new Map(), removed: new Set(), update: undefined, annotations: undefined };
const showWaiting = new FrameTask(showUpdates);

/** Reaches main, takes everything as it stands and goes on with the updates. The answer ends it. */
export function connect(): () => void {
  const bridge = inspectorBridge();
  if (bridge === undefined) {
    fail('This page was opened outside Hinspector, so there is no main process to talk to. Start it with npm start.');
    return () => {};
  }
  const done = beginWork();
  let ended = false;
  // Listening before asking: an update that comes between the two is not lost, and one the snapshot holds already is dropped.
  const endUpdates = bridge.onUpdate((update) => receive(update));
  const start = async (): Promise<void> => {
    try {
      const [info, snapshot] = await Promise.all([bridge.info(), bridge.snapshot()]);
      if (ended) return;
      const { theme, keys } = appState().settings;
      if (theme !== 'system') void bridge.setTheme(theme);
      void bridge.setKeys(keys);
      const layout = loadLayout(info.window);
      useApp.setState({ info, layout, bottomTab: layout.bottomTab, sideTab: layout.sideTab, phase: { kind: 'ready' } });
      receive(snapshot);
    } catch (error) {
      fail(`The main process did not answer: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      done();
    }
  };
  void start();
  return () => {
    ended = true;
    endUpdates();
    showWaiting.cancel();
  };
}

let anchorDue = false;

/** The view begins with the next handle that comes into being: what was asked for is seen from its start. */
export function anchorAtNextBirth(): void {
  anchorDue = true;
}

/** Where the view follows from, now that handles have come, the first of them at a time; undefined when none have. */
function followFrom(follow: Follow | undefined, born: number | undefined, first: boolean): Follow | undefined {
  if (born === undefined || !(anchorDue || first)) return follow;
  anchorDue = false;
  return { anchor: born, longest: follow?.longest ?? FOLLOW_AT_FIRST.longest };
}

function fail(reason: string): void {
  useApp.setState({ phase: { kind: 'failed', reason } });
}

function receive(update: Update): void {
  const epoch = waiting.update?.shown.epoch ?? appState().shown.epoch;
  // What still comes of a recording that is not shown any more says nothing of the one that is.
  if (update.shown.epoch < epoch) return;
  if (update.shown.epoch > epoch) {
    waiting.many = undefined;
    waiting.nodes.clear();
    waiting.removed.clear();
    waiting.update = undefined;
  }
  if (update.annotations !== undefined) waiting.annotations = update.annotations;
  // The newest state of a node wins, whichever of snapshot and update came first.
  const older = waiting.update !== undefined && update.revision < waiting.update.revision;
  for (const node of nodesOf(update)) {
    if (older && (waiting.nodes.has(node.id) || waiting.removed.has(node.id))) continue;
    // Taken out first: a Map keeps the place of a key that it knows, and parents must stay before children.
    waiting.nodes.set(node.id, node);
  }
  for (const id of update.removed) {
    waiting.nodes.delete(id);
    waiting.removed.add(id);
  }
  if (!older) waiting.update = update;
  if (!appState().paused || update.shown.epoch > appState().shown.epoch) showWaiting.request();
  // The recording of a paused view waits; the reading of a file does not.
  else if (update.opening !== appState().opening) useApp.setState({ opening: update.opening });
}

/** The nodes of an update that are to be taken in one by one; what a recording begins with is set aside. */
function nodesOf({ nodes, many, shown }: Update): readonly HandleNode[] {
  if (many === undefined) return nodes;
  const begins = waiting.update === undefined && waiting.many === undefined && (shown.epoch !== appState().shown.epoch || appState().forest.size === 0);
  if (!begins) return Array.from(many.ids, (_, place) => nodeIn(many, place));
  waiting.many = many;
  return [];
}

/** Shows what has come. While the view is paused nothing calls this, and the recording goes on. */
export function showUpdates(): void {
  const { update } = waiting;
  if (update === undefined || appState().phase.kind !== 'ready') return;
  const turned = update.shown.epoch !== appState().shown.epoch;
  if (turned) useApp.setState(ANOTHER_RECORDING());
  const state = appState();
  const { forest } = state;
  const changed = [...waiting.nodes.values()];
  const before = forest.size;
  if (waiting.many !== undefined) forest.adopt(waiting.many);
  const born = changed.filter((node) => forest.get(node.id) === undefined);
  forest.apply(changed);
  const firstBorn = before === 0 && forest.size > 0 ? forest.earliest : born.length > 0 ? firstTime(born) : undefined;
  forest.remove([...waiting.removed]);
  const { selection, collapsed } = state;
  const forgotten = waiting.removed.size > 0;
  waiting.many = undefined;
  waiting.nodes.clear();
  waiting.removed.clear();
  waiting.update = undefined;
  const annotations = waiting.annotations ?? state.annotations;
  waiting.annotations = undefined;
  const running = (forest.busy > 0 || update.scenario?.state === 'running') && update.engine.lost === undefined && update.shown.file === undefined;
  const file = turned && update.shown.file !== undefined;
  const follow = file ? undefined : followFrom(state.follow, firstBorn, before === 0);
  const clock = clockAfter(state.clock, { now: update.recorder.now, heardAt: performance.now(), running }, turned || update.recorder.events !== state.recorder.events);
  useApp.setState({
    revision: update.revision,
    recorder: update.recorder,
    engine: update.engine,
    scenario: update.scenario,
    sweepStatus: update.sweep,
    others: update.others,
    leaving: update.leaving,
    accent: update.accent,
    exchange: update.exchange,
    appUpdate: update.appUpdate,
    // What is shown of a handle that is forgotten goes with it.
    ...(selection.handle !== undefined && forgotten && forest.get(selection.handle) === undefined ? { selection: { handle: undefined, event: undefined } } : {}),
    ...(forgotten && [...collapsed].some((id) => forest.get(id) === undefined) ? { collapsed: new Set([...collapsed].filter((id) => forest.get(id) !== undefined)) } : {}),
    shown: update.shown,
    opening: update.opening,
    annotations,
    clock,
    follow,
    // A file is whole: all of it is shown at first.
    ...(file ? { viewport: fit(forest.earliest, clock.now) } : follow === undefined ? {} : { viewport: followViewport(follow, clock.now) }),
    ...(state.tour === undefined || update.scenario === undefined ? {} : { tour: observeScenario(state.tour, update.scenario) }),
  });
}

/** What the window knew of the recording before is void: its handles and events have the same numbers and are others. */
const ANOTHER_RECORDING = (): Partial<AppState> => ({
  forest: new Forest(), revision: -1, selection: { handle: undefined, event: undefined }, collapsed: new Set(), asOf: undefined, timeZero: undefined, range: undefined, overview: undefined, findings: undefined,
  badges: new Map(), toldFindings: [], finding: undefined, remark: undefined, muting: undefined, haltedClose: undefined, paused: false, follow: FOLLOW_AT_FIRST, clock: { now: 0, heardAt: performance.now(), running: false }, annotations: [],
});

/** When the first of the handles came into being; 0 when there are none. */
export function firstTime(nodes: Iterable<HandleNode>): number {
  let first = Number.POSITIVE_INFINITY;
  for (const node of nodes) first = Math.min(first, node.createdAt);
  return Number.isFinite(first) ? first : 0;
}
