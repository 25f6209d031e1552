import { isEnded, type HandleNode } from '../../preload/contract/handle';
import type { CommandId } from '../../preload/contract/command-catalog';
import type { OthersProgress } from '../../preload/contract/record-others';
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
    case 'tour': return situation.scenarioRuns ? off('A scenario runs already; stop it or let it end.') : calls(situation, []);
    case 'scenarios': case 'scenario-new': case 'scenario-open': return ON;
    case 'scenario-run': case 'scenario-step':
      if (situation.scenarioHeld) return ON;
      if (situation.scenarioRuns) return off('The scenario goes on already; pause or stop it.');
      return situation.scenarioShown ? calls(situation, []) : off('Choose a scenario first (Ctrl+E).');
    case 'scenario-pause': return !situation.scenarioRuns ? off('No scenario is running.') : situation.scenarioHeld ? off('The scenario is held already.') : ON;
    case 'scenario-stop': return situation.scenarioRuns ? ON : off('No scenario is running.');
    case 'open-file': case 'open-recent': return ON;
    case 'save-file': case 'note': case 'bookmark': return situation.anything ? ON : off('Nothing has been recorded yet.');
    case 'close-file': return situation.file === undefined ? off('The live recording is shown already.') : ON;
    case 'record-others': case 'service-state': return situation.others === undefined || situation.others === 'failed' ? ON : off('Another program is being recorded already: stop that first.');
    case 'stop-recording-others': return situation.others === 'recording' ? ON : off('No other program is being recorded.');
    case 'stop-opening': return situation.opening ? ON : off('No file is being opened.');
    case 'notes': case 'next-note': case 'previous-note': return situation.notes > 0 ? ON : off('There are no notes or bookmarks yet.');
    case 'undo': return situation.undoable === undefined ? off('Nothing is held back that could be undone. Settings says for which commands there are three seconds.') : ON;
    case 'http': case 'fit-handle': return situation.selected === undefined ? off('Select a handle first.') : ON;
    case 'copy-text': case 'copy-json': return situation.chosen ? ON : off('Select a handle or an event first.');
    case 'export': case 'compare': case 'copy-code': return situation.anything ? ON : off('Nothing has been recorded yet.');
    case 'fit': return situation.anything ? ON : off('Nothing has been recorded yet.');
    case 'pause-view': case 'follow': return situation.file === undefined ? ON : off(`${situation.file} was recorded earlier: nothing comes in it.`);
    case 'new-window': case 'close-window': case 'larger': case 'smaller': case 'actual-size':
    case 'check-updates': return situation.noUpdates === undefined ? ON : off(situation.noUpdates);
    case 'live-only': case 'zoom-in': case 'zoom-out': case 'theme': case 'focus-filter': case 'palette': case 'help': case 'settings': case 'about': case 'manual': case 'sweep': return ON;
    default: return assertUnreachable(command);
  }
}

/** Whether the engine is there and has every one of these functions. */
function calls({ engine, file }: Situation, functions: readonly string[]): Enablement {
  if (engine === undefined) return off('The inspector has not answered yet.');
  if (file !== undefined) return off(`${file} is shown, whose handles are gone. Go back to the live recording first.`);
  if (engine.lost !== undefined) return off(`The engine is gone: ${engine.lost} Start a new engine from the File menu to open new handles.`);
  for (const name of functions) {
    const reason = engine.unavailable[name];
    if (reason !== undefined) return off(`${name} is not available: ${reason}`);
  }
  return ON;
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

function respondEnablement(situation: Situation): Enablement {
  const { selected } = situation;
  if (selected?.kind !== 'server-request') return off('Select a received server request to respond to.');
  if (isEnded(selected.state)) return off(`${selected.label} is ${stateWords(selected)} already.`);
  return calls(situation, ['HttpSendHttpResponse']);
}
