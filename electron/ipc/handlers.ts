import * as v from 'valibot';
import type { AppInfo } from '../../preload/contract/bridge';
import type { CommandResult } from '../../preload/contract/command';
import type { InspectorError } from '../../preload/contract/errors';
import type { FindingsAnswer } from '../../preload/contract/finding';
import type { Details, EventPage, TimelineAnswer } from '../../preload/contract/query';
import { err, ok, type Result } from '../../preload/contract/result';
import { COMMAND_SCHEMA, DETAILS_SCHEMA, EVENTS_SCHEMA, THEME_SCHEMA, TIMELINE_SCHEMA } from '../../preload/contract/schemas';
import type { SweepAnswer } from '../../preload/contract/sweep';
import type { GalleryEntry, Update } from '../../preload/contract/update';
import type { CommandRunner } from '../inspector/command-runner';
import { detailsOf } from '../inspector/details';
import type { Inspector } from '../inspector/inspector';
import type { UpdateStream } from './update-stream';

/** What a person can read; the rest is counted. */
const MOST_FINDINGS = 2000;

/** A search looks no longer than this at a time, in milliseconds: with the rows that a question asks for, callbacks are held up less than 4. */
const SEARCH_SLICE_MS = 2;

export interface HandlerParts {
  readonly inspector: Inspector;
  readonly commands: CommandRunner;
  readonly updates: UpdateStream;
  readonly gallery: () => readonly GalleryEntry[];
  readonly sweep: () => SweepAnswer | undefined;
  readonly info: AppInfo;
  readonly setTheme: (theme: 'light' | 'dark' | 'system') => void;
}

/** What answers the bridge, one function a method. Arguments come from the window and are believed only once checked. */
export interface Handlers {
  info(): AppInfo;
  snapshot(): Update;
  run(command: unknown): Promise<CommandResult>;
  timeline(query: unknown): Result<TimelineAnswer, InspectorError>;
  events(query: unknown): Result<EventPage, InspectorError>;
  details(target: unknown): Result<Details, InspectorError>;
  findings(): FindingsAnswer;
  sweep(): SweepAnswer | undefined;
  gallery(): readonly GalleryEntry[];
  setTheme(theme: unknown): void;
}

export function createHandlers({ inspector, commands, updates, gallery, sweep, info, setTheme }: HandlerParts): Handlers {
  return {
    info: () => info,
    snapshot: () => updates.snapshot(),
    run: async (input) => {
      const command = parse(COMMAND_SCHEMA, input);
      return command.ok ? commands.run(command.value) : command;
    },
    timeline: (input) => {
      const query = parse(TIMELINE_SCHEMA, input);
      return query.ok ? ok(inspector.trace.timeline(query.value)) : query;
    },
    events: (input) => {
      const query = parse(EVENTS_SCHEMA, input);
      return query.ok ? ok(inspector.trace.events({ ...query.value, handle: query.value.handle }, SEARCH_SLICE_MS)) : query;
    },
    details: (input) => {
      const target = parse(DETAILS_SCHEMA, input);
      return target.ok ? detailsOf(inspector.trace, target.value, (request) => commands.servers.bodyOf(request)) : target;
    },
    findings: () => inspector.referee.answer(MOST_FINDINGS),
    sweep,
    gallery,
    setTheme: (input) => {
      const theme = parse(THEME_SCHEMA, input);
      if (theme.ok) setTheme(theme.value);
    },
  };
}

function parse<S extends v.GenericSchema>(schema: S, input: unknown): Result<v.InferOutput<S>, InspectorError> {
  const parsed = v.safeParse(schema, input);
  if (parsed.success) return ok(parsed.output);
  return err({ kind: 'invalid-argument', issues: parsed.issues.map((issue) => ({ field: v.getDotPath(issue) ?? 'message', message: issue.message })) });
}
