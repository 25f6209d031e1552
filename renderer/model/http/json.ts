import { parseTree, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';

/** JSON as it was written: numbers keep their digits, names that come twice come twice. */
export type JsonValue =
  | { readonly kind: 'object'; readonly members: readonly { readonly name: string; readonly value: JsonValue }[] }
  | { readonly kind: 'array'; readonly items: readonly JsonValue[] }
  | { readonly kind: 'string'; readonly text: string }
  /** A number, true, false or null, by its own letters. */
  | { readonly kind: 'literal'; readonly text: string };

export interface JsonProblem {
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** The line, or a piece of a long one, in which it is. */
  readonly excerpt: string;
  /** Where in the excerpt it is, from 0. */
  readonly at: number;
}

export type JsonBody = { readonly ok: true; readonly value: JsonValue } | { readonly ok: false; readonly problem: JsonProblem };

/** Reads JSON strictly (RFC 8259), or says where it is none. */
export function readJson(text: string): JsonBody {
  try {
    return read(text);
  } catch (fault) {
    // The parser calls itself, level by level.
    if (fault instanceof RangeError) return { ok: false, problem: problemAt(text, 0, 'It is nested too deeply to be shown as a tree') };
    throw fault;
  }
}

function read(text: string): JsonBody {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [first] = errors;
  if (first !== undefined) return { ok: false, problem: problemAt(text, first.offset, words(first)) };
  const literal = tree === undefined ? undefined : badText(tree, text);
  if (literal !== undefined) return { ok: false, problem: literal };
  return tree === undefined ? { ok: false, problem: problemAt(text, 0, 'There is no value') } : { ok: true, value: valueOf(tree, text) };
}

/** The parser takes a control character in a string for what it is; RFC 8259 section 7 does not. */
function badText(tree: Node, text: string): JsonProblem | undefined {
  if (tree.type === 'string') {
    for (let at = tree.offset; at < tree.offset + tree.length; at += 1) if (text.charCodeAt(at) < 0x20) return problemAt(text, at, 'A control character in a string is to be escaped');
    return undefined;
  }
  for (const child of tree.children ?? []) {
    const found = badText(child, text);
    if (found !== undefined) return found;
  }
  return undefined;
}

function valueOf(node: Node, text: string): JsonValue {
  switch (node.type) {
    case 'object': return { kind: 'object', members: (node.children ?? []).flatMap((property) => memberOf(property, text)) };
    case 'array': return { kind: 'array', items: (node.children ?? []).map((item) => valueOf(item, text)) };
    case 'string': return { kind: 'string', text: String(node.value) };
    default: return { kind: 'literal', text: text.slice(node.offset, node.offset + node.length) };
  }
}

function memberOf({ children = [] }: Node, text: string): readonly { readonly name: string; readonly value: JsonValue }[] {
  const [name, value] = children;
  return name === undefined || value === undefined ? [] : [{ name: String(name.value), value: valueOf(value, text) }];
}

const WORDS: Readonly<Record<string, string>> = {
  InvalidSymbol: 'A value is expected, and this is none', InvalidNumberFormat: 'This is no number', PropertyNameExpected: 'The name of a member in double quotes is expected',
  ValueExpected: 'A value is expected', ColonExpected: 'A colon is expected', CommaExpected: 'A comma is expected', CloseBraceExpected: 'A closing brace is expected',
  CloseBracketExpected: 'A closing bracket is expected', EndOfFileExpected: 'The value has ended, and something follows it', InvalidCommentToken: 'JSON has no comments',
  UnexpectedEndOfComment: 'JSON has no comments', UnexpectedEndOfString: 'The string has no closing quote', UnexpectedEndOfNumber: 'The number breaks off', InvalidUnicode: 'This is no Unicode escape',
  InvalidEscapeCharacter: 'There is no such escape', InvalidCharacter: 'This character may not stand here',
};

function words({ error }: ParseError): string {
  const code = printParseErrorCode(error);
  return WORDS[code] ?? code;
}

/** Characters shown on each side. */
const AROUND = 32;

function problemAt(text: string, offset: number, message: string): JsonProblem {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  const start = before.lastIndexOf('\n') + 1;
  const end = text.indexOf('\n', offset);
  const from = Math.max(start, offset - AROUND);
  return { line, column: offset - start + 1, message, excerpt: text.slice(from, Math.min(end < 0 ? text.length : end, offset + AROUND)).replace(/\r$/, ''), at: offset - from };
}
