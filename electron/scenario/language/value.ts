import type { Position } from './problem';

/** What a scenario says where a value is due. It is evaluated when the step runs. */
export type Value =
  | { readonly kind: 'null'; readonly at: Position }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly at: Position }
  | { readonly kind: 'integer'; readonly value: bigint; readonly source: string; readonly at: Position }
  /** A text with nothing to put in. Where a number is due it is a constant's name or a number in digits. */
  | { readonly kind: 'text'; readonly text: string; readonly at: Position }
  /** A text with the texts of references put in: `http://localhost:$port/`. */
  | { readonly kind: 'template'; readonly parts: readonly TemplatePart[]; readonly at: Position }
  | ReferenceValue
  | { readonly kind: 'sum'; readonly terms: readonly SumTerm[]; readonly at: Position }
  /** Bytes in hexadecimal, already read. */
  | { readonly kind: 'hex'; readonly bytes: Uint8Array; readonly at: Position }
  /** A text repeated until there are so many bytes. */
  | { readonly kind: 'fill'; readonly fill: Value; readonly bytes: Value; readonly at: Position }
  | { readonly kind: 'list'; readonly items: readonly Value[]; readonly at: Position }
  | { readonly kind: 'map'; readonly fields: readonly ValueField[]; readonly at: Position };

export interface ReferenceValue {
  readonly kind: 'reference';
  readonly reference: Reference;
  readonly at: Position;
}

/** `$name.field.0.field` */
export interface Reference {
  readonly name: string;
  readonly path: readonly string[];
}

export type TemplatePart =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'reference'; readonly reference: Reference };

export interface SumTerm {
  readonly sign: 1 | -1;
  readonly operand:
    | { readonly kind: 'number'; readonly value: bigint }
    | { readonly kind: 'constant'; readonly name: string }
    | { readonly kind: 'reference'; readonly reference: Reference }
    /** Bytes of a structure on x64. */
    | { readonly kind: 'sizeof'; readonly structure: string }
    /** Bytes of a text without its NUL, or of a buffer. */
    | { readonly kind: 'len'; readonly reference: Reference }
    /** `len(value)`: the same of the callback's own payload. */
    | { readonly kind: 'len-value' };
}

export interface ValueField {
  readonly name: string;
  readonly nameAt: Position;
  readonly value: Value;
}

/** As it was written. */
export function referenceText(reference: Reference): string {
  return `$${[reference.name, ...reference.path].join('.')}`;
}

/** Every reference inside a value, so that a checker can see whether anything binds it. */
export function referencesIn(value: Value): readonly { readonly reference: Reference; readonly at: Position }[] {
  switch (value.kind) {
    case 'null':
    case 'boolean':
    case 'integer':
    case 'text':
    case 'hex':
      return [];
    case 'reference':
      return [{ reference: value.reference, at: value.at }];
    case 'template':
      return value.parts.flatMap((part) => (part.kind === 'reference' ? [{ reference: part.reference, at: value.at }] : []));
    case 'sum':
      return value.terms.flatMap(({ operand }) =>
        operand.kind === 'reference' || operand.kind === 'len' ? [{ reference: operand.reference, at: value.at }] : [],
      );
    case 'fill':
      return [...referencesIn(value.fill), ...referencesIn(value.bytes)];
    case 'list':
      return value.items.flatMap(referencesIn);
    case 'map':
      return value.fields.flatMap((field) => referencesIn(field.value));
  }
}
