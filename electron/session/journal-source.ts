import type { Annotation } from '../../preload/contract/annotation';
import { ok, type Result } from '../../preload/contract/result';
import { openJournalFile } from '../trace/journal/journal-reader';
import { sourceOfLines } from './event-lines';
import { FORMAT_NAME, type SessionHeader, type SessionPart, type SessionSource } from './format';
import { parseAnnotations } from './session-schemas';

/** A journal as a session: what is written while it is recorded, for the case that nobody lives to save it. */
export async function openJournal(file: string): Promise<Result<SessionSource, string>> {
  const journal = await openJournalFile(file);
  if (!journal.ok) return journal;
  const { head, lines, size, read, close } = journal.value;
  const added = new AddedLines(lines());
  const source = await sourceOfLines(added, () => void close());
  const header: SessionHeader = {
    format: FORMAT_NAME, version: 1, application: head.application, engine: head.engine, savedAt: head.startedAt, startedAt: head.startedAt, first: source.first, earlier: source.first, events: undefined, kinds: [], constants: {},
  };
  return ok({ header, parts: withAnnotations(source.parts, added), progress: () => ({ read: read(), size }) });
}

async function* withAnnotations(parts: AsyncGenerator<SessionPart>, added: AddedLines): AsyncGenerator<SessionPart> {
  yield* parts;
  yield { kind: 'annotations', annotations: added.annotations };
}

const ANNOTATIONS = '{"annotations":';

/** The lines of a journal without those that tell what people added, of which it keeps the last. */
class AddedLines implements AsyncIterator<string> {
  annotations: readonly Annotation[] = [];

  constructor(private readonly lines: AsyncGenerator<string>) {}

  async next(): Promise<IteratorResult<string, undefined>> {
    for (;;) {
      const line = await this.lines.next();
      if (line.done === true) return { done: true, value: undefined };
      if (!line.value.startsWith(ANNOTATIONS)) return line;
      this.annotations = annotationsOf(line.value) ?? this.annotations;
    }
  }
}

function annotationsOf(line: string): readonly Annotation[] | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'annotations' in value ? parseAnnotations(value.annotations) : undefined;
  } catch {
    return undefined;
  }
}
