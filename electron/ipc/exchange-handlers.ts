import path from 'node:path';
import { writeFile } from 'node:fs/promises';
import type { InspectorError } from '../../preload/contract/errors';
import type { CompareOutcome, DiffPage, ExchangeProgress, ExportOutcome, ExportRequest } from '../../preload/contract/exchange';
import { EXPORT_FORMAT_INFO, PICTURE_FORMAT_INFO } from '../../preload/contract/export';
import { ok, type Result } from '../../preload/contract/result';
import { DIFF_PAGE_SCHEMA, EXPORT_SCHEMA, FINDING_SCHEMA, NEXT_DIFFERENCE_SCHEMA } from '../../preload/contract/schemas';
import { RULES } from '../rules/rules';
import { findingMarkdown } from '../session/check/finding-markdown';
import type { Desk } from '../session/desk/desk';
import { Comparer } from '../session/diff/comparer';
import type { ImportRunner } from '../session/loaded';
import { exportPieces } from '../session/export/record-formats';
import { writeExport } from '../session/export/write-export';
import { parse } from './parse';

/** Where files come from and go to: asked of the person, by main. Undefined when the person thought better of it. */
export interface FileChoice {
  readonly save: (title: string, name: string, extensions: readonly string[]) => Promise<string | undefined>;
  readonly open: (title: string) => Promise<string | undefined>;
  /** A file of any kind. */
  readonly any: (title: string) => Promise<string | undefined>;
}

export interface ExchangeParts {
  /** What is exported and compared is what is shown. */
  readonly desk: Desk;
  readonly choose: FileChoice;
  readonly copyText: (text: string) => void;
  readonly progress: (progress: ExchangeProgress | undefined) => void;
  /** Version of the application. */
  readonly version: string;
  /** Where files of other programs are read. */
  readonly runImport?: ImportRunner;
}

/** What answers the part of the bridge that exchanges recordings with other programs and compares them. */
export interface ExchangeHandlers {
  exportAs(request: unknown): Promise<Result<ExportOutcome, InspectorError>>;
  stopExchange(): void;
  copyFinding(finding: unknown): Result<undefined, InspectorError>;
  compare(): Promise<CompareOutcome>;
  comparedRows(query: unknown): Result<DiffPage, InspectorError>;
  nextDifference(query: unknown): Result<number | undefined, InspectorError>;
}

const BUSY = 'Another file is being written or compared; stop that first.';

export function createExchangeHandlers({ desk, choose, copyText, progress, version, runImport }: ExchangeParts): ExchangeHandlers {
  let stop: AbortController | undefined;
  const comparer = new Comparer();
  /** One at a time: what is under way can be seen and stopped. */
  const alone = async <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | { readonly kind: 'failed'; readonly message: string }> => {
    if (stop !== undefined) return { kind: 'failed', message: BUSY };
    stop = new AbortController();
    try {
      return await work(stop.signal);
    } finally {
      stop = undefined;
      progress(undefined);
    }
  };
  const write = async (request: ExportRequest, signal: AbortSignal): Promise<ExportOutcome> => {
    const { title } = request.kind === 'picture' ? PICTURE_FORMAT_INFO[request.format] : EXPORT_FORMAT_INFO[request.format];
    const extensions = request.kind === 'picture' ? [request.format] : EXPORT_FORMAT_INFO[request.format].extensions;
    const file = await choose.save(`Export as ${title}`, `hinspector.${extensions[0] ?? ''}`, extensions);
    if (file === undefined) return { kind: 'cancelled' };
    const name = path.basename(file);
    const told = (part: number): void => progress({ title: `Writing ${name}`, part });
    if (request.kind === 'picture') return writePicture(file, request.bytes);
    const { trace } = desk.shown;
    const source = { trace, end: trace.log.length, startedAt: desk.state().startedAt, application: version };
    const pieces = exportPieces(request.format, source, { text: request.text, handle: request.handle }, (done, total) => told(total === 0 ? 1 : done / total));
    const written = await writeExport(pieces, file, signal);
    return written.ok ? { kind: 'written', name } : written.error;
  };
  return {
    exportAs: async (input) => {
      const request = parse(EXPORT_SCHEMA, input, 'bytes');
      if (!request.ok) return request;
      const { value } = request;
      return ok(await alone((signal) => write(value.kind === 'record' ? { ...value, handle: value.handle } : value, signal)));
    },
    stopExchange: () => stop?.abort(),
    copyFinding: (input) => {
      const name = parse(FINDING_SCHEMA, input);
      if (!name.ok) return name;
      const found = desk.shown.referee.all(!desk.isLive, desk.shown.trace.now()).find(({ rule, events }) => rule === name.value.rule && events[0] === name.value.event);
      if (found === undefined) return { ok: false, error: { kind: 'stale-handle', message: 'The finding no longer stands: what it waited for has come.' } };
      copyText(findingMarkdown(desk.shown.trace, found, RULES.find(({ id }) => id === found.rule), { application: version, origin: desk.state().file?.name ?? desk.shown.by.engine.description }));
      return ok(undefined);
    },
    compare: () => alone(async (signal): Promise<CompareOutcome> => {
      const file = await choose.open('Compare with a recording');
      if (file === undefined) return { kind: 'cancelled' };
      const title = `Comparing with ${path.basename(file)}`;
      const { trace, referee } = desk.shown;
      const compared = await comparer.compare({ trace, end: trace.log.length, findings: referee.all(true, trace.now()) }, file, {
        signal, onProgress: (part) => progress({ title, part }), ...(runImport === undefined ? {} : { load: { runImport } }),
      });
      if (!compared.ok) return signal.aborted ? { kind: 'cancelled' } : { kind: 'failed', message: compared.error };
      return { kind: 'compared', comparison: { a: desk.state().file?.name ?? 'This recording', b: path.basename(file), summary: compared.value } };
    }),
    comparedRows: (input) => {
      const query = parse(DIFF_PAGE_SCHEMA, input);
      return query.ok ? ok(comparer.page(query.value)) : query;
    },
    nextDifference: (input) => {
      const query = parse(NEXT_DIFFERENCE_SCHEMA, input);
      return query.ok ? ok(comparer.next(query.value)) : query;
    },
  };
}

async function writePicture(file: string, bytes: Uint8Array): Promise<ExportOutcome> {
  try {
    await writeFile(file, bytes);
    return { kind: 'written', name: path.basename(file) };
  } catch (failure) {
    return { kind: 'failed', message: `${file} could not be written: ${failure instanceof Error ? failure.message : String(failure)}` };
  }
}
