import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { MOST_ANNOTATIONS, type AnnotationDraft } from '../../../preload/contract/annotation';
import type { CommandDone, CommandResult, SessionCommand } from '../../../preload/contract/command';
import type { InspectorError } from '../../../preload/contract/errors';
import { seq } from '../../../preload/contract/ids';
import { assertUnreachable, err, ok, type Result } from '../../../preload/contract/result';
import type { Opening, ShownRecording } from '../../../preload/contract/session';
import type { Referee } from '../../rules/referee';
import { RULE_IDS } from '../../rules/rules';
import { Trace } from '../../trace/trace';
import { SESSION_EXTENSION, type SessionHeader } from '../format';
import { loadInto } from '../load';
import { saveSession, type SavedBy } from '../save';
import type { ImportRunner, LoadedCounts } from '../loaded';
import { LateReferee } from './late-referee';
import { SavedMarks } from './saved-marks';

/** What the desk asks of the window's system. */
export interface DeskWorld {
  /** The file that the person chose to open. */
  readonly chooseOpen: () => Promise<string | undefined>;
  /** Where the person wants it saved. @param suggested a path or a name */
  readonly chooseSave: (suggested: string) => Promise<string | undefined>;
  /** What is to become of notes that no file holds. */
  readonly askUnsaved: (name: string) => Promise<'save' | 'discard' | 'cancel'>;
  /** A file was opened or saved: it is to be offered again. */
  readonly remember: (file: string) => void;
  /** Where files of other programs are read. */
  readonly runImport?: ImportRunner;
}

/** A recording that can be looked at. */
export interface Recording {
  readonly trace: Trace;
  readonly referee: Referee;
  readonly by: SavedBy;
}

interface OpenedFile extends Recording {
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly path: string;
  readonly problems: readonly string[];
  readonly rules: LateReferee;
}

/**
 * The recordings that lie before the person in one window: the live one, which goes on whatever is looked at, and beside it
 * one file that can be read and annotated. Every window has a desk, and the live recording lies on all of them. A file never takes the live one's place in memory, so opening one cannot lose anything.
 */
export class Desk {
  private epoch = 0;
  private opened: OpenedFile | undefined;
  private current: Opening | undefined;
  private stop: AbortController | undefined;
  /** When the live recording began, in milliseconds since 1970. */
  private began: number;
  private readonly listeners = new Set<() => void>();
  private readonly stopListening: readonly (() => void)[];

  /** @param saved what of the recordings is in files; one for all the desks that the live recording lies on */
  constructor(readonly live: Recording, private readonly world: DeskWorld, private readonly saved = new SavedMarks()) {
    this.began = Date.now() - live.trace.now();
    this.stopListening = [live.trace.annotations.listen(() => this.tell()), saved.listen(() => this.tell()), live.trace.onBeginAnew(() => this.beginAnew())];
  }

  /** Its window is gone: nothing more is read, looked at or told. */
  dispose(): void {
    for (const stop of this.stopListening) stop();
    this.listeners.clear();
    this.stop?.abort();
    this.opened?.rules.stop();
  }

  /** What is shown now. */
  get shown(): Recording {
    return this.opened ?? this.live;
  }

  get isLive(): boolean {
    return this.opened === undefined;
  }

  get opening(): Opening | undefined {
    return this.current;
  }

  state(): ShownRecording {
    const { opened } = this;
    return {
      epoch: this.epoch, startedAt: opened?.startedAt ?? this.began, unsaved: this.isUnsaved(this.shown),
      file: opened === undefined ? undefined : { path: opened.path, name: path.basename(opened.path), problems: opened.problems, checked: opened.rules.part },
    };
  }

  /** Told whenever what is shown, its annotations or the reading of a file has changed. */
  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async run(command: SessionCommand): Promise<CommandResult> {
    switch (command.kind) {
      case 'open-file': return this.open(command.path);
      case 'stop-opening':
        this.stop?.abort();
        return done('The file is not opened.');
      case 'save-file': return this.save();
      case 'close-file': return this.close();
      case 'annotate': return this.annotate(command.annotation, command.id);
      case 'remove-annotation':
        return this.shown.trace.annotations.remove(command.id) ? done('Removed.') : failed('It is gone already.');
      default: return assertUnreachable(command);
    }
  }

  /** Shows a file. What is shown before stays until the file has been read, and when it cannot be. */
  async open(asked: string | undefined): Promise<CommandResult> {
    const chosen = asked ?? await this.world.chooseOpen();
    if (chosen === undefined) return stopped();
    const left = await this.leaveFile();
    if (!left.ok) return left;
    // The newest wish counts.
    this.stop?.abort();
    const stop = new AbortController();
    this.stop = stop;
    const name = path.basename(chosen);
    this.progress({ name, part: 0, events: 0 });
    // Its time stands still: nothing comes after what was recorded.
    const trace = new Trace(() => 0);
    const loaded = await loadInto(trace, chosen, { ...(this.world.runImport === undefined ? {} : { runImport: this.world.runImport }), signal: stop.signal, onProgress: (part, events) => { if (this.stop === stop) this.progress({ name, part, events }); } });
    if (this.stop === stop) {
      this.stop = undefined;
      this.progress(undefined);
    }
    if (stop.signal.aborted) return stopped();
    if (!loaded.ok) return failed(loaded.error);
    const { header, ...counts } = loaded.value;
    const rules = new LateReferee(trace);
    const opened: OpenedFile = {
      trace, rules, referee: rules.referee, by: { application: header.application, engine: header.engine },
      path: chosen, problems: problemsOf(counts), startedAt: startOf(header, trace),
    };
    trace.annotations.listen(() => this.tell());
    this.saved.set(trace, { annotations: trace.annotations.all, events: trace.log.length });
    this.show(opened);
    this.world.remember(chosen);
    void rules.run(() => { if (this.opened === opened) this.tell(); });
    return done([`${name}: ${counts.events.toLocaleString('en')} events.`, ...opened.problems].join(' '));
  }

  /** Back to the live recording. */
  async close(): Promise<CommandResult> {
    const left = await this.leaveFile();
    if (!left.ok) return left;
    if (this.opened !== undefined) this.show(undefined);
    return done('The live recording is shown.');
  }

  /** Whether the app may leave: notes on a file that no file holds are asked about. */
  async mayLeave(): Promise<boolean> {
    return (await this.leaveFile()).ok;
  }

  async save(): Promise<CommandResult> {
    const recording = this.shown;
    const suggested = this.opened?.path.replace(/\.[^.\\/]*$/, SESSION_EXTENSION) ?? `recording-${stamp(new Date())}${SESSION_EXTENSION}`;
    const chosen = await this.world.chooseSave(suggested);
    if (chosen === undefined) return stopped();
    const file = chosen.toLowerCase().endsWith(SESSION_EXTENSION) ? chosen : `${chosen}${SESSION_EXTENSION}`;
    const annotations = recording.trace.annotations.all;
    const events = recording.trace.log.length;
    const written = await saveSession(recording.trace, file, { ...recording.by, startedAt: new Date(this.state().startedAt).toISOString() }, { annotations });
    if (!written.ok) return failed(written.error);
    this.saved.set(recording.trace, { annotations, events });
    this.world.remember(file);
    return done(`${path.basename(file)}: ${written.value.events.toLocaleString('en')} events saved.`);
  }

  private annotate(draft: AnnotationDraft, id: string | undefined): CommandResult {
    const { annotations } = this.shown.trace;
    if (annotations.full && id === undefined) return failed(`A recording holds ${MOST_ANNOTATIONS.toLocaleString('en')} notes, bookmarks and mutes at most: take some away first.`);
    if (id !== undefined && !annotations.all.some((known) => known.id === id)) return failed('It is gone already.');
    const handle = draft.kind === 'note' && draft.place.kind === 'handle' ? draft.place.handle : draft.kind === 'mute' ? draft.handle : undefined;
    if (handle !== undefined && this.shown.trace.tree.get(handle) === undefined) return failed(`There is no handle #${handle}.`);
    if (draft.kind === 'mute' && !RULE_IDS.includes(draft.rule)) return failed(`There is no rule “${draft.rule}”.`);
    annotations.add({ ...draft, id: id ?? randomUUID(), writtenAt: new Date().toISOString() });
    if (draft.kind === 'mute') return done(`${draft.rule} is muted${draft.handle === undefined ? '' : ` for handle #${draft.handle}`}: ${draft.reason}`);
    return done(`The ${draft.kind} was ${id === undefined ? 'written' : 'changed'}.`);
  }

  private async leaveFile(): Promise<Result<undefined, InspectorError>> {
    const { opened } = this;
    if (opened === undefined || !this.isUnsaved(opened)) return ok(undefined);
    switch (await this.world.askUnsaved(path.basename(opened.path))) {
      case 'discard': return ok(undefined);
      case 'cancel': return stopped();
      case 'save': {
        const saved = await this.save();
        return saved.ok ? ok(undefined) : saved;
      }
    }
  }

  private isUnsaved(recording: Recording): boolean {
    const saved = this.saved.of(recording.trace);
    if (recording.trace.annotations.all !== (saved?.annotations ?? recording.trace.annotations.all)) return true;
    // The live one is in the journal; what is unsaved of it has no file that a person chose.
    return recording === this.live && recording.trace.log.length > Math.max(recording.trace.log.earlier, saved?.events ?? 0);
  }

  private show(opened: OpenedFile | undefined): void {
    this.opened?.rules.stop();
    this.opened = opened;
    this.epoch += 1;
    this.tell();
  }

  /** Whoever looks at the live recording is told all of it anew; whoever looks at a file, when it is closed. */
  private beginAnew(): void {
    this.began = Date.now() - this.live.trace.now();
    if (this.isLive) this.show(undefined);
  }

  private progress(opening: Opening | undefined): void {
    this.current = opening;
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

/** An older file says only when it was written: as soon as it had ended, as far as anybody knows. */
function startOf({ startedAt, savedAt }: SessionHeader, { log }: Trace): number {
  const began = startedAt === undefined ? Number.NaN : Date.parse(startedAt);
  if (!Number.isNaN(began)) return began;
  const saved = Date.parse(savedAt);
  return (Number.isNaN(saved) ? 0 : saved) - (log.length > log.first ? log.timeAt(seq(log.length - 1)) : 0);
}

function problemsOf({ truncated, lost, invalid, events }: LoadedCounts): readonly string[] {
  return [
    ...(truncated ? [`It ends before its end: ${events.toLocaleString('en')} events were recovered.`] : []),
    ...(lost > 0 ? [`${lost.toLocaleString('en')} events were in damaged parts and are lost.`] : []),
    ...(invalid > 0 ? [`${invalid.toLocaleString('en')} entries are no events and were left out.`] : []),
  ];
}

/** "2026-11-22-0341", by the clock on the wall. */
function stamp(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}-${two(date.getHours())}${two(date.getMinutes())}`;
}

function done(message: string): { readonly ok: true; readonly value: CommandDone } {
  return ok({ handle: undefined, message });
}

function failed(message: string): { readonly ok: false; readonly error: InspectorError } {
  return err({ kind: 'file', message });
}

function stopped(): { readonly ok: false; readonly error: InspectorError } {
  return err({ kind: 'stopped', message: 'Nothing was changed.' });
}
