import { isEnded, type HandleNode } from '../../preload/contract/handle';
import type { HandleId } from '../../preload/contract/ids';
import type { CommandId } from '../../preload/contract/command-catalog';
import type { OthersProgress } from '../../preload/contract/record-others';
import type { Finding } from '../../preload/contract/finding';
import type { EngineStatus } from '../../preload/contract/update';
import { assertUnreachable } from '../../preload/contract/result';
import { stateWords } from './chips';
import { kindWords } from './kinds';

/** What decides whether a command can be given now. */
export interface Situation {
  /** Undefined until main has answered, or when it cannot be reached. */
  readonly engine: EngineStatus | undefined;
  readonly selected: HandleNode | undefined;
  /** Whether a handle or an event is selected: an event may be about no handle. */
  readonly chosen: boolean;
  /** Whether an event is selected. */
  readonly event: boolean;
  readonly scenarioRuns: boolean;
  /** Whether the one that runs is held. */
  readonly scenarioHeld: boolean;
  /** Whether the side pane shows one that could be run. */
  readonly scenarioShown: boolean;
  readonly anything: boolean;
  /** Name of the file that is shown instead of the live recording. */
  readonly file: string | undefined;
  /** Whether a file is being read. */
  readonly opening: boolean;
  /** What is being done with another program; undefined while nothing is. */
  readonly others: OthersProgress['step'] | undefined;
  /** Why this copy of the application looks for no newer version; undefined where it does. */
  readonly noUpdates: string | undefined;
  /** What would be undone, in words; undefined while nothing is held back. */
  readonly undoable: string | undefined;
  /** Whether the stop of the tour that is shown runs or is done; undefined outside the tour. */
  readonly tour: 'running' | 'done' | undefined;
  readonly finding: Pick<Finding, 'muted'> | undefined;
  /** The note or bookmark that was gone to. */
  readonly remark: 'note' | 'bookmark' | undefined;
  /** Findings that are muted in what is shown. */
  readonly muted: number;
  /** Handles that the call which opened the selected one has opened, too, and that are open. */
  readonly group: number;
  readonly filter: string;
  /** A stretch of time is marked. */
  readonly range: boolean;
  /** The tree stands at a past time. */
  readonly past: boolean;
  /** An export or a comparison is under way. */
  readonly exchange: boolean;
  readonly sweepRuns: boolean;
  /** A crash has left a recording. */
  readonly left: boolean;
  /** The engine has a process of its own, in place of which another can be started. */
  readonly renewable: boolean;
  /** Notes and bookmarks of what is shown. */
  readonly notes: number;
}

export type Enablement = { readonly on: true } | { readonly on: false; readonly reason: string };

const ON: Enablement = { on: true };
const off = (reason: string): Enablement => ({ on: false, reason });

/** The one predicate behind every button, key and menu entry: whether the command can be given, and if not, why. */
export function enablement(command: CommandId, situation: Situation): Enablement {
  switch (command) {
    case 'new-client': return calls(situation, ['InternetOpen', 'InternetConnect', 'HttpOpenRequest', 'HttpSendRequest']);
    case 'new-server': return calls(situation, ['HttpCreateServerSession', 'HttpCreateUrlGroup', 'HttpCreateRequestQueue', 'HttpReceiveHttpRequest']);
    case 'close-handle': return closeEnablement(situation);
    case 'cancel-request': return cancelEnablement(situation);
    case 'respond': return respondEnablement(situation);
    case 'answer-rules': return rulesEnablement(situation);
    case 'tour': return situation.scenarioRuns ? off('A scenario runs already; stop it or let it end.') : calls(situation, []);
    case 'scenarios': case 'scenario-new': case 'scenario-open': return ON;
    case 'scenario-run': case 'scenario-step':
      if (situation.scenarioHeld) return ON;
      if (situation.scenarioRuns) return off('The scenario goes on already; pause or stop it.');
      return situation.scenarioShown ? calls(situation, []) : off('Choose a scenario first.');
    case 'scenario-pause': return !situation.scenarioRuns ? off('No scenario is running.') : situation.scenarioHeld ? off('The scenario is held already.') : ON;
    case 'scenario-stop': return situation.scenarioRuns ? ON : off('No scenario is running.');
    case 'open-file': case 'open-recent': return ON;
    case 'save-file': case 'note': case 'bookmark': return situation.anything ? ON : off('Nothing has been recorded yet.');
    case 'new-recording': return newRecordingEnablement(situation);
    case 'close-file': return situation.file === undefined ? off('The live recording is shown already.') : ON;
    case 'record-others': case 'service-state': return situation.others === undefined || situation.others === 'failed' ? ON : off('Another program is being recorded already: stop that first.');
    case 'stop-recording-others': return situation.others === 'recording' ? ON : off('No other program is being recorded.');
    case 'stop-opening': return situation.opening ? ON : off('No file is being opened.');
    case 'notes': case 'next-note': case 'previous-note': return situation.notes > 0 ? ON : off('There are no notes or bookmarks yet.');
    case 'leave-tour': return situation.tour === undefined ? off('The tour is not being taken.') : ON;
    case 'next-stop': return situation.tour === undefined ? off('The tour is not being taken.') : situation.tour === 'running' ? off('This stop is still running.') : ON;
    case 'new-engine': return newEngineEnablement(situation);
    case 'open-left': return situation.left ? ON : off('No recording was left by a crash.');
    case 'stop-exchange': return situation.exchange ? ON : off('Nothing is being exported or compared.');
    case 'stop-sweep': return situation.sweepRuns ? ON : off('No sweep is running.');
    case 'close-group': return groupEnablement(situation);
    case 'copy-raw': return situation.selected === undefined ? off('Select a handle first.') : ON;
    case 'copy-finding': return situation.finding === undefined ? off('Choose a finding first.') : ON;
    case 'mute-finding': return situation.finding === undefined ? off('Choose a finding first.') : situation.finding.muted === undefined ? ON : off('It is muted already.');
    case 'show-note': case 'remove-note': return situation.remark === undefined ? off('Choose a note or bookmark first.') : ON;
    case 'change-note': return situation.remark === 'note' ? ON : off('Choose a note first.');
    case 'clear-filter': case 'save-filter': return situation.filter === '' ? off('There is no filter.') : ON;
    case 'show-muted': return situation.muted > 0 ? ON : off('No finding is muted.');
    case 'back-to-now': return situation.past ? ON : off('The handles are shown as they are now.');
    case 'zoom-to-range': case 'clear-range': return situation.range ? ON : off('No stretch of time is marked. Drag with Shift on the timeline.');
    case 'show-events': case 'show-findings': case 'show-open': case 'show-output': return ON;
    case 'undo': return situation.undoable === undefined ? off('Nothing is held back that could be undone. Settings says for which commands there are three seconds.') : ON;
    case 'http': case 'fit-handle': return situation.selected === undefined ? off('Select a handle first.') : ON;
    case 'copy-text': case 'copy-json': return situation.chosen ? ON : off('Select a handle or an event first.');
    case 'export': case 'compare': case 'copy-code': return situation.anything ? ON : off('Nothing has been recorded yet.');
    case 'fit': return situation.anything ? ON : off('Nothing has been recorded yet.');
    case 'pause-view': case 'follow': return situation.file === undefined ? ON : off(`${situation.file} was recorded earlier: nothing comes in it.`);
    case 'time-zero': return situation.event ? ON : off('Select an event in the list first.');
    case 'toggle-tree': case 'toggle-side': case 'toggle-bottom': case 'columns': case 'reset-layout': case 'time-mode':
    case 'new-window': case 'close-window': case 'larger': case 'smaller': case 'actual-size': return ON;
    case 'check-updates': return situation.noUpdates === undefined ? ON : off(situation.noUpdates);
    case 'live-only': case 'zoom-in': case 'zoom-out': case 'theme': case 'focus-filter': case 'palette': case 'help': case 'settings': case 'about': case 'manual': case 'sweep': return ON;
    default: return assertUnreachable(command);
  }
}

function newRecordingEnablement({ file, scenarioRuns, anything }: Situation): Enablement {
  if (file !== undefined) return off(`${file} is shown. Go back to the live recording first: it is that which begins anew.`);
  if (scenarioRuns) return off('A scenario is running: stop it, or let it end.');
  return anything ? ON : off('Nothing has been recorded yet: this recording is new.');
}

/** Whether the engine is there and has every one of these functions. */
function calls({ engine, file }: Situation, functions: readonly string[]): Enablement {
  if (engine === undefined) return off('The inspector has not answered yet.');
  if (file !== undefined) return off(`${file} is shown, whose handles are gone. Go back to the live recording first.`);
  if (engine.lost !== undefined) return off(`The engine is gone: ${engine.lost} Start a new engine to open new handles (File menu).`);
  for (const name of functions) {
    const reason = engine.unavailable[name];
    if (reason !== undefined) return off(`${name} is not available: ${reason}`);
  }
  return ON;
}

function newEngineEnablement({ engine, renewable }: Situation): Enablement {
  if (!renewable) return off('The engine runs in the process of Hinspector itself: start Hinspector anew.');
  return engine?.lost === undefined ? off('The engine is still there: a new one is started only in place of one that has ended.') : ON;
}

function groupEnablement(situation: Situation): Enablement {
  const { selected, group } = situation;
  if (selected === undefined) return off('Select one of the handles first.');
  if (group === 0) return off(`${selected.label} is not open.`);
  return calls(situation, [kindWords(selected.kind).close ?? '']);
}

function closeEnablement(situation: Situation): Enablement {
  const { selected } = situation;
  if (selected === undefined) return off('Select the handle to close.');
  const { close, name } = kindWords(selected.kind);
  if (close === undefined) return off(`A ${name.toLowerCase()} has no close function. Respond to it or cancel it.`);
  if (isEnded(selected.state)) return off(`${selected.label} is ${stateWords(selected)} already.`);
  if (selected.state === 'closing') return off(`${selected.label} is closing already; it waits for what is still owed.`);
  return calls(situation, [close]);
}

function cancelEnablement(situation: Situation): Enablement {
  const { selected } = situation;
  if (selected === undefined) return off('Select the server request to cancel.');
  if (selected.kind !== 'server-request') {
    const instead = kindWords(selected.kind).close;
    return off(`HttpCancelHttpRequest takes a server request, and ${selected.label} is none.${instead === undefined ? '' : ' Close it instead.'}`);
  }
  if (isEnded(selected.state)) return off(`${selected.label} is ${stateWords(selected)} already; cancelling it would give 1229.`);
  return calls(situation, ['HttpCancelHttpRequest']);
}

/** The queue that a selected row is, or that received the request that it is. */
export function queueOf(node: HandleNode | undefined): HandleId | undefined {
  return node?.kind === 'request-queue' ? node.id : node?.kind === 'server-request' ? node.parent : undefined;
}

function rulesEnablement(situation: Situation): Enablement {
  const { selected } = situation;
  if (selected === undefined || queueOf(selected) === undefined) return off('Select the request queue of a server, or one of its requests.');
  if (selected.kind === 'request-queue' && isEnded(selected.state)) return off(`${selected.label} is ${stateWords(selected)} already.`);
  return calls(situation, ['HttpSendHttpResponse']);
}

function respondEnablement(situation: Situation): Enablement {
  const { selected } = situation;
  if (selected?.kind !== 'server-request') return off('Select a received server request to respond to.');
  if (isEnded(selected.state)) return off(`${selected.label} is ${stateWords(selected)} already.`);
  return calls(situation, ['HttpSendHttpResponse']);
}
