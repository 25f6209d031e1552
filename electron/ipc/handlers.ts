import type * as v from 'valibot';
import type { AppInfo } from '../../preload/contract/bridge';
import type { CommandResult, OthersCommand, WindowCommand } from '../../preload/contract/command';
import type { CommandId } from '../../preload/contract/command-catalog';
import type { KeyChanges } from '../../preload/contract/command-keys';
import type { ContextMenuRequest } from '../../preload/contract/context-menu';
import type { InspectorError } from '../../preload/contract/errors';
import { reaches, type Finding, type FindingsAnswer, type Severity } from '../../preload/contract/finding';
import type { ExchangeAnswer } from '../../preload/contract/http-exchange';
import type { HandleId, Seq } from '../../preload/contract/ids';
import type { Details, EventPage, TimelineAnswer } from '../../preload/contract/query';
import { assertUnreachable, err, ok, type Result } from '../../preload/contract/result';
import type { Retention } from '../../preload/contract/retention';
import type { OthersCommands, OthersPlan } from '../../preload/contract/record-others';
import { COMMAND_SCHEMA, CONTEXT_MENU_SCHEMA, DETAILS_SCHEMA, DROPPED_SCHEMA, EVENTS_SCHEMA, EXCHANGE_SCHEMA, KEYS_SCHEMA, OTHERS_PLAN_SCHEMA, RETENTION_SCHEMA, THEME_SCHEMA, TIMELINE_SCHEMA } from '../../preload/contract/schemas';
import type { SweepAnswer } from '../../preload/contract/sweep';
import type { RecentRecording } from '../../preload/contract/session';
import type { GalleryEntry, Update } from '../../preload/contract/update';
import { ExchangeReader } from '../http-exchange/exchange-reader';
import type { CommandRunner } from '../inspector/command-runner';
import { detailsOf } from '../inspector/details';
import type { Desk } from '../session/desk/desk';
import type { AboutHandlers } from './about-handlers';
import { createComposeHandlers, type ComposeHandlers } from './compose-handlers';
import type { CopyHandlers } from './copy-handlers';
import type { ExchangeHandlers } from './exchange-handlers';
import type { ScenarioHandlers } from './scenario-handlers';
import { isLoopbackPrefix } from './loopback';
import { OfferedFiles } from './offered-files';
import { parse } from './parse';
import type { UpdateStream } from './update-stream';

/** What a person can read; the rest is counted. */
const MOST_FINDINGS = 2000;

/** A search looks no longer than this at a time, in milliseconds: with the rows that a question asks for, callbacks are held up less than 4. */
export const SEARCH_SLICE_MS = 1.5;

export interface HandlerParts {
  readonly desk: Desk;
  readonly commands: CommandRunner;
  readonly updates: UpdateStream;
  readonly gallery: () => Promise<readonly GalleryEntry[]>;
  readonly sweep: () => SweepAnswer | undefined;
  readonly others: OthersCommander;
  readonly windows: WindowCommander;
  readonly recent: () => Promise<readonly RecentRecording[]>;
  readonly info: Omit<AppInfo, 'left'>;
  /** Recordings that crashes have left: reading what there is goes on while the window comes up. */
  readonly left: Promise<AppInfo['left']>;
  readonly setTheme: (theme: 'light' | 'dark' | 'system') => void;
  /** Gives the application menu the keys that the person has changed. */
  readonly setKeys: (changes: KeyChanges) => void;
  /** Opens a context menu over the window. */
  readonly popup: (request: ContextMenuRequest) => Promise<CommandId | undefined>;
  readonly retention: RecordingKeeper;
  /** Starts another engine in place of one that has ended. */
  readonly newEngine: () => Promise<CommandResult>;
  readonly exchange: ExchangeHandlers;
  readonly writing: ScenarioHandlers;
  readonly copying: CopyHandlers;
  readonly about: AboutHandlers;
  /** Asks the person for a file whose bytes are to be sent. */
  readonly chooseBody: () => Promise<string | undefined>;
  /** Asks the person, outside the page, whether other machines may reach a server. */
  readonly mayServe: (urlPrefix: string) => Promise<boolean>;
}

/** What records other programs, where that can be done. */
export interface OthersCommander {
  run(command: OthersCommand): Promise<CommandResult>;
  /** The command lines that a person would give. */
  toType(plan: OthersPlan): OthersCommands;
}

/** What opens, closes and magnifies windows; the one that asks is its own. */
export interface WindowCommander {
  run(command: WindowCommand): CommandResult;
}

/** Knows how many recordings stay on the disk. */
export interface RecordingKeeper {
  readonly answer: Retention;
  keep(count: number): Retention;
}

/** What answers the bridge, one function a method. Arguments come from the window and are believed only once checked. */
export interface Handlers extends ExchangeHandlers, CopyHandlers, ScenarioHandlers, AboutHandlers, ComposeHandlers {
  info(): Promise<AppInfo>;
  snapshot(): Update;
  run(command: unknown): Promise<CommandResult>;
  timeline(query: unknown): Result<TimelineAnswer, InspectorError>;
  events(query: unknown): Result<EventPage, InspectorError>;
  details(target: unknown): Result<Details, InspectorError>;
  httpExchange(query: unknown): Result<ExchangeAnswer, InspectorError>;
  findings(): FindingsAnswer;
  sweep(): SweepAnswer | undefined;
  gallery(): Promise<readonly GalleryEntry[]>;
  recent(): Promise<readonly RecentRecording[]>;
  othersCommands(plan: unknown): Result<OthersCommands, InspectorError>;
  /** Heard by the preload and not by the page: a person dropped a file. */
  dropped(path: unknown): Result<undefined, InspectorError>;
  setTheme(theme: unknown): Result<undefined, InspectorError>;
  setKeys(changes: unknown): Result<undefined, InspectorError>;
  retention(): Retention;
  setRetention(count: unknown): Result<Retention, InspectorError>;
  contextMenu(request: unknown): Promise<Result<CommandId | undefined, InspectorError>>;
}

export function createHandlers({ desk, commands, others, windows, updates, gallery, recent, sweep, info, left, setTheme, setKeys, popup, newEngine, retention, exchange, writing, copying, about, chooseBody, mayServe }: HandlerParts): Handlers {
  const offered = new OfferedFiles();
  const exchanges = new ExchangeReader();
  return {
    ...exchange,
    ...writing,
    ...copying,
    ...about,
    ...createComposeHandlers({ desk, commands, chooseBody }),
    info: async () => {
      const found = await left;
      for (const { file } of found) offered.offer(file);
      return { ...info, left: found };
    },
    snapshot: () => updates.snapshot(),
    run: async (input) => {
      const command = parse(COMMAND_SCHEMA, input);
      if (!command.ok) return command;
      return await refusal(command.value, offered, mayServe) ?? run(command.value, { desk, commands, others, windows, newEngine });
    },
    timeline: (input) => {
      const query = parse(TIMELINE_SCHEMA, input);
      return query.ok ? ok(desk.shown.trace.timeline(query.value)) : query;
    },
    events: (input) => {
      const query = parse(EVENTS_SCHEMA, input);
      if (!query.ok) return query;
      const severities = /severity:/i.test(query.value.text) ? severitiesOf(desk.shown.referee.answer(MOST_FINDINGS).findings) : undefined;
      return ok(desk.shown.trace.events({ ...query.value, handle: query.value.handle }, SEARCH_SLICE_MS, severities));
    },
    details: (input) => {
      const target = parse(DETAILS_SCHEMA, input);
      return target.ok ? detailsOf(desk.shown.trace, target.value, (request) => bodyOf(desk, commands, request)) : target;
    },
    httpExchange: (input) => {
      const query = parse(EXCHANGE_SCHEMA, input);
      return query.ok ? exchanges.answer(desk.shown.trace, query.value) : query;
    },
    findings: () => desk.shown.referee.answer(MOST_FINDINGS),
    sweep: () => {
      const answer = sweep();
      // Every cell opens its trace.
      for (const { cell } of answer?.sweep.rows ?? []) if (cell.kind === 'run' && cell.trace !== undefined) offered.offer(cell.trace);
      return answer;
    },
    gallery,
    othersCommands: (input) => {
      const plan = parse(OTHERS_PLAN_SCHEMA, input);
      return plan.ok ? ok(others.toType(plan.value)) : plan;
    },
    recent: async () => {
      const files = await recent();
      for (const { path } of files) offered.offer(path);
      return files;
    },
    dropped: (input) => {
      const path = parse(DROPPED_SCHEMA, input);
      if (!path.ok) return path;
      offered.offer(path.value);
      return ok(undefined);
    },
    setTheme: (input) => {
      const theme = parse(THEME_SCHEMA, input);
      if (!theme.ok) return theme;
      setTheme(theme.value);
      return ok(undefined);
    },
    retention: () => retention.answer,
    setRetention: (input) => {
      const count = parse(RETENTION_SCHEMA, input);
      return count.ok ? ok(retention.keep(count.value)) : count;
    },
    contextMenu: async (input) => {
      const request = parse(CONTEXT_MENU_SCHEMA, input);
      if (!request.ok) return request;
      const { groups, x, y } = request.value;
      return ok(await popup({ x, y, groups: groups.map((group) => group.map(({ id, off }) => ({ id, off }))) }));
    },
    setKeys: (input) => {
      const changes = parse(KEYS_SCHEMA, input);
      if (!changes.ok) return changes;
      setKeys(changes.value);
      return ok(undefined);
    },
  };
}

/** The worst severity of the findings that name each event; what is muted is not told. */
function severitiesOf(findings: readonly Finding[]): ReadonlyMap<Seq, Severity> {
  const severities = new Map<Seq, Severity>();
  for (const { events, severity, muted } of findings) {
    if (muted !== undefined) continue;
    for (const event of events) if (reaches(severity, severities.get(event) ?? severity)) severities.set(event, severity);
  }
  return severities;
}

/** What the page may not do by itself, however well it is written down; undefined when it may. */
async function refusal(command: v.InferOutput<typeof COMMAND_SCHEMA>, offered: OfferedFiles, mayServe: HandlerParts['mayServe']): Promise<CommandResult | undefined> {
  if (command.kind === 'open-file' && command.path !== undefined && !offered.has(command.path)) {
    return err({ kind: 'file', message: 'The window may open by name only what it was offered. Choose the file with File, Open.' });
  }
  if (command.kind === 'open-server' && !isLoopbackPrefix(command.urlPrefix) && !await mayServe(command.urlPrefix)) {
    return err({ kind: 'invalid-argument', issues: [{ field: 'urlPrefix', message: 'is not of this machine alone, and that was not confirmed; nothing was opened. Use localhost to serve only programs that run here' }] });
  }
  return undefined;
}

/** A received body is not kept in a file. */
export function bodyOf(desk: Desk, commands: CommandRunner, request: HandleId): Uint8Array {
  return desk.isLive ? commands.servers.bodyOf(request) : new Uint8Array();
}

async function run(command: v.InferOutput<typeof COMMAND_SCHEMA>, { desk, commands, others, windows, newEngine }: Pick<HandlerParts, 'desk' | 'commands' | 'others' | 'windows' | 'newEngine'>): Promise<CommandResult> {
  switch (command.kind) {
    case 'new-engine': return newEngine();
    case 'new-window': case 'close-window': case 'magnify': return windows.run(command);
    case 'record-others': case 'stop-recording-others': case 'service-state': case 'dismiss-others': return others.run(command);
    case 'open-file': return desk.run({ kind: 'open-file', path: command.path });
    case 'stop-opening': case 'save-file': case 'close-file': case 'annotate': case 'remove-annotation': return desk.run(command);
    case 'stop-scenario': case 'control-scenario': case 'break-scenario': case 'run-sweep': case 'stop-sweep': return commands.run(command);
    case 'open-client': case 'open-server': case 'set-answer-rules': case 'respond': case 'cancel': case 'close': case 'run-scenario': case 'begin-anew':
      // The ids of a file are not those of the live recording: a close would hit another handle.
      if (!desk.isLive) return err({ kind: 'stale-handle', message: 'A session file is shown, and its handles are gone. Go back to the live recording first.' });
      return commands.run(command);
    default: return assertUnreachable(command);
  }
}
