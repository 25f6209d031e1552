import type { Finding, RuleInfo } from '../../../preload/contract/finding';
import { seq, type Seq } from '../../../preload/contract/ids';
import { explainEnd } from '../../inspector/explain';
import { eventRow } from '../../trace/event-rows';
import type { Trace } from '../../trace/trace';

/** Where a finding comes from: what a reader of a bug report asks first. */
export interface ReportedFrom {
  /** Version of the application. */
  readonly application: string;
  /** Engine.description, or the file that was opened. */
  readonly origin: string;
}

/** Events of the same handles shown before and after those that prove the finding. */
const BEFORE = 12;
const AFTER = 6;
/** Events looked at for them, on each side: a report costs no more in a long trace. */
const FARTHEST = 50_000;
/** Rows of the sequence: a finding may name any number of events. */
const MOST_ROWS = 60;

/**
 * A finding as Markdown (GitHub Flavored), to be pasted into a bug tracker: what is wrong, the events that prove it among
 * their neighbours, how the handle ended, what to do, and the page. What came from outside stands in code spans, where it
 * makes no link, no mention and no markup.
 */
export function findingMarkdown(trace: Trace, finding: Finding, rule: RuleInfo | undefined, from: ReportedFrom): string {
  const { severity, message, fix, page, provoked, standing } = finding;
  const said = [provoked ? 'The scenario does it on purpose.' : '', standing ? 'It stands as long as nothing more comes.' : ''].filter((part) => part !== '').join(' ');
  return [
    `## ${severity}: ${finding.rule}`, '',
    plain(message), '',
    ...(said === '' ? [] : [said, '']),
    ...(rule === undefined ? [] : [`**The rule:** ${plain(rule.says)}`, '']),
    `**What to do:** ${plain(fix)}`, '', `**The page:** <${page}>`, '',
    ...handleLines(trace, finding),
    ...sequence(trace, finding),
    ...explanation(trace, finding),
    `Hinspector ${plain(from.application)} · ${code(from.origin)}`, '',
  ].join('\n');
}

function handleLines(trace: Trace, { handles }: Finding): readonly string[] {
  const lines = handles.flatMap((id) => {
    const node = trace.tree.get(id);
    return node === undefined ? [] : [`- handle ${id}, ${node.kind}: ${code(node.label)} (${node.state}, value ${code(node.raw)})`];
  });
  return lines.length === 0 ? [] : ['### Handles', '', ...lines, ''];
}

function sequence(trace: Trace, finding: Finding): readonly string[] {
  const places = placesOf(trace, finding);
  if (places.length === 0) return [];
  const proof = new Set(finding.events);
  const shown = places.slice(0, MOST_ROWS);
  const rows = shown.map((place) => {
    const row = eventRow(trace.log.at(place), trace.tree);
    const cells = [proof.has(place) ? '**→**' : '', String(place), row.time.toFixed(3), String(row.thread), row.handle === undefined ? '' : String(row.handle), code(row.title), code(row.detail), code(row.result)];
    return `| ${cells.join(' | ')} |`;
  });
  const more = places.length - shown.length;
  return [
    '### Sequence', '', '|  | event | ms | thread | handle | what | details | result |', '|---|---:|---:|---:|---:|---|---|---|', ...rows, '',
    ...(more > 0 ? [`${more} more events of it are not shown.`, ''] : []),
  ];
}

/** The events that prove it, and their neighbours that are about the same handles. */
function placesOf({ log }: Trace, { events, handles }: Finding): readonly Seq[] {
  const proof = events.filter((place) => log.has(place));
  const [first, last] = [Math.min(...proof), Math.max(...proof)];
  if (proof.length === 0) return [];
  const about = new Set(handles);
  const isAbout = (index: number): boolean => {
    const handle = log.handleAt(seq(index));
    return handle !== undefined && about.has(handle);
  };
  const before: Seq[] = [];
  for (let index = first - 1; index >= Math.max(log.first, first - FARTHEST) && before.length < BEFORE; index -= 1) if (isAbout(index)) before.push(seq(index));
  const after: Seq[] = [];
  for (let index = last + 1; index < Math.min(log.length, last + FARTHEST) && after.length < AFTER; index += 1) if (isAbout(index)) after.push(seq(index));
  const proven = new Set<number>(proof);
  const between: Seq[] = [];
  for (let index = first; index <= last && between.length <= MOST_ROWS; index += 1) if (proven.has(index) || (last - first < FARTHEST && isAbout(index))) between.push(seq(index));
  return [...before.reverse(), ...between, ...after];
}

function explanation(trace: Trace, { handle }: Finding): readonly string[] {
  const node = handle === undefined ? undefined : trace.tree.get(handle);
  const steps = node === undefined ? [] : explainEnd(trace, node);
  if (node === undefined || steps.length === 0) return [];
  return [
    `### How handle ${node.id} ended`, '', '| after ms | observed | result | documented |', '|---:|---|---|---|',
    ...steps.map(({ offset, title, result, documented }) => `| ${offset === undefined ? '' : `+${offset.toFixed(3)}`} | ${code(title)} | ${code(result)} | ${plain(documented)} |`), '',
  ];
}

/** Text as it stands: what Markdown or a tracker would take for its own is escaped. */
function plain(text: string): string {
  return text.replace(/[\\`*[\]<>|~]/g, '\\$&').replace(/([#@])(?=[\w-])/g, '$1\u2060').replaceAll(/\r?\n/g, ' ');
}

/** A code span whose fence is longer than any run of backticks in it; a pipe would end the cell of a table even there. */
function code(text: string): string {
  const line = text.replaceAll(/[\r\n]+/g, ' ').trim();
  if (line === '') return '';
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${space}${line.replaceAll('|', '\\|')}${space}${fence}`;
}
