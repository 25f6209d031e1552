import type { Position, Problems } from './problem';
import type { Reference, SumTerm, TemplatePart, Value } from './value';

/** Inside a text a dash ends a reference, except in the name of a header such as Content-Length. */
const REFERENCE_IN_TEXT = /^\$([A-Za-z_][A-Za-z0-9_]*)((?:\.(?:[A-Z][A-Za-z0-9_]*(?:-[A-Z0-9][A-Za-z0-9_]*)+|[A-Za-z0-9_]+))*)/;
const WHOLE_REFERENCE = /^\$([A-Za-z_][A-Za-z0-9_]*)((?:\.[A-Za-z0-9_-]+)*)$/;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const NUMBER = /^(?:0[xX][0-9a-fA-F]+|[0-9]+)$/;

/** Whether a word can stand behind `as` and `$`. */
export function isName(text: string): boolean {
  return NAME.test(text);
}

/** Reads the references, the doubled `$` and `=`, and the sums of a text. */
export function parseText(text: string, at: Position, problems: Problems): Value {
  if (text.startsWith('=') && !text.startsWith('==')) return parseSum(text.slice(1), at, problems);
  const parts = parseTemplate(text.startsWith('==') ? text.slice(1) : text, at, problems);
  const [only] = parts;
  if (only === undefined) return { kind: 'text', text: '', at };
  if (parts.length > 1) return { kind: 'template', parts, at };
  return only.kind === 'literal' ? { kind: 'text', text: only.text, at } : { kind: 'reference', reference: only.reference, at };
}

function parseTemplate(text: string, at: Position, problems: Problems): readonly TemplatePart[] {
  const whole = parseReference(text);
  if (whole !== undefined) return [{ kind: 'reference', reference: whole }];
  const parts: TemplatePart[] = [];
  let literal = '';
  let index = 0;
  while (index < text.length) {
    const dollar = text.indexOf('$', index);
    if (dollar < 0) {
      literal += text.slice(index);
      break;
    }
    literal += text.slice(index, dollar);
    if (text[dollar + 1] === '$') {
      literal += '$';
      index = dollar + 2;
      continue;
    }
    const match = REFERENCE_IN_TEXT.exec(text.slice(dollar));
    if (match === null) {
      problems.add(at, 'A `$` must be followed by a name; a plain `$` is written `$$`.');
      literal += '$';
      index = dollar + 1;
      continue;
    }
    if (literal !== '') parts.push({ kind: 'literal', text: literal });
    literal = '';
    parts.push({ kind: 'reference', reference: referenceOf(match) });
    index = dollar + match[0].length;
  }
  if (literal !== '') parts.push({ kind: 'literal', text: literal });
  return parts;
}

function referenceOf(match: RegExpExecArray): Reference {
  const path = match[2] ?? '';
  return { name: match[1] ?? '', path: path === '' ? [] : path.slice(1).split('.') };
}

/** A text that is one whole reference, or undefined. */
export function parseReference(text: string): Reference | undefined {
  const match = WHOLE_REFERENCE.exec(text);
  return match === null ? undefined : referenceOf(match);
}

/** What stands behind the `=`: operands joined by ` + ` and ` - `. */
export function parseSum(text: string, at: Position, problems: Problems): Value {
  const terms: SumTerm[] = [];
  const pieces = text.trim().split(/\s+([+-])\s+/);
  for (let index = 0; index < pieces.length; index += 2) {
    const piece = pieces[index] ?? '';
    const written = index === 0 ? 1 : pieces[index - 1] === '-' ? -1 : 1;
    const negative = piece.startsWith('-');
    const operand = parseOperand(negative ? piece.slice(1) : piece);
    if (operand === undefined) {
      problems.add(
        at,
        `"${piece}" is no part of a sum: numbers, constants, references, sizeof(STRUCT) and len($x), joined by " + " and " - ".`
          + ' A text that begins with "=" is written with "==".',
      );
      continue;
    }
    const sign = (negative ? -written : written) === 1 ? 1 : -1;
    terms.push({ sign, operand });
  }
  return { kind: 'sum', terms, at };
}

function parseOperand(piece: string): SumTerm['operand'] | undefined {
  if (NUMBER.test(piece)) return { kind: 'number', value: BigInt(piece) };
  if (NAME.test(piece)) return { kind: 'constant', name: piece };
  const reference = parseReference(piece);
  if (reference !== undefined) return { kind: 'reference', reference };
  const call = /^(sizeof|len)\(\s*([^)]*?)\s*\)$/.exec(piece);
  if (call === null) return undefined;
  const argument = call[2] ?? '';
  if (call[1] === 'sizeof') return NAME.test(argument) ? { kind: 'sizeof', structure: argument } : undefined;
  if (argument === 'value') return { kind: 'len-value' };
  const measured = parseReference(argument);
  return measured === undefined ? undefined : { kind: 'len', reference: measured };
}
