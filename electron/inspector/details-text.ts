import { dumpText, hexLines } from '../../preload/contract/hex-dump';
import { milliseconds } from '../../preload/contract/number-words';
import type { Details, ExplainedStep, Fact } from '../../preload/contract/query';

/** What the details pane shows, as lines to paste into a message: a title, then each section under its heading. */
export function detailsText(details: Details): string {
  const sections: string[] = [];
  const section = (title: string, lines: readonly string[]): void => { if (lines.length > 0) sections.push([title, ...lines].join('\n')); };
  if (details.kind === 'event') {
    const { event, title, facts, parameters, buffers, page, related, explained } = details;
    sections.push(`#${event.seq} ${title}`);
    section('Facts', factLines(facts));
    section('Parameters', factLines(parameters));
    section('What it did', stepLines(explained));
    for (const { name, hex, length } of buffers) section(`${name}, ${length} bytes${hex.length / 2 < length ? `, the first ${hex.length / 2} recorded` : ''}`, [dumpText(hexLines(hex, 16))]);
    section('Related', related.map(({ role, row }) => `  ${role}: #${row.seq} ${row.title} ${row.result}`.trimEnd()));
    section('Page', page === undefined ? [] : [page]);
  } else {
    const { node, facts, explained, stillOpen, message, page } = details;
    sections.push(`#${node.id} ${node.label}`);
    section('Facts', factLines(facts));
    section('How it ended', stepLines(explained));
    section('Why it is still open', stepLines(stillOpen));
    section('Message', message === undefined ? [] : [message]);
    section('Page', page === undefined ? [] : [page]);
  }
  return `${sections.join('\n\n')}\n`;
}

function factLines(facts: readonly Fact[]): readonly string[] {
  return facts.flatMap(({ name, value, meaning, parts = [] }) => [`  ${name}: ${value}${meaning === undefined || meaning === '' ? '' : ` (${meaning})`}`, ...factLines(parts).map((line) => `  ${line}`)]);
}

function stepLines(steps: readonly ExplainedStep[]): readonly string[] {
  return steps.map(({ offset, title, result, documented }) => `  ${offset === undefined ? 'waiting' : `+${milliseconds(offset)}`}  ${[title, result].filter((part) => part !== '').join(' ')}${documented === '' ? '' : `\n      ${documented}`}`);
}
