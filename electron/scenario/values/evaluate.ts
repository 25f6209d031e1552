import { err, ok, type Result } from '../../../preload/contract/result';
import { suggestion } from '../language/nearest';
import { referenceText, type Reference, type SumTerm, type Value } from '../language/value';
import { bytesOfText, isList, plain, textOfBytes, type Datum } from './datum';
import { describe } from './describe';
import { toInteger } from './integer';
import { part } from './navigate';
import { sizeNames, sizeOf } from './sizes';

/** What names mean at the moment of evaluation. */
export interface Scope {
  /** Undefined when nothing has bound the name yet. */
  lookup(name: string): { readonly value: Datum } | undefined;
  /** The payload that `len(value)` measures, inside the expectation of a callback. */
  readonly payload?: Datum;
}

/** More than this no scenario sends; it keeps a mistyped `fill` from taking the machine's memory. */
const MAX_FILL = 256 * 1024 * 1024;

/** Computes a value. The error says in words what could not be computed. */
export function evaluate(value: Value, scope: Scope): Result<Datum, string> {
  switch (value.kind) {
    case 'null':
      return ok(undefined);
    case 'boolean':
      return ok(value.value);
    case 'integer':
      return ok(value.value);
    case 'text':
      return ok(value.text);
    case 'reference':
      return resolve(value.reference, scope);
    case 'template': {
      let text = '';
      for (const piece of value.parts) {
        const result = piece.kind === 'literal' ? ok(piece.text) : resolveInText(piece.reference, scope);
        if (!result.ok) return result;
        text += result.value;
      }
      return ok(text);
    }
    case 'sum':
      return sum(value.terms, scope);
    case 'hex':
      return ok(value.bytes);
    case 'fill':
      return fill(value, scope);
    case 'list': {
      const items: Datum[] = [];
      for (const item of value.items) {
        const result = evaluate(item, scope);
        if (!result.ok) return result;
        items.push(result.value);
      }
      return ok(items);
    }
    case 'map': {
      const fields = new Map<string, Datum>();
      for (const field of value.fields) {
        const result = evaluate(field.value, scope);
        if (!result.ok) return result;
        fields.set(field.name, result.value);
      }
      return ok({ kind: 'map', fields });
    }
  }
}

/** Computes a value where a text or bytes are due: there `0123` keeps its zero, though without quotes YAML takes it for a number. */
export function evaluateBytes(value: Value, scope: Scope): Result<Uint8Array, string> {
  if (value.kind === 'integer') return ok(bytesOfText(value.source));
  const datum = evaluate(value, scope);
  if (!datum.ok) return datum;
  const bytes = toBytes(datum.value);
  return bytes === undefined ? err(`${describe(datum.value)} is neither text nor bytes.`) : ok(bytes);
}

/** What `$name.path` stands for now. */
export function resolve(reference: Reference, scope: Scope): Result<Datum, string> {
  const bound = scope.lookup(reference.name);
  if (bound === undefined) return err(`$${reference.name} is not bound yet at this moment.`);
  let datum = bound.value;
  let path = `$${reference.name}`;
  for (const step of reference.path) {
    const next = part(datum, step);
    if (!next.ok) return err(`${path} ${next.error}.`);
    datum = next.value;
    path += `.${step}`;
  }
  return ok(datum);
}

/** Behind a plain value a dot is punctuation: `http://$host.test/` and `port $port.`. */
function resolveInText(reference: Reference, scope: Scope): Result<string, string> {
  for (let length = reference.path.length; length >= 0; length--) {
    const head = resolve({ name: reference.name, path: reference.path.slice(0, length) }, scope);
    if (!head.ok) continue;
    const value = plain(head.value);
    const complete = length === reference.path.length;
    if (!complete && (typeof head.value === 'object' || head.value === undefined)) break;
    const text = textOf(value);
    if (text === undefined) return err(`${referenceText(reference)} is no text and no number, so it cannot stand inside a text.`);
    return ok([text, ...reference.path.slice(length)].join('.'));
  }
  const whole = resolve(reference, scope);
  return whole.ok ? err(`${referenceText(reference)} cannot stand inside a text.`) : whole;
}

/** A plain value as it stands inside a longer text. */
export function textOf(datum: Datum): string | undefined {
  const value = plain(datum);
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (value instanceof Uint8Array) return textOfBytes(value);
  return undefined;
}

function sum(terms: readonly SumTerm[], scope: Scope): Result<Datum, string> {
  let total = 0n;
  for (const term of terms) {
    const operand = operandValue(term.operand, scope);
    if (!operand.ok) return operand;
    total += term.sign === 1 ? operand.value : -operand.value;
  }
  return ok(total);
}

function operandValue(operand: SumTerm['operand'], scope: Scope): Result<bigint, string> {
  switch (operand.kind) {
    case 'number':
      return ok(operand.value);
    case 'constant':
      return toInteger(operand.name);
    case 'reference': {
      const datum = resolve(operand.reference, scope);
      return datum.ok ? toInteger(datum.value) : datum;
    }
    case 'sizeof': {
      const size = sizeOf(operand.structure);
      return size === undefined
        ? err(`sizeof(${operand.structure}): no structure of that name is known.${suggestion(operand.structure, sizeNames())}`)
        : ok(BigInt(size));
    }
    case 'len': {
      const datum = resolve(operand.reference, scope);
      if (!datum.ok) return datum;
      const length = lengthOf(datum.value);
      return length === undefined ? err(`len(${referenceText(operand.reference)}): only texts and bytes have a length.`) : ok(BigInt(length));
    }
    case 'len-value': {
      const length = lengthOf(scope.payload);
      return length === undefined ? err('len(value): the payload is neither text nor bytes.') : ok(BigInt(length));
    }
  }
}

/** Bytes of a text without its NUL, or of a buffer; items of a list; undefined where there is no length. */
export function lengthOf(datum: Datum): number | undefined {
  const value = plain(datum);
  if (value === undefined) return 0;
  if (typeof value === 'string') return bytesOfText(value).length;
  if (value instanceof Uint8Array) return value.length;
  return isList(value) ? value.length : undefined;
}

function fill(value: Extract<Value, { kind: 'fill' }>, scope: Scope): Result<Datum, string> {
  const unit = evaluateBytes(value.fill, scope);
  if (!unit.ok) return unit;
  const amount = evaluate(value.bytes, scope);
  if (!amount.ok) return amount;
  const count = toInteger(amount.value);
  if (!count.ok) return count;
  if (count.value < 0n || count.value > BigInt(MAX_FILL)) return err(`\`fill\` makes between 0 and ${MAX_FILL} bytes, not ${count.value}.`);
  const pattern = unit.value;
  if (pattern.length === 0) return err('`fill` needs a text of at least one character.');
  const bytes = new Uint8Array(Number(count.value));
  for (let index = 0; index < bytes.length; index++) bytes[index] = pattern[index % pattern.length] ?? 0;
  return ok(bytes);
}

/** The bytes that a datum stands for where bytes are due; undefined where it stands for none. */
export function toBytes(datum: Datum): Uint8Array | undefined {
  const value = plain(datum);
  if (value instanceof Uint8Array) return value;
  if (typeof value === 'string') return bytesOfText(value);
  // `body: 123` is written without quotes.
  if (typeof value === 'bigint' || typeof value === 'boolean') return bytesOfText(String(value));
  return undefined;
}
