import type { Filter, FilterTerm } from '../../../preload/contract/filter/filter';
import { parseFilter } from '../../../preload/contract/filter/parse-filter';
import { quoted } from '../../../preload/contract/filter/quoted';

/** A filter as it would be written: reading it gives the same filter. */
export function printFilter(filter: Filter): string {
  return filter.map((term) => `${term.negated ? '-' : ''}${printed(term)}`).join(' ');
}

function printed(term: FilterTerm): string {
  switch (term.kind) {
    case 'text': return needsQuotes(term) ? quoted(term.text) : term.text;
    case 'choice': return `${term.key}:${term.values.map((value) => (/^[^\s",]+$/.test(value) ? value : quoted(value))).join(',')}`;
    case 'measure': return `${term.key}${term.comparison}${decimal(term.value)}`;
  }
}

/** Whether the text would be read as something else than itself. */
function needsQuotes({ text, negated }: Extract<FilterTerm, { readonly kind: 'text' }>): boolean {
  if (text === '' || text.startsWith('"') || (!negated && text.startsWith('-')) || text === '-') return true;
  const read = parseFilter(negated ? `-${text}` : text);
  const [only, ...more] = read.ok ? read.value : [];
  return only === undefined || more.length > 0 || only.kind !== 'text' || only.text !== text || only.negated !== negated;
}

/** Digits without an exponent, which the language does not have. */
function decimal(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(value < 1 ? 20 : 0) : text;
}
