/** Where a place of a text stands in the maps and lists of the scenario, though the text may not be whole. */
export interface TextPlace {
  /** Keys from the outermost in; `[]` for an item of a list. The key whose value is being written is the last of them. */
  readonly path: readonly string[];
  /** Whether a key is being written here, and not a value. */
  readonly key: boolean;
  /** What is written so far of the word at the place, and where it begins. */
  readonly word: string;
  readonly from: number;
}

interface Frame {
  readonly indent: number;
  /** `[]` for an item of a list. */
  readonly key: string;
}

interface Flow {
  readonly list: boolean;
  /** The key whose value comes, in a map. */
  key: string | undefined;
  /** Where the piece since the last comma, colon or bracket begins. */
  start: number;
}

const KEY = /^("(?:[^"\\]|\\.)*"|'[^']*'|[^\s#{}[\],'"&*!|>-][^#{}[\],]*?|-[^\s#{}[\],][^#{}[\],]*?)\s*:(?=\s|$)/;
/** What may begin the word that is being written. */
const WORD = /[$A-Za-z0-9_.-]*$/;

/**
 * Reads the indentation and the brackets before a place. It is no YAML parser: it is asked while a person types, when
 * the text is hardly ever YAML.
 */
export function placeAt(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset);
  const frames: Frame[] = [];
  const flows: Flow[] = [];
  let scalarOf: number | undefined;
  let key = true;
  let start = 0;
  for (const line of before.split('\n')) {
    const indent = line.length - line.trimStart().length;
    const blank = line.trim() === '';
    const last = start + line.length === before.length;
    if (scalarOf !== undefined && (blank || indent > scalarOf)) {
      start += line.length + 1;
      if (last) return { path: pathOf(frames, flows), key: false, word: '', from: offset };
      continue;
    }
    scalarOf = undefined;
    let at = start;
    if (flows.length === 0) {
      at = start + indent;
      if (!blank || last) key = true;
      // Dashes of list items, of which several may stand on one line.
      for (;;) {
        const dash = /^-(\s+|$)/.exec(before.slice(at, start + line.length));
        const column = at - start;
        if (dash === null) break;
        while (frames.length > 0 && (frames.at(-1)?.indent ?? 0) >= column && !(frames.at(-1)?.key !== '[]' && frames.at(-1)?.indent === column)) frames.pop();
        frames.push({ indent: column, key: '[]' });
        at += dash[0].length;
      }
      const rest = before.slice(at, start + line.length);
      const found = KEY.exec(rest);
      const column = at - start;
      if (found !== null || (last && !rest.startsWith('#'))) while (frames.length > 0 && (frames.at(-1)?.indent ?? 0) >= column && (frames.at(-1)?.key !== '[]' || (frames.at(-1)?.indent ?? 0) > column)) frames.pop();
      if (found !== null) {
        frames.push({ indent: column, key: bare(found[1] ?? '') });
        at += found[0].length;
        key = false;
        if (/^\s*[|>][+-]?\d*\s*$/.test(before.slice(at, start + line.length)) && !last) scalarOf = column;
      }
    }
    key = readFlow(before, at, start + line.length, flows, key);
    start += line.length + 1;
  }
  const innermost = flows.at(-1);
  const inKey = innermost === undefined ? key : !innermost.list && innermost.key === undefined;
  const word = WORD.exec(before)?.[0] ?? '';
  return { path: pathOf(frames, flows), key: inKey, word, from: offset - word.length };
}

/** Follows brackets, commas and colons of a stretch of text. @returns whether a key of the block is still being written */
function readFlow(text: string, from: number, to: number, flows: Flow[], key: boolean): boolean {
  let quote: string | undefined;
  let blockKey = key;
  for (let at = from; at < to; at += 1) {
    const char = text[at] ?? '';
    if (quote !== undefined) {
      if (char === '\\' && quote === '"') at += 1;
      else if (char === quote) quote = undefined;
      continue;
    }
    const flow = flows.at(-1);
    if (char === '"' || char === '\'') quote = char;
    else if (char === '#' && /\s/.test(text[at - 1] ?? ' ')) return blockKey;
    else if (char === '{' || char === '[') {
      // In the middle of a plain text a bracket means nothing.
      if (flow === undefined && text.slice(from, at).trim() !== '') continue;
      flows.push({ list: char === '[', key: undefined, start: at + 1 });
      blockKey = false;
    } else if (flow === undefined) continue;
    else if (char === '}' || char === ']') flows.pop();
    else if (char === ',') {
      flow.key = undefined;
      flow.start = at + 1;
    } else if (char === ':' && !flow.list && flow.key === undefined && /[\s{["']|^$/.test(text[at + 1] ?? '')) flow.key = bare(text.slice(flow.start, at).trim());
  }
  return blockKey;
}

function bare(key: string): string {
  return /^(["']).*\1$/s.test(key) ? key.slice(1, -1) : key.trim();
}

function pathOf(frames: readonly Frame[], flows: readonly Flow[]): readonly string[] {
  return [...frames.map((frame) => frame.key), ...flows.flatMap(({ list, key }) => (list ? ['[]'] : key === undefined ? [] : [key]))];
}
