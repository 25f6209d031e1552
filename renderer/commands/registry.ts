import { COMMAND_CATALOG, type CommandEntry, type CommandId } from '../../preload/contract/command-catalog';
import { commandBindings, type KeyChanges } from '../../preload/contract/command-keys';
import { assertUnreachable } from '../../preload/contract/result';
import { enablement, queueOf, type Enablement, type Situation } from '../model/enablement';
import { keyLabel } from '../model/keys';
import { currentStop, isSummary } from '../model/tour';
import type { ManualPageId } from '../model/manual';
import { DIALOG_PAGES, pageOfPart, QUESTION_PAGES } from '../model/manual-help';
import { checkForUpdates } from '../store/about';
import { runCommand } from '../store/command-actions';
import { giveDestructive, undoHeld } from '../store/destructive';
import { copyDetails, copyRaw } from '../store/copying';
import { askToMute, groupOf, toggleShowMuted } from '../store/finding-actions';
import { actOnRemark, bookmarkNow, goToNote, newNote, remarkOf } from '../store/note-actions';
import { stopExchange } from '../store/questions';
import { stopSweep } from '../store/sweep';
import { setFilter, toggleSavedFilter } from '../store/filter';
import { openLeft, giveOthersCommand, giveSessionCommand, giveWindowCommand } from '../store/session-actions';
import { compareWithRecording, copyFinding } from '../store/exchange';
import { resetLayout, showBottomTab, showSideTab, togglePane, type PaneName } from '../store/layout-actions';
import { tellTimeFrom, tellTimeOtherwise } from '../store/time-actions';
import { closeManual, openManual } from '../store/manual';
import { appState, type AppState } from '../store/state';
import { shownTheme } from '../store/theme';
import { scenarioDesk } from '../store/scenario-desk';
import { endTour, startTour, stopScenario, tourNext } from '../store/tour-actions';
import {
  clearRange, fitAll, fitHandle, followLive, rememberCommand, report, showDialog, showNextTheme, toggleLiveOnly, togglePaused, travelTo, zoomToRange, zoomView,
} from '../store/view-actions';

const ENTRIES: ReadonlyMap<CommandId, CommandEntry> = new Map(COMMAND_CATALOG.map((entry) => [entry.id, entry]));

export function commandTitle(id: CommandId): string {
  return ENTRIES.get(id)?.title ?? id;
}

let bindings: { readonly of: KeyChanges; readonly keys: ReadonlyMap<CommandId, string> } | undefined;

/** The keys of every command that has any, with what the person has changed. */
export function keysOfCommands({ settings: { keys: changes } }: AppState = appState()): ReadonlyMap<CommandId, string> {
  // Found once for as long as nothing changes: every key press and every button asks.
  if (bindings?.of !== changes) bindings = { of: changes, keys: commandBindings(changes) };
  return bindings.keys;
}

/** The keys of a command as a person reads them; undefined for one without any. */
export function commandKeys(id: CommandId, state: AppState = appState()): string | undefined {
  const keys = keysOfCommands(state).get(id);
  return keys === undefined ? undefined : keyLabel(keys);
}

/** What is said of a button or a field together with the keys that do the same. */
export function withCommandKeys(words: string, id: CommandId, state: AppState = appState()): string {
  const keys = commandKeys(id, state);
  return keys === undefined ? words : `${words} (${keys})`;
}

export function situationOf(state: AppState): Situation {
  const { selection, forest, phase, engine, scenario, shown, opening, others, annotations, recorder, held } = state;
  return {
    engine: phase.kind === 'ready' ? engine : undefined,
    chosen: selection.handle !== undefined || selection.event !== undefined,
    selected: selection.handle === undefined ? undefined : forest.get(selection.handle),
    event: selection.event !== undefined,
    scenarioRuns: scenario?.state === 'running',
    scenarioHeld: scenario?.held !== undefined,
    scenarioShown: scenarioDesk().shown !== undefined && state.tour === undefined,
    anything: forest.size > 0 || recorder.events > 0,
    file: shown.file?.name,
    opening: opening !== undefined,
    others: others?.step,
    noUpdates: state.appUpdate.kind === 'off' ? state.appUpdate.reason : undefined,
    tour: state.tour === undefined ? undefined : (currentStop(state.tour)?.outcome?.state ?? 'running') === 'running' && !isSummary(state.tour) ? 'running' : 'done',
    finding: state.finding,
    remark: remarkOf(state)?.kind,
    muted: state.findings?.mutedCount ?? 0,
    group: groupOf(state).length,
    filter: state.filterText,
    range: state.range !== undefined,
    past: state.asOf !== undefined,
    exchange: state.exchange !== undefined,
    sweepRuns: state.sweepStatus?.state === 'running',
    left: (state.info?.left.length ?? 0) > 0,
    renewable: state.info?.renewable === true,
    undoable: held.at(-1)?.work.words,
    notes: annotations.filter(({ kind }) => kind !== 'mute').length,
  };
}

/** Whether the command can be given now, and if not, why. */
export function commandEnablement(id: CommandId, state: AppState = appState()): Enablement {
  return enablement(id, situationOf(state));
}

/** Gives a command, whoever asks: button, key, application menu, context menu. One that is off says why. */
export function giveNamedCommand(id: CommandId): void {
  const state = appState();
  const allowed = commandEnablement(id, state);
  if (allowed.on) {
    if (id !== 'palette') rememberCommand(id);
    // What it opens is not to lie below the manual.
    if (id !== 'manual') closeManual();
    act(id, state);
  } else report('info', `${commandTitle(id).replace('…', '')}: ${allowed.reason}`);
}

/** Not needed at the start, and so not loaded with it. */
const scenarioActions = (): Promise<typeof import('../store/scenario-actions')> => import('../store/scenario-actions');

function act(id: CommandId, state: AppState): void {
  const selected = state.selection.handle;
  switch (id) {
    case 'new-client': showDialog({ kind: 'new-client' }); break;
    case 'new-server': showDialog({ kind: 'new-server' }); break;
    case 'scenarios': showDialog({ kind: 'gallery' }); break;
    case 'scenario-new': void scenarioActions().then(({ newScenario }) => newScenario()); break;
    case 'scenario-open': void scenarioActions().then(({ openScenarioFile }) => openScenarioFile()); break;
    case 'scenario-run': void scenarioActions().then(({ runOrContinue }) => runOrContinue()); break;
    case 'scenario-step': void scenarioActions().then(({ stepShown }) => stepShown()); break;
    case 'scenario-pause': void scenarioActions().then(({ controlScenario }) => controlScenario('pause')); break;
    case 'scenario-stop': void stopScenario(); break;
    case 'new-recording': giveDestructive({ kind: 'begin-anew' }); break;
    case 'open-file': void giveSessionCommand({ kind: 'open-file', path: undefined }); break;
    case 'open-recent': showDialog({ kind: 'recent' }); break;
    case 'record-others': showDialog({ kind: 'record-others' }); break;
    case 'stop-recording-others': void giveOthersCommand({ kind: 'stop-recording-others' }); break;
    case 'service-state':
      // Where there is no Windows, how it is done there.
      if (state.info?.platform === 'win32') void giveOthersCommand({ kind: 'service-state' });
      else showDialog({ kind: 'service-state' });
      break;
    case 'save-file': void giveSessionCommand({ kind: 'save-file' }); break;
    case 'close-file': void giveSessionCommand({ kind: 'close-file' }); break;
    case 'stop-opening': void giveSessionCommand({ kind: 'stop-opening' }); break;
    case 'note': showDialog({ kind: 'note', note: newNote() }); break;
    case 'bookmark': bookmarkNow(); break;
    case 'notes': showDialog({ kind: 'notes' }); break;
    case 'next-note': goToNote(1); break;
    case 'previous-note': goToNote(-1); break;
    case 'export': showDialog({ kind: 'export' }); break;
    case 'copy-text': copySelected(state, 'text'); break;
    case 'copy-json': copySelected(state, 'json'); break;
    case 'copy-code': showDialog({ kind: 'code' }); break;
    case 'compare': void compareWithRecording(); break;
    case 'palette': showDialog({ kind: 'palette' }); break;
    case 'help': showDialog({ kind: 'help' }); break;
    case 'settings': showDialog({ kind: 'settings' }); break;
    case 'about': showDialog({ kind: 'about' }); break;
    case 'check-updates': checkForUpdates(); break;
    case 'manual': openManual(helpHere(state)); break;
    case 'tour': void startTour(false); break;
    case 'close-handle':
      if (selected !== undefined) giveDestructive({ kind: 'close', handle: selected });
      break;
    case 'cancel-request':
      if (selected !== undefined) giveDestructive({ kind: 'cancel', request: selected });
      break;
    case 'undo': undoHeld(); break;
    case 'next-stop': void tourNext(); break;
    case 'leave-tour': endTour(); break;
    case 'new-engine': void runCommand({ kind: 'new-engine' }); break;
    case 'open-left': openLeft(); break;
    case 'stop-exchange': void stopExchange(); break;
    case 'stop-sweep': void stopSweep(); break;
    case 'close-group': giveDestructive({ kind: 'close-all', handles: groupOf(state) }); break;
    case 'copy-raw': if (selected !== undefined) void copyRaw(selected, state.forest.get(selected)?.raw ?? ''); break;
    case 'copy-finding': if (state.finding !== undefined) void copyFinding(state.finding); break;
    case 'mute-finding': askToMute(); break;
    case 'show-note': case 'change-note': case 'remove-note': actOnRemark(id, remarkOf(state)); break;
    case 'clear-filter': setFilter(''); break;
    case 'save-filter': toggleSavedFilter(); break;
    case 'show-events': showBottomTab('events'); break;
    case 'show-findings': showBottomTab('findings'); break;
    case 'show-open': showBottomTab('open'); break;
    case 'show-output': showBottomTab('output'); break;
    case 'show-muted': toggleShowMuted(); break;
    case 'back-to-now': travelTo(undefined); break;
    case 'zoom-to-range': zoomToRange(); break;
    case 'clear-range': clearRange(); break;
    case 'sweep': showBottomTab('sweep'); break;
    case 'http': showSideTab('http'); break;
    case 'respond': if (selected !== undefined) showDialog({ kind: 'respond', request: selected }); break;
    case 'answer-rules': {
      const queue = selected === undefined ? undefined : queueOf(state.forest.get(selected));
      if (queue !== undefined) showDialog({ kind: 'answer-rules', queue });
      break;
    }
    case 'pause-view': togglePaused(); break;
    case 'time-mode': tellTimeOtherwise(); break;
    case 'time-zero': void tellTimeFrom(state.selection.event); break;
    case 'toggle-tree': hideOrShow('tree'); break;
    case 'toggle-side': hideOrShow('side'); break;
    case 'toggle-bottom': hideOrShow('bottom'); break;
    case 'columns': showDialog({ kind: 'columns', table: state.bottomTab === 'findings' ? 'findings' : 'events' }); break;
    case 'reset-layout': resetLayout(); break;
    case 'new-window': void giveWindowCommand({ kind: 'new-window' }); break;
    case 'close-window': void giveWindowCommand({ kind: 'close-window' }); break;
    case 'larger': void giveWindowCommand({ kind: 'magnify', step: 'larger' }); break;
    case 'smaller': void giveWindowCommand({ kind: 'magnify', step: 'smaller' }); break;
    case 'actual-size': void giveWindowCommand({ kind: 'magnify', step: 'actual' }); break;
    case 'live-only': toggleLiveOnly(); break;
    case 'follow': followLive(); break;
    case 'fit': fitAll(); break;
    case 'fit-handle': if (selected !== undefined) fitHandle(selected); break;
    case 'zoom-in': zoomView(1 / 1.5); break;
    case 'zoom-out': zoomView(1.5); break;
    case 'theme': showNextTheme(shownTheme()); break;
    case 'focus-filter': focusFilter(); break;
    default: assertUnreachable(id);
  }
}

/** The page of the open dialog, or of the part of the window that has the focus; undefined where the reading may go on. */
function helpHere({ dialog, manual }: AppState): ManualPageId | undefined {
  if (manual !== undefined) return undefined;
  if (dialog !== undefined) return dialog.kind === 'confirm' ? QUESTION_PAGES[dialog.work.kind] : DIALOG_PAGES[dialog.kind];
  const part = document.activeElement?.closest('[data-help]');
  return part instanceof HTMLElement ? pageOfPart(part.dataset['help']) : undefined;
}

/** The details of the selected event, else of the selected handle. */
function copySelected({ selection: { event, handle } }: AppState, format: 'text' | 'json'): void {
  if (event !== undefined) void copyDetails({ kind: 'event', seq: event }, format);
  else if (handle !== undefined) void copyDetails({ kind: 'handle', handle }, format);
}

/** The field that the filter command goes to names itself with this. */
export const FILTER_ELEMENT_ID = 'filter';

function focusFilter(): void {
  const field = document.getElementById(FILTER_ELEMENT_ID);
  if (field instanceof HTMLInputElement) {
    field.focus();
    field.select();
  }
}

/** A pane that goes does not take the keyboard with it: what is left of the window has it then. */
function hideOrShow(pane: PaneName): void {
  const hadFocus = document.querySelector(`[data-pane=${pane}]`)?.contains(document.activeElement) === true;
  togglePane(pane);
  if (hadFocus) document.querySelector<HTMLElement>('[data-pane=timeline]')?.focus();
}
