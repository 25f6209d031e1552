import { constantNames } from '../../../preload/contract/win32/constant-table';
import { layoutOf } from '../../../preload/contract/win32/struct-codec';
import { findName } from '../values/datum';
import { integerOfText } from '../values/integer';
import { MATCHER_WORDS, type Matcher, type MatcherField, type Word } from './matcher';
import { suggestion, within } from './nearest';
import type { Position, Problems } from './problem';
import { NUMBER, shapeOfField, type Shape } from './shape';
import type { Value } from './value';

/** Holds what is expected to what can be there: a word that is none, a field that nothing has, no number where one is due. */
export function checkMatcher(matcher: Matcher, shape: Shape, problems: Problems): void {
  switch (matcher.kind) {
    case 'value':
      checkValue(matcher.value, shape.kind === 'parts' ? shape.self : shape, problems);
      return;
    case 'list':
      for (const item of matcher.items) checkMatcher(item, itemShape(shape), problems);
      return;
    case 'fields':
      for (const field of matcher.fields) checkField(field, shape, problems);
      return;
    case 'words':
      for (const word of matcher.words) checkWord(word, shape, problems);
  }
}

/** Holds a given value to what is due in its place. */
export function checkValue(value: Value, shape: Shape, problems: Problems): void {
  switch (shape.kind) {
    case 'number': checkNumber(value, shape, problems); return;
    case 'word':
      if (value.kind === 'text' && !shape.words.includes(value.text)) {
        problems.add(value.at, `"${value.text}" is none of ${shape.words.join(', ')}.${suggestion(value.text, shape.words)}`);
      }
      return;
    case 'struct': checkStructure(value, shape.struct, problems); return;
    case 'structs':
      if (value.kind === 'list') for (const item of value.items) checkStructure(item, shape.struct, problems);
      if (value.kind === 'map') problems.add(value.at, `A list of ${shape.struct} is due here, not a map.`);
      return;
    case 'text': case 'parts':
      if (value.kind === 'map') problems.add(value.at, 'A text is due here, not a map.');
      return;
    case 'any': return;
  }
}

function checkNumber(value: Value, shape: Extract<Shape, { kind: 'number' }>, problems: Problems): void {
  switch (value.kind) {
    case 'list':
      for (const item of value.items) checkNumber(item, NUMBER, problems);
      return;
    case 'text':
      if (integerOfText(value.text) !== undefined || shape.words.includes(value.text)) return;
      problems.add(value.at, `"${value.text}" is no number and no constant that is known.${suggestion(value.text, constantNames())}`);
      return;
    case 'map':
      problems.add(value.at, 'A number is due here, not a map.');
      return;
    case 'hex': case 'fill':
      if (shape.bytes !== true) problems.add(value.at, 'A number is due here, not bytes.');
      return;
    case 'null': case 'boolean': case 'integer': case 'template': case 'reference': case 'sum': return;
  }
}

function checkStructure(value: Value, struct: string, problems: Problems): void {
  if (value.kind === 'list') problems.add(value.at, `${struct} is a map of its fields, not a list.`);
  if (value.kind === 'text' && struct === 'HTTPAPI_VERSION') checkNumber(value, NUMBER, problems);
  else if (value.kind === 'text' && struct !== 'HTTP_DATA_CHUNK') problems.add(value.at, `${struct} is a map of its fields, not a text.`);
  if (value.kind !== 'map') return;
  for (const { name, nameAt, value: given } of value.fields) {
    if (layoutOf(struct).members?.[name] !== undefined) checkStructure(given, struct, problems);
    else {
      const shape = fieldShape(struct, name, nameAt, problems);
      if (shape !== undefined && !(shape.kind === 'number' && isPresentFlag(given))) checkValue(given, shape, problems);
    }
  }
}

/** HTTP_PROPERTY_FLAGS is a structure of one bit. */
function isPresentFlag(value: Value): boolean {
  return value.kind === 'map' && value.fields.every(({ name }) => name === 'Present');
}

/** The shape of a field; of a union whose members share the name it is known only when they are alike. */
function fieldShape(struct: string, name: string, at: Position, problems: Problems): Shape | undefined {
  const { fields } = layoutOf(struct);
  const names = [...new Set(fields.map((field) => field.name))];
  const found = findName(name, names);
  const [first, ...others] = fields.filter((field) => field.name === found);
  if (first === undefined) {
    problems.add(at, `${struct} has no field "${name}".${suggestion(name, names)} Its fields: ${names.join(', ')}.`);
    return undefined;
  }
  return others.length === 0 ? shapeOfField(first.type) : { kind: 'any' };
}

function itemShape(shape: Shape): Shape {
  switch (shape.kind) {
    // Against a number a list is the flags it names.
    case 'number': return shape;
    case 'structs': return { kind: 'struct', struct: shape.struct };
    case 'word': case 'text': case 'struct': case 'parts': case 'any': return { kind: 'any' };
  }
}

function checkField({ name, nameAt, matcher }: MatcherField, shape: Shape, problems: Problems): void {
  const wrong = (what: string, names: readonly string[]): void => {
    const words = suggestion(name, [...names, ...MATCHER_WORDS]);
    const known = names.length === 0 ? `The matcher words: ${MATCHER_WORDS.join(', ')}.` : `It has ${names.join(', ')}.`;
    problems.add(nameAt, `${what}, so there is no "${name}".${words} ${known}`);
  };
  switch (shape.kind) {
    case 'number': wrong('This is a number', []); return;
    case 'text': wrong('This is a text', []); return;
    case 'word': wrong(`This is one of ${shape.words.join(', ')}`, []); return;
    case 'parts': {
      const part = shape.parts[findName(name, Object.keys(shape.parts)) ?? ''];
      if (part === undefined) wrong('A step such as this does not give that', Object.keys(shape.parts));
      else checkMatcher(matcher, part, problems);
      return;
    }
    case 'struct': {
      if (layoutOf(shape.struct).members?.[name] !== undefined) {
        checkMatcher(matcher, shape, problems);
        return;
      }
      const field = fieldShape(shape.struct, name, nameAt, problems);
      if (field !== undefined) checkMatcher(matcher, field, problems);
      return;
    }
    case 'structs':
      if (/^\d+$/.test(name)) checkMatcher(matcher, { kind: 'struct', struct: shape.struct }, problems);
      else wrong(`This is a list of ${shape.struct}`, []);
      return;
    case 'any': {
      const meant = MATCHER_WORDS.find((word) => word !== name && within(1, word, name));
      if (meant !== undefined) problems.add(nameAt, `"${name}" is no matcher word. Did you mean "${meant}"? The words: ${MATCHER_WORDS.join(', ')}.`);
      else checkMatcher(matcher, shape, problems);
    }
  }
}

function checkWord(word: Word, shape: Shape, problems: Problems): void {
  switch (word.word) {
    case 'is': case 'not':
      checkMatcher(word.matcher, shape, problems);
      return;
    case 'any':
      for (const one of word.matchers) checkMatcher(one, shape, problems);
      return;
    case 'min': case 'max': case 'above': case 'below':
      checkNumber(word.value, NUMBER, problems);
      return;
    case 'has':
      for (const flag of word.flags) checkNumber(flag, NUMBER, problems);
      return;
    case 'only':
      for (const field of word.fields) checkField(field, shape, problems);
      return;
    case 'contains':
      if (shape.kind === 'structs') for (const one of word.values) checkMatcher(one, { kind: 'struct', struct: shape.struct }, problems);
      return;
    case 'starts': case 'ends': case 'unchanged': return;
  }
}
