import type { Comparison, Filter, FilterTerm } from './filter';
import { quoted } from './quoted';

/** What a filter lets through, as a sentence. */
export function explainFilter(filter: Filter): string {
  if (filter.length === 0) return 'Everything is shown.';
  return `Shows what ${filter.map((term, index) => `${index === 0 ? '' : term.negated ? 'but ' : 'and '}${explained(term)}`).join(', ')}.`;
}

function explained(term: FilterTerm): string {
  switch (term.kind) {
    case 'text': return `${term.negated ? 'does not contain' : 'contains'} ${quoted(term.text)}`;
    case 'choice': return choice(term);
    case 'measure': {
      const subject = term.key === 'dur' ? 'lasted' : 'moved';
      return `${term.negated ? 'has not ' : 'has '}${subject} ${COMPARISON_WORDS[term.comparison]} ${term.key === 'dur' ? duration(term.value) : bytes(term.value)}`;
    }
  }
}

function choice({ key, values, negated }: Extract<FilterTerm, { readonly kind: 'choice' }>): string {
  const value = values.map((one) => (/[\s,"]/.test(one) ? quoted(one) : one)).join(' or ');
  const is = negated ? 'is not' : 'is';
  const tells = negated ? 'does not tell' : 'tells';
  switch (key) {
    case 'kind': return `${is} a ${value}`;
    case 'state': return `${is} ${value} by its handle’s state`;
    case 'status': return `${is} a callback named like ${value.toUpperCase()}`;
    case 'error': return value === 'any' ? `${tells} of an error` : `${tells} of error ${value.toUpperCase()}`;
    case 'fn': return `${is} about a function named like ${value}`;
    case 'thread': return `${is} on thread ${value}`;
    case 'handle': return `${is} about handle ${value}`;
    case 'severity': return `a finding of severity ${value} ${negated ? 'does not name' : 'names'}`;
  }
}

const COMPARISON_WORDS: Readonly<Record<Comparison, string>> = { '>': 'more than', '>=': 'at least', '<': 'less than', '<=': 'at most', '=': 'exactly' };

function duration(ms: number): string {
  return ms >= 1000 ? `${ms / 1000} s` : `${ms} ms`;
}

function bytes(count: number): string {
  return count >= 1024 && count % 1024 === 0 ? `${count / 1024} KB` : `${count} bytes`;
}
