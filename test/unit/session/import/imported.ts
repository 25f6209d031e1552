import { EtwReader } from '../../../../electron/session/import/etw/etw-reader';
import type { ReadCounts, TraceReader } from '../../../../electron/session/import/trace-reader';
import { Referee } from '../../../../electron/rules/referee';
import { Trace } from '../../../../electron/trace/trace';
import type { NewEvent } from '../../../../preload/contract/event';
import { handleId, seq, type HandleId } from '../../../../preload/contract/ids';
import { SPAN_KINDS } from '../../../../preload/contract/query';

/** What a reader made of a text, folded as every trace is. */
export interface ReadTrace {
  readonly trace: Trace;
  readonly referee: Referee;
  readonly events: readonly NewEvent[];
  readonly counts: ReadCounts;
  readonly refusal: string | undefined;
}

/** Reads a text in pieces of a size that cuts through everything. */
export function readText(make: (emit: (event: NewEvent) => void) => TraceReader, text: string, piece = 61): ReadTrace {
  const trace = new Trace(() => 0);
  const referee = new Referee(trace);
  const events: NewEvent[] = [];
  const reader = make((event) => {
    events.push(event);
    trace.append(event);
  });
  let refusal: string | undefined;
  for (let at = 0; at < text.length && refusal === undefined; at += piece) refusal = reader.write(text.slice(at, at + piece));
  refusal ??= reader.end();
  return { trace, referee, events, counts: reader.counts, refusal };
}

export const readXml = (text: string, piece?: number): ReadTrace => readText((emit) => new EtwReader('xml', emit), text, piece);
export const readCsv = (text: string, piece?: number): ReadTrace => readText((emit) => new EtwReader('csv', emit), text, piece);

/** The tree as lines, indented by depth: "request GET / [closed]". */
export function treeLines({ tree }: Trace): readonly string[] {
  const line = (id: HandleId, depth: number): readonly string[] => {
    const node = tree.get(id);
    if (node === undefined) return [];
    const detail = node.detail === '' ? '' : ` (${node.detail})`;
    return [`${'  '.repeat(depth)}${node.kind} ${node.label}${detail}${node.state === 'open' ? '' : ` [${node.state}]`}`, ...tree.childrenOf(id).flatMap((child) => line(child, depth + 1))];
  };
  return [...tree.all()].filter(({ parent }) => parent === undefined).flatMap(({ id }) => line(id, 0));
}

/** The spans of the first node with a label, the life of it left out: "connect a.test 12–30". */
export function spanLines(trace: Trace, label: string): readonly string[] {
  const node = [...trace.tree.all()].find((one) => one.label === label);
  if (node === undefined) return [`no node “${label}”`];
  const { spans, strings } = trace.timeline({ from: -1, to: trace.log.length === 0 ? 0 : trace.log.timeAt(seq(trace.log.length - 1)) + 1, pixels: 1e6, lanes: [handleId(node.id)] });
  return Array.from(spans.kind, (kind, at) => ({
    kind: SPAN_KINDS[kind], words: `${strings[spans.label[at] ?? 0] ?? ''} ${round(spans.start[at])}–${round(spans.end[at])}${spans.bad[at] === 1 ? ' bad' : ''}`,
  })).filter(({ kind }) => kind !== 'life' && kind !== 'received').map(({ kind, words }) => `${kind}: ${words}`);
}

function round(time: number | undefined): number {
  return Math.round((time ?? Number.NaN) * 1000) / 1000;
}
