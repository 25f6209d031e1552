import path from 'node:path';
import { parseArgs } from 'node:util';
import { EXPORT_FORMAT_INFO, EXPORT_FORMATS, type ExportFormat } from '../../../preload/contract/export';
import { parseFilter } from '../../../preload/contract/filter/parse-filter';
import { err, ok, type Result } from '../../../preload/contract/result';
import { seq } from '../../../preload/contract/ids';
import { Trace } from '../../trace/trace';
import { SESSION_EXTENSION } from '../format';
import { loadInto } from '../load';
import { saveSession } from '../save';
import { EVERY_EVENT, type ExportSource } from './export-source';
import { exportPieces } from './record-formats';
import { writeExport } from './write-export';

/** What the command needs of the world around it. */
export interface ConvertWorld {
  readonly out: (line: string) => void;
  readonly problem: (line: string) => void;
  /** Version of the application, for the formats that name what wrote them. */
  readonly version: string;
  readonly signal?: AbortSignal;
}

export const CONVERT_USAGE = `hinspector convert IN OUT [--to ${EXPORT_FORMATS.join('|')}] [--filter TEXT]

  IN        a recorded session (.hinspect), a journal, or what another program wrote: XML or CSV of tracerpt, HAR, NetLog,
            the text of netsh http show servicestate
  OUT       the file to write; .hinspect writes a session file, - writes to the standard output
  --to      the format, where OUT's extension does not say it
${EXPORT_FORMATS.map((format) => `            ${format.padEnd(13)} ${EXPORT_FORMAT_INFO[format].purpose}`).join('\n')}
  --filter  only events that the filter of the window lets through: text, or fn: error: dur>100ms … (${EXPORT_FORMATS.filter((format) => EXPORT_FORMAT_INFO[format].filtered).join(', ')})`;

interface ConvertArguments {
  readonly from: string;
  readonly to: string;
  /** Undefined for the session file itself. */
  readonly format: ExportFormat | undefined;
  readonly filter: string;
}

/** `hinspector convert`: 0 when the file is written, 2 for bad usage, a file that is no recording or one that cannot be written. */
export async function convertCommand(argv: readonly string[], world: ConvertWorld): Promise<number> {
  const args = readArguments(argv);
  if (!args.ok) {
    world.problem(`${args.error}\n\n${CONVERT_USAGE}`);
    return 2;
  }
  const { from, to, format, filter } = args.value;
  if (format === undefined) return saveAgain(from, to, world);
  const source = await openSource(from, world.version);
  if (!source.ok) {
    world.problem(source.error);
    return 2;
  }
  const pieces = exportPieces(format, source.value, { ...EVERY_EVENT, text: filter });
  if (to === '-') {
    // The line's own end is the writer's to add.
    let text = '';
    for (const piece of pieces) text += piece;
    world.out(text.replace(/\n$/, ''));
    return 0;
  }
  const written = await writeExport(pieces, to, world.signal);
  if (written.ok) return 0;
  world.problem(written.error.kind === 'cancelled' ? `${to} was not written: it was stopped.` : written.error.message);
  return 2;
}

/** A file of another program, or of an older version, as a session file: with its notes, and with the time at which it had ended. */
async function saveAgain(from: string, to: string, { problem, signal }: ConvertWorld): Promise<number> {
  const trace = new Trace();
  const loaded = await loadInto(trace, from, signal === undefined ? {} : { signal });
  if (!loaded.ok) {
    problem(loaded.error);
    return 2;
  }
  const { application, engine, savedAt } = loaded.value.header;
  const written = await saveSession(trace, to, { application, engine, savedAt }, signal === undefined ? {} : { signal });
  if (!written.ok) problem(written.error);
  return written.ok ? 0 : 2;
}

/** A recording as exports read it. */
export async function openSource(file: string, application: string): Promise<Result<ExportSource, string>> {
  const trace = new Trace();
  const loaded = await loadInto(trace, file);
  if (!loaded.ok) return loaded;
  const { length: end, first } = trace.log;
  // The file says when it was saved, which is when the recording had ended.
  const saved = Date.parse(loaded.value.header.savedAt);
  return ok({ trace, end, startedAt: saved - (end > first ? trace.log.timeAt(seq(end - 1)) : 0), application });
}

function readArguments(argv: readonly string[]): Result<ConvertArguments, string> {
  let parsed;
  try {
    parsed = parseArgs({ args: [...argv], allowPositionals: true, options: { to: { type: 'string' }, filter: { type: 'string' } } });
  } catch (error) {
    // node:util throws for an unknown option; its message names it.
    return err(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  const [from, to, ...more] = positionals;
  if (from === undefined || to === undefined || more.length > 0) return err('convert needs a recording and the file to write.');
  const filter = values.filter ?? '';
  const read = parseFilter(filter);
  if (!read.ok) return err(`--filter ${filter}: ${read.error.message}`);
  if (values.to === undefined && to.toLowerCase().endsWith(SESSION_EXTENSION)) {
    return filter === '' ? ok({ from, to, format: undefined, filter }) : err('--filter chooses rows of the event list: a session file has all of them.');
  }
  const format = formatOf(to, values.to);
  if (!format.ok) return format;
  if (filter !== '' && !EXPORT_FORMAT_INFO[format.value].filtered) return err(`--filter chooses rows of the event list: ${format.value} has none. It goes with ${EXPORT_FORMATS.filter((one) => EXPORT_FORMAT_INFO[one].filtered).join(' and ')}.`);
  return ok({ from, to, format: format.value, filter });
}

function formatOf(to: string, asked: string | undefined): Result<ExportFormat, string> {
  const named = EXPORT_FORMATS.find((one) => one === asked);
  if (named !== undefined) return ok(named);
  if (asked !== undefined) return err(`There is no format "${asked}". The formats: ${EXPORT_FORMATS.join(', ')}.`);
  const name = path.basename(to).toLowerCase();
  const found = EXPORT_FORMATS.find((one) => EXPORT_FORMAT_INFO[one].extensions.some((extension) => name.endsWith(`.${extension}`)));
  return found === undefined ? err(`The name ${to} does not say which format is wanted: say it with --to ${EXPORT_FORMATS.join('|')}.`) : ok(found);
}
