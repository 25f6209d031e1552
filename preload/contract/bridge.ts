import type { About, CopyAboutRequest } from './about';
import type { AppUpdateStep } from './app-update';
import type { AnswerRulesTold } from './answer-rule';
import type { BodyFile } from './body-file';
import type { Command, CommandResult } from './command';
import type { CommandId } from './command-catalog';
import type { KeyChanges } from './command-keys';
import type { CodeRequest, CopyRequest } from './code';
import type { ContextMenuRequest } from './context-menu';
import type { InspectorError } from './errors';
import type { CompareOutcome, DiffPage, DiffPageQuery, ExportOutcome, ExportRequest, FindingName, NextDifferenceQuery } from './exchange';
import type { FindingsAnswer } from './finding';
import type { ExchangeAnswer, ExchangeQuery } from './http-exchange';
import type { HandleId } from './ids';
import type { Details, DetailsTarget, EventPage, EventQuery, TimelineAnswer, TimelineQuery } from './query';
import type { OthersCommands, OthersPlan } from './record-others';
import type { Result } from './result';
import type { Retention } from './retention';
import type { OpenedScenario, SavedScenario, SaveScenarioRequest, ScenarioCheck, ScenarioCompletions, ScenarioHelp, ScenarioQuestion } from './scenario';
import type { RecentRecording } from './session';
import type { SweepAnswer } from './sweep';
import type { GalleryEntry, Update } from './update';

export interface AppInfo {
  readonly version: string;
  readonly platform: string;
  /** Which of the windows asks, from 0: each remembers its layout by it. The lowest that is free is given to a new one. */
  readonly window: number;
  /** Whether this start should begin with the tour. */
  readonly tour: boolean;
  /** Recordings that a crash has left, the newest first. */
  readonly left: readonly LeftRecording[];
  /** Whether another engine can be started in place of one that has ended. */
  readonly renewable: boolean;
  /** Engines that a close sweep can run on, the window's own kind first. */
  readonly sweepEngines: readonly string[];
}

export interface LeftRecording {
  readonly file: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly events: number;
}

/** What the sandboxed window can ask of main: window.inspector. Everything else is closed to it. */
export interface InspectorBridge {
  info(): Promise<AppInfo>;
  /** Everything as it stands: every node, then updates go on from its revision. */
  snapshot(): Promise<Update>;
  /** Calls the listener with each update; the result ends it. */
  onUpdate(listener: (update: Update) => void): () => void;
  /** A command chosen in the application menu. */
  onMenuCommand(listener: (id: CommandId) => void): () => void;
  run(command: Command): Promise<CommandResult>;
  timeline(query: TimelineQuery): Promise<Result<TimelineAnswer, InspectorError>>;
  events(query: EventQuery): Promise<Result<EventPage, InspectorError>>;
  details(target: DetailsTarget): Promise<Result<Details, InspectorError>>;
  /** One request of a handle and what answered it, as far as the trace tells. */
  httpExchange(query: ExchangeQuery): Promise<Result<ExchangeAnswer, InspectorError>>;
  /** What the referee has found, and the handles that are open by who made them. */
  findings(): Promise<FindingsAnswer>;
  /** The close sweep, as far as it is; undefined before the first one. */
  sweep(): Promise<SweepAnswer | undefined>;
  gallery(): Promise<readonly GalleryEntry[]>;
  /** Files and recordings that can be opened again, the newest first. */
  recent(): Promise<readonly RecentRecording[]>;
  /** What the language says of a text: its mistakes, or its steps. */
  checkScenario(text: string): Promise<Result<ScenarioCheck, InspectorError>>;
  /** What can stand at a place of a text. */
  completeScenario(question: ScenarioQuestion): Promise<Result<ScenarioCompletions, InspectorError>>;
  /** What the word at a place of a text means; undefined where there is none that does. */
  explainScenario(question: ScenarioQuestion): Promise<Result<ScenarioHelp | undefined, InspectorError>>;
  /** Reads a scenario file that the person chooses. */
  openScenario(): Promise<OpenedScenario>;
  /** Writes a text where the person says. */
  saveScenario(request: SaveScenarioRequest): Promise<Result<SavedScenario, InspectorError>>;
  /** Puts the results of the latest run on the clipboard. */
  copyResults(format: 'text' | 'json'): Promise<Result<undefined, InspectorError>>;
  /** Calls the listener with the path of each file that is dropped on the window. */
  onFileDrop(listener: (path: string) => void): () => void;
  /** How another program is recorded, as command lines for Windows. */
  othersCommands(plan: OthersPlan): Promise<Result<OthersCommands, InspectorError>>;
  /** The answering rules of an open queue, and how often each has taken a request. */
  answerRules(queue: HandleId): Promise<Result<AnswerRulesTold, InspectorError>>;
  /** Asks the person for a file to send; undefined when the person thought better of it. */
  chooseBodyFile(): Promise<Result<BodyFile | undefined, InspectorError>>;
  /** Writes a file where the person says; answers when it is written. */
  exportAs(request: ExportRequest): Promise<Result<ExportOutcome, InspectorError>>;
  /** Stops the export or the comparison that is under way. */
  stopExchange(): Promise<void>;
  /** Puts a finding on the clipboard as Markdown. */
  copyFinding(finding: FindingName): Promise<Result<undefined, InspectorError>>;
  /** Recorded calls as code that makes them again. */
  code(request: CodeRequest): Promise<Result<string, InspectorError>>;
  /** Puts code, or what the details pane shows, on the clipboard. */
  copy(request: CopyRequest): Promise<Result<undefined, InspectorError>>;
  /** Opens a page of Microsoft’s reference in the person’s browser; no other address is opened. */
  openPage(address: string): Promise<Result<undefined, InspectorError>>;
  /** Versions and licences of the application and of everything that goes out with it. */
  about(): Promise<Result<About, InspectorError>>;
  /** Puts versions or a licence on the clipboard. */
  copyAbout(request: CopyAboutRequest): Promise<Result<undefined, InspectorError>>;
  /** Looks for a newer version, fetches it, or thinks better of it; the updates tell how far it is. */
  appUpdate(step: AppUpdateStep): Promise<Result<undefined, InspectorError>>;
  /** Compares the trace with a recording that the person chooses. */
  compare(): Promise<CompareOutcome>;
  /** Rows of the last comparison; there are none before the first. */
  comparedRows(query: DiffPageQuery): Promise<Result<DiffPage, InspectorError>>;
  /** The next row of the last comparison that is not the same. */
  nextDifference(query: NextDifferenceQuery): Promise<Result<number | undefined, InspectorError>>;
  /** Tells main which theme is shown, so that the native parts match. */
  setTheme(theme: 'light' | 'dark' | 'system'): Promise<Result<undefined, InspectorError>>;
  /** How many earlier recordings stay on the disk. */
  retention(): Promise<Retention>;
  setRetention(count: number): Promise<Result<Retention, InspectorError>>;
  /** Opens a context menu of the system over the window; answers the command that was chosen, undefined when it was left. */
  contextMenu(request: ContextMenuRequest): Promise<Result<CommandId | undefined, InspectorError>>;
  /** Tells main which keys the person has changed, so that the application menu shows and hears them. */
  setKeys(changes: KeyChanges): Promise<Result<undefined, InspectorError>>;
}
