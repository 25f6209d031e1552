import { errorMessage } from '../../preload/contract/errors';
import type { ControlScenarioCommand } from '../../preload/contract/command';
import type { ScenarioBreaks } from '../../preload/contract/scenario';
import type { ScenarioProgress, StepReport } from '../../preload/contract/update';
import { NEW_SCENARIO } from '../model/new-scenario';
import { isEdited, isOwn, type ScenarioDocument } from '../model/scenario-documents';
import type { ScenarioOutcome } from '../model/scenario-outcome';
import { anchorAtNextBirth } from './connect';
import { askCopyResults, askEvents, askOpenScenario, askSaveScenario, giveCommand } from './questions';
import { addOwn, breaksOf, documentOf, put, scenarioDesk, showScenario, useScenarioDesk } from './scenario-desk';
import { appState, useApp } from './state';
import { markRange, report, selectEvent, selectQuietly, showTime } from './view-actions';

/** Runs a scenario as it stands on the desk, in the side pane; held before its first step where it is to be stepped. */
export async function runOnDesk(id: string, held: boolean): Promise<void> {
  const document = documentOf(id);
  if (document === undefined) return;
  showScenario(id, 'text');
  remember(id, document.text);
  const before = appState().scenario?.run ?? 0;
  anchorAtNextBirth();
  useScenarioDesk.setState({ refused: undefined });
  const result = await giveCommand({ kind: 'run-scenario', id, held, breaks: breaksOf(id), ...ownText(document) });
  report(result.ok ? 'info' : 'error', result.ok ? result.value.message : errorMessage(result.error));
  if (!result.ok) {
    useScenarioDesk.setState({ refused: { id, message: errorMessage(result.error) } });
    return;
  }
  await over(id, before);
  // What came of it is read next; who steps has seen each, and who looks at something else meanwhile is left there.
  if (!held && scenarioDesk().shown === id) useScenarioDesk.setState({ tab: 'results' });
}

/** What the gallery has not under the id. */
function ownText(document: ScenarioDocument): { readonly text?: string } {
  return isEdited(document) || isOwn(document.id) ? { text: document.text } : {};
}

function remember(id: string, text: string): void {
  useScenarioDesk.setState(({ ran }) => ({ ran: new Map(ran).set(id, text) }));
}

/** The key and button that both begin and go on: continues what is held, else runs what the pane shows. */
export async function runOrContinue(): Promise<void> {
  const { scenario } = appState();
  if (scenario?.held !== undefined) await controlScenario('continue');
  else if (scenario?.state !== 'running') await runShown(false);
}

export async function stepShown(): Promise<void> {
  const { scenario } = appState();
  if (scenario?.held !== undefined) await controlScenario('step');
  else if (scenario?.state !== 'running') await runShown(true);
}

async function runShown(held: boolean): Promise<void> {
  const { shown } = scenarioDesk();
  if (shown !== undefined) await runOnDesk(shown, held);
}

export async function controlScenario(action: ControlScenarioCommand['action']): Promise<void> {
  const result = await giveCommand({ kind: 'control-scenario', action });
  // That it goes on is seen; only what could not be done is news.
  if (!result.ok) report('error', errorMessage(result.error));
}

export function breakOnLines(id: string, lines: readonly number[]): void {
  useScenarioDesk.setState((desk) => ({ lines: new Map(desk.lines).set(id, lines) }));
  tellBreaks();
}

export function breakOnCallbacks(callbacks: ScenarioBreaks['callbacks']): void {
  useScenarioDesk.setState({ callbacks });
  tellBreaks();
}

/** A run that is under way is told where it is to be held from now on. */
function tellBreaks(): void {
  const { scenario } = appState();
  if (scenario?.state === 'running') void giveCommand({ kind: 'break-scenario', breaks: breaksOf(scenario.id) });
}

/** Runs several, one after another, without leaving the gallery. Stopping one stops them all. */
export async function runBatch(title: string, ids: readonly string[]): Promise<void> {
  if (scenarioDesk().batch !== undefined) return;
  useScenarioDesk.setState({ batch: { title, ids, done: 0 } });
  try {
    for (const [index, id] of ids.entries()) {
      const document = documentOf(id);
      const before = appState().scenario?.run ?? 0;
      if (document !== undefined) remember(id, document.text);
      const result = await giveCommand({ kind: 'run-scenario', id, ...(document === undefined ? {} : ownText(document)) });
      if (!result.ok) {
        failed(id, errorMessage(result.error));
        continue;
      }
      const { state } = await over(id, before);
      useScenarioDesk.setState({ batch: { title, ids, done: index + 1 } });
      if (state === 'stopped') break;
    }
  } finally {
    useScenarioDesk.setState({ batch: undefined });
  }
}

/** What could not be begun leaves no progress behind. */
function failed(id: string, why: string): void {
  const outcome: ScenarioOutcome = { kind: 'failed', words: 'could not run', why };
  useScenarioDesk.setState(({ outcomes }) => ({ outcomes: new Map(outcomes).set(id, outcome) }));
}

/** The end of a run as the window hears of it, which is a frame after the command has been answered. */
function over(id: string, before: number): Promise<ScenarioProgress> {
  const found = (): ScenarioProgress | undefined => {
    const { scenario } = appState();
    return scenario !== undefined && scenario.id === id && scenario.run > before && scenario.state !== 'running' ? scenario : undefined;
  };
  const now = found();
  if (now !== undefined) return Promise.resolve(now);
  return new Promise((resolve) => {
    const stop = useApp.subscribe(() => {
      const ended = found();
      if (ended === undefined) return;
      stop();
      resolve(ended);
    });
  });
}

export function newScenario(): void {
  addOwn('my-scenario', NEW_SCENARIO);
}

export async function openScenarioFile(): Promise<void> {
  const result = await askOpenScenario();
  if (!result.ok) report('error', errorMessage(result.error));
  else if (result.value.kind === 'failed') report('error', result.value.message);
  else if (result.value.kind === 'opened') addOwn(result.value.name, result.value.text);
}

/** Writes the text where the person says; one of the gallery goes on as a file of the person's own. */
export async function saveScenarioAs(id: string): Promise<void> {
  const document = documentOf(id);
  if (document === undefined) return;
  const { name, text } = document;
  const result = await askSaveScenario({ name, text });
  if (!result.ok) report('error', errorMessage(result.error));
  else if (result.value.kind === 'failed') report('error', result.value.message);
  else if (result.value.kind === 'written') {
    report('info', `${result.value.name} was written.`);
    if (isOwn(id)) put({ ...document, saved: text });
    else if (addOwn(result.value.name, text) !== undefined) put({ ...document, text: document.saved });
  }
}

export function revertScenario(id: string): void {
  const document = documentOf(id);
  if (document !== undefined) put({ ...document, text: document.saved });
}

export async function copyResults(format: 'text' | 'json'): Promise<void> {
  const result = await askCopyResults(format);
  report(result.ok ? 'info' : 'error', result.ok ? `The results were copied as ${format === 'json' ? 'JSON' : 'text'}.` : errorMessage(result.error));
}

/** Of a step: what one page of events holds. */
const MOST_EVENTS = 500;

/** Selects the first event of a step and marks on the timeline how long it lasted. */
export async function showStepEvents({ events }: StepReport): Promise<void> {
  if (events === undefined || events.to <= events.from) return;
  const { recorder } = appState();
  if (events.from < recorder.earlier) {
    report('info', 'The events of this step are of the recording before this one: open that from the recent ones.');
    return;
  }
  const page = await askEvents({ offset: Math.max(0, events.from - recorder.earlier - recorder.dropped), count: Math.min(MOST_EVENTS, events.to - events.from), text: '', handle: undefined });
  if (!page.ok) {
    report('error', errorMessage(page.error));
    return;
  }
  const { rows } = page.value;
  const first = rows.find(({ kind }) => kind === 'call') ?? rows[0];
  const last = rows.at(-1);
  if (first === undefined || last === undefined) return;
  useApp.setState({ bottomTab: 'events' });
  const tab = appState().sideTab;
  if (first.handle !== undefined) selectQuietly(first.handle);
  selectEvent(first.seq, first.handle);
  useApp.setState({ sideTab: tab });
  markRange(first.time, last.time);
  showTime(first.time);
}
