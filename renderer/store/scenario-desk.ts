import { create } from 'zustand';
import type { HandleNode } from '../../preload/contract/handle';
import { NO_BREAKS, type ScenarioBreaks, type ScenarioHold } from '../../preload/contract/scenario';
import type { GalleryEntry } from '../../preload/contract/update';
import { fileName, isOwn, MOST_DOCUMENTS, nextOwnId, plainName, readKept, toKeep, type Documents, type ScenarioDocument } from '../model/scenario-documents';
import { outcomeOf, type ScenarioOutcome } from '../model/scenario-outcome';
import { appState, useApp } from './state';
import { report, selectQuietly } from './view-actions';

/** A stretch of runs, one after another, that was asked for in the gallery. */
export interface Batch {
  readonly ids: readonly string[];
  /** How many of them have run. */
  readonly done: number;
  readonly title: string;
}

/** The scenarios that lie before the person: their texts, where they are to be held, and what became of them. */
export interface ScenarioDesk {
  readonly documents: Documents;
  /** The one that the side pane shows. */
  readonly shown: string | undefined;
  readonly tab: 'text' | 'results' | 'about';
  /** Lines with a breakpoint, by document. */
  readonly lines: ReadonlyMap<string, readonly number[]>;
  readonly callbacks: ScenarioBreaks['callbacks'];
  /** Of the last run of each. */
  readonly outcomes: ReadonlyMap<string, ScenarioOutcome>;
  readonly batch: Batch | undefined;
  /** Why one could not be run at all. */
  readonly refused: { readonly id: string; readonly message: string } | undefined;
  /** The text that was run last, by document: what a run says of lines is said of those. */
  readonly ran: ReadonlyMap<string, string>;
}

const KEY = 'hinspector.scenarios';

export const useScenarioDesk = create<ScenarioDesk>()(() => ({
  documents: readKept(stored()), shown: undefined, tab: 'text', lines: new Map(), callbacks: NO_BREAKS.callbacks, outcomes: new Map(), batch: undefined, refused: undefined, ran: new Map(),
}));

export function scenarioDesk(): ScenarioDesk {
  return useScenarioDesk.getState();
}

function stored(): string | undefined {
  try {
    return localStorage.getItem(KEY) ?? undefined;
  } catch {
    return undefined;
  }
}

let told = false;

/** Changes what lies on the desk. Other windows write to the same store: theirs is taken on, and only the change is made to it. */
function change(act: (documents: Map<string, ScenarioDocument>) => void): void {
  const documents = new Map(told ? scenarioDesk().documents : readKept(stored()));
  act(documents);
  useScenarioDesk.setState({ documents });
  try {
    localStorage.setItem(KEY, JSON.stringify(toKeep(documents)));
  } catch {
    if (!told) report('error', 'Edited scenarios can be kept only as long as this window is open: its memory on disk is full or forbidden. Save them as files.');
    told = true;
  }
}

/** The document of an id; what was never edited is as the gallery has it. */
export function documentOf(id: string, documents: Documents = scenarioDesk().documents, gallery: readonly GalleryEntry[] | undefined = appState().gallery): ScenarioDocument | undefined {
  const document = documents.get(id);
  if (document !== undefined) return document;
  const entry = gallery?.find((one) => one.id === id);
  return entry === undefined ? undefined : { id, name: fileName(id), saved: entry.text, text: entry.text };
}

export function editScenario(id: string, text: string): void {
  const document = documentOf(id);
  if (document === undefined || document.text === text) return;
  put({ ...document, text });
  if (scenarioDesk().refused?.id === id) useScenarioDesk.setState({ refused: undefined });
}

/** Takes a document on, or what is new of it. One of the gallery that is as it was needs no place. */
export function put(document: ScenarioDocument): void {
  change((documents) => {
    if (isOwn(document.id) || document.text !== document.saved) documents.set(document.id, document);
    else documents.delete(document.id);
  });
}

/** Puts a text of the person's own on the desk and shows it. @returns its id, or undefined where there is no room */
export function addOwn(name: string, text: string, saved = text): string | undefined {
  const { documents } = scenarioDesk();
  if (documents.size >= MOST_DOCUMENTS) {
    report('error', `${MOST_DOCUMENTS} scenarios are open. Take one of your own away first.`);
    return undefined;
  }
  const id = nextOwnId(documents);
  put({ id, name: plainName(name), saved, text });
  showScenario(id, 'text');
  return id;
}

export function removeOwn(id: string): void {
  change((documents) => { documents.delete(id); });
  if (scenarioDesk().shown === id) useScenarioDesk.setState({ shown: undefined });
}

/** Shows a scenario in the side pane. */
export function showScenario(id: string, tab: ScenarioDesk['tab'] = scenarioDesk().tab): void {
  useScenarioDesk.setState({ shown: id, tab });
  useApp.setState({ dialog: undefined, tour: undefined, sideTab: 'scenario' });
}

export function showScenarioTab(tab: ScenarioDesk['tab']): void {
  useScenarioDesk.setState({ tab });
}

export function breaksOf(id: string): ScenarioBreaks {
  const { lines, callbacks } = scenarioDesk();
  return { lines: lines.get(id) ?? NO_BREAKS.lines, callbacks };
}

/** A callback that a run is held in is what the person looks at next; before a step, the handle that came last. */
function showHold(hold: ScenarioHold): void {
  if (hold.at !== 'callback') {
    const newest = [...appState().forest.all()].reduce<HandleNode | undefined>((last, node) => (last === undefined || node.id > last.id ? node : last), undefined);
    if (newest !== undefined && newest.endedAt === undefined && newest.id !== appState().selection.handle) selectQuietly(newest.id);
    return;
  }
  if (hold.handle !== undefined) selectQuietly(hold.handle);
  useApp.setState({ selection: { handle: hold.handle, event: hold.event }, bottomTab: 'events' });
}

/** Remembers what becomes of each run, and takes on what another window writes. The answer ends it. */
export function keepScenarios(): () => void {
  const hear = ({ key }: StorageEvent): void => { if (key === KEY || key === null) useScenarioDesk.setState({ documents: readKept(stored()) }); };
  addEventListener('storage', hear);
  const stop = useApp.subscribe(({ scenario }, before) => {
    if (scenario === undefined || scenario === before.scenario) return;
    if (scenario.held !== undefined && scenario.held !== before.scenario?.held) showHold(scenario.held);
    const outcome = outcomeOf(scenario);
    if (outcome !== undefined) useScenarioDesk.setState(({ outcomes }) => ({ outcomes: new Map(outcomes).set(scenario.id, outcome) }));
  });
  return () => {
    removeEventListener('storage', hear);
    stop();
  };
}
