import { EventBlockBuilder, EVENT_KINDS, NO_LINK, type BlockRow } from '../trace/event-block';
import { WRITTEN_CHARACTERS, WRITTEN_ROWS, type SessionPart } from './format';
import { noteRow } from './event-row';

/** Longer lines are no events but an attack on memory, in characters. */
const LONGEST_LINE = 16 * 1024 * 1024;

/** The lines of a text, bounded in length. @throws Error when the text cannot be read on, or a line is too long */
export async function* eventLines(text: AsyncIterable<Buffer | string>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of text) {
    rest += typeof piece === 'string' ? piece : decoder.decode(piece, { stream: true });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
    if (rest.length > LONGEST_LINE) throw new Error(`A line is longer than ${LONGEST_LINE} characters`);
  }
  if (rest !== '') yield rest;
}

/**
 * Events that are told as lines of JSON, as blocks.
 * @param close frees the lines' source
 * @returns `first`: the place of the first event, which is not 0 where older ones had been dropped
 */
export async function sourceOfLines(lines: AsyncIterator<string>, close: () => void): Promise<{ readonly first: number; readonly parts: AsyncGenerator<SessionPart> }> {
  const begin = await lines.next().catch((): undefined => undefined);
  const line = begin === undefined || begin.done === true ? undefined : begin.value;
  const first = line === undefined ? 0 : rowOfLine(line)?.seq ?? 0;
  return { first, parts: blocksOf(line, lines, first, close) };
}

async function* blocksOf(line: string | undefined, rest: AsyncIterator<string>, begin: number, close: () => void): AsyncGenerator<SessionPart> {
  const builder = new EventBlockBuilder(WRITTEN_ROWS, WRITTEN_CHARACTERS);
  let [first, invalid, time] = [begin, 0, 0];
  const taken = (): SessionPart => {
    const block = builder.take();
    const part: SessionPart = { kind: 'events', first, block, invalid };
    first += block.kinds.length;
    invalid = 0;
    return part;
  };
  const add = (text: string): void => {
    const row = rowOfLine(text);
    if (row === undefined) invalid += 1;
    else ({ time } = row);
    builder.add(row ?? noteRow(time, 'What stood here in the file is no event and was left out.'));
  };
  try {
    if (line !== undefined) add(line);
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
      add(next.value);
      if (builder.full) yield taken();
    }
    if (builder.length > 0) yield taken();
    yield { kind: 'end' };
  } catch (failure) {
    // The text ends before its end: what came so far was whole.
    if (builder.length > 0) yield taken();
    yield { kind: 'damage', what: failure instanceof Error ? failure.message : String(failure) };
  } finally {
    close();
  }
}

const IN_COLUMNS: ReadonlySet<string> = new Set(['kind', 'seq', 'time', 'thread', 'handle', 'call', 'completes', 'inCallback', 'callback']);

function rowOfLine(line: string): (BlockRow & { readonly seq: number }) | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const found = new Map<string, unknown>(Object.entries(value));
  const kind = EVENT_KINDS.findIndex((name) => name === found.get('kind'));
  const time = found.get('time');
  if (kind < 0 || typeof time !== 'number' || !Number.isFinite(time)) return undefined;
  const link = found.get('call') ?? found.get('completes') ?? found.get('inCallback') ?? found.get('callback');
  return {
    seq: whole(found.get('seq')) ?? 0, time, kind, handle: whole(found.get('handle')) ?? 0, thread: whole(found.get('thread')) ?? 0, link: whole(link) ?? NO_LINK,
    payload: JSON.stringify(Object.fromEntries([...found].filter(([name]) => !IN_COLUMNS.has(name)))),
  };
}

function whole(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0xffffffff ? value : undefined;
}
