import type { AnnotationDraft } from './annotation';
import type { AnswerRule } from './answer-rule';
import type { MessageBody } from './body-file';
import type { ClientOptions } from './client-options';
import type { InspectorError } from './errors';
import type { HandleId } from './ids';
import type { OthersPlan } from './record-others';
import type { Result } from './result';
import type { ScenarioBreaks } from './scenario';
import type { ServerOptions } from './server-options';
import type { SweepAction } from './sweep';

/** New client: opens session, connection and request, sends it and reads the answer, each as its own Win32 call. */
export interface OpenClientCommand extends ClientOptions, MessageBody {
  readonly kind: 'open-client';
  /** Absolute, http: or https: scheme. */
  readonly url: string;
  /** An HTTP method token (RFC 9110 section 9.1). */
  readonly method: string;
  /** Header lines separated by line breaks, "Name: value". */
  readonly headers: string;
  readonly mode: 'async' | 'sync';
  /** 'own': each handle gets a non-zero dwContext; 'null': 0, so that no callback is made. */
  readonly context: 'own' | 'null';
}

/** New server: session, URL group, named queue, binding and URL; then receives requests until the queue is closed. */
export interface OpenServerCommand extends ServerOptions {
  readonly kind: 'open-server';
  /** UrlPrefix such as "http://localhost:8080/". */
  readonly urlPrefix: string;
  /** Empty for a queue without a name. */
  readonly queueName: string;
  /** Further UrlPrefixes of the same group, one a line. */
  readonly morePrefixes?: string | undefined;
  /** Left out: none, every request waits for a person. */
  readonly rules?: readonly AnswerRule[] | undefined;
}

/** Gives an open queue other rules; what the old ones have under way goes on, and counting begins anew. */
export interface SetAnswerRulesCommand {
  readonly kind: 'set-answer-rules';
  readonly queue: HandleId;
  readonly rules: readonly AnswerRule[];
}

export interface RespondCommand extends MessageBody {
  readonly kind: 'respond';
  readonly request: HandleId;
  readonly status: number;
  readonly reason: string;
  readonly headers: string;
}

export interface CancelCommand {
  readonly kind: 'cancel';
  readonly request: HandleId;
}

export interface CloseCommand {
  readonly kind: 'close';
  readonly handle: HandleId;
}

/** Runs a scenario of the gallery, by its id there, or a text that the person wrote. */
export interface RunScenarioCommand {
  readonly kind: 'run-scenario';
  readonly id: string;
  /** In place of the text that the gallery has under the id. */
  readonly text?: string | undefined;
  /** Holds it before its first step. */
  readonly held?: boolean | undefined;
  readonly breaks?: ScenarioBreaks | undefined;
}

/** Lets a scenario that is held go on, to its next step or to its end, or holds one that goes on. */
export interface ControlScenarioCommand {
  readonly kind: 'control-scenario';
  readonly action: 'continue' | 'step' | 'pause';
}

/** Where the scenario that runs is to be held from now on. */
export interface BreakScenarioCommand {
  readonly kind: 'break-scenario';
  readonly breaks: ScenarioBreaks;
}

/** Stops the scenario that runs; what it opened is closed. */
export interface StopScenarioCommand {
  readonly kind: 'stop-scenario';
}

/** Closes a handle of a scenario of the gallery, or cancels its request, at every moment there is, on engines of their own. */
export interface RunSweepCommand {
  readonly kind: 'run-sweep';
  /** The scenario, by its id in the gallery. */
  readonly id: string;
  readonly action: SweepAction;
  /** The binding to close or cancel. */
  readonly name: string;
  /** Names of AppInfo.sweepEngines. */
  readonly engines: readonly string[];
  /** After which no further run is begun. */
  readonly seconds: number;
}

export interface StopSweepCommand {
  readonly kind: 'stop-sweep';
}

/** Shows a recorded session, read-only, beside the live recording. Without a path the person is asked for one. */
export interface OpenFileCommand {
  readonly kind: 'open-file';
  readonly path: string | undefined;
}

/** Stops the reading of a file; what is shown stays. */
export interface StopOpeningCommand {
  readonly kind: 'stop-opening';
}

/** Writes what is shown as a session file. The person is asked where. */
export interface SaveFileCommand {
  readonly kind: 'save-file';
}

/** Goes back from a file to the live recording. */
export interface CloseFileCommand {
  readonly kind: 'close-file';
}

/** Writes a note, a bookmark or a mute beside the recording that is shown. */
export interface AnnotateCommand {
  readonly kind: 'annotate';
  readonly annotation: AnnotationDraft;
  /** Of the one whose place it takes; left out for a new one. */
  readonly id?: string | undefined;
}

export interface RemoveAnnotationCommand {
  readonly kind: 'remove-annotation';
  readonly id: string;
}

/** Closes every handle, and begins another recording in place of the live one. That one stays on the disk, among the recent ones. */
export interface BeginAnewCommand {
  readonly kind: 'begin-anew';
}

/** What engines carry out. */
export type EngineCommand =
  | OpenClientCommand | OpenServerCommand | SetAnswerRulesCommand | RespondCommand | CancelCommand | CloseCommand | RunScenarioCommand | StopScenarioCommand
  | ControlScenarioCommand | BreakScenarioCommand
  | RunSweepCommand | StopSweepCommand | BeginAnewCommand;

/** Starts another engine in place of one that has ended, where it has a process of its own; what was recorded stays. */
export interface NewEngineCommand {
  readonly kind: 'new-engine';
}

/** What concerns recordings and not handles. */
export type SessionCommand = OpenFileCommand | StopOpeningCommand | SaveFileCommand | CloseFileCommand | AnnotateCommand | RemoveAnnotationCommand;

/** Records what other programs do, on Windows; what was recorded opens by itself. */
export interface RecordOthersCommand extends OthersPlan {
  readonly kind: 'record-others';
}

/** Ends such a recording before its time. */
export interface StopRecordingOthersCommand {
  readonly kind: 'stop-recording-others';
}

/** Takes the state of the HTTP service and opens it; given again, it takes it again. */
export interface ServiceStateCommand {
  readonly kind: 'service-state';
}

/** Why a recording of another program failed has been read. */
export interface DismissOthersCommand {
  readonly kind: 'dismiss-others';
}

/** What concerns programs that are not ours. */
export type OthersCommand = RecordOthersCommand | StopRecordingOthersCommand | ServiceStateCommand | DismissOthersCommand;

/** Opens another window on the same recording, with a selection, a filter and a file of its own. */
export interface NewWindowCommand {
  readonly kind: 'new-window';
}

/** Closes the window that asks; the last one leaves in order, as quitting does. */
export interface CloseWindowCommand {
  readonly kind: 'close-window';
}

/** Makes everything in the windows larger or smaller, and remembers it. */
export interface MagnifyCommand {
  readonly kind: 'magnify';
  readonly step: 'larger' | 'smaller' | 'actual';
}

/** What concerns the windows and nothing in them. */
export type WindowCommand = NewWindowCommand | CloseWindowCommand | MagnifyCommand;

export type Command = EngineCommand | SessionCommand | OthersCommand | WindowCommand | NewEngineCommand;

export interface CommandDone {
  /** The handle to select: the request of a new client, the queue of a new server. */
  readonly handle: HandleId | undefined;
  /** What happened in a sentence, for the output pane and the live region. */
  readonly message: string;
}

export type CommandResult = Result<CommandDone, InspectorError>;
