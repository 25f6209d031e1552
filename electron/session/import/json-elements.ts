/** Characters of one element of a list; longer ones are left out and counted. */
const LONGEST_ELEMENT = 64 * 1024 * 1024;
const LONGEST_KEY = 1024 * 1024;

export interface JsonElements {
  /** The lists whose elements are wanted one by one, as paths of keys: "events", "log.entries". */
  readonly lists: ReadonlySet<string>;
  /** An element of such a list, as text that is one JSON value if it is anything. */
  readonly element: (list: string, text: string, line: number) => void;
  /** Every other value that stands directly in a key of a path that leads to a list. */
  readonly value: (path: string, text: string, line: number) => void;
  /** The elements stand on lines of their own, so that a line that begins with a brace begins one: what was open before is damaged. */
  readonly oneALine?: boolean;
  /** Told of an element that is too long, with its line. */
  readonly tooLong: (path: string, line: number) => void;
}

interface Level {
  readonly list: boolean;
  readonly path: string;
  key: string;
}

/**
 * Cuts a JSON document of any size into the elements of its lists, each of which is then parsed by itself. A streaming
 * parser gives up at the first character that is wrong; here a damaged element costs only itself, and a file that was cut
 * short is read up to there.
 */
export class JsonCutter {
  line = 1;
  private readonly levels: Level[] = [];
  /** The piece that is looked at. */
  private text = '';
  /** Pieces before this one of the value or name that is being cut out. They are joined only once: it may be long. */
  private parts: string[] = [];
  private partsLength = 0;
  /** Where the value that is being cut out begins in `text`, 0 if before it; undefined between values. */
  private start: number | undefined;
  private startLine = 1;
  private startOfLine = false;
  /** The character before the one that is looked at, which a piece before this one may have held. */
  private previous = 0;
  private depth = 0;
  private inString = false;
  private escaped = false;
  private skipping = false;
  /** A string that stands where a key may: where it begins. */
  private keyStart: number | undefined;
  private expectsKey = false;
  private done = false;

  constructor(private readonly wants: JsonElements) {}

  /** Whether the document came to its end. */
  get complete(): boolean {
    return this.done;
  }

  write(text: string): string | undefined {
    this.text = text;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === LF) {
        this.line += 1;
      } else if (code === BRACE && this.wants.oneALine === true && this.depth > 0 && this.previous === LF && this.startOfLine) {
        this.abandon(at);
      }
      if (this.inString) this.string(code, at);
      else this.structure(code, at);
      this.previous = code;
    }
    return this.carry();
  }

  /** Keeps of this piece what a later one ends. */
  private carry(): string | undefined {
    const from = this.start ?? this.keyStart;
    if (from === undefined) return undefined;
    this.partsLength += this.text.length - from;
    if (!this.skipping) this.parts.push(this.text.slice(from));
    if (this.start !== undefined) this.start = 0;
    else this.keyStart = 0;
    if (this.keyStart !== undefined && this.partsLength > LONGEST_KEY) return `line ${this.line}: a name is longer than ${LONGEST_KEY} characters.`;
    if (this.partsLength > LONGEST_ELEMENT) {
      this.skipping = true;
      this.parts = [];
    }
    return undefined;
  }

  /** What began in this piece or before it, up to a place in this one. */
  private cut(from: number, end: number): string {
    const last = this.text.slice(from, end);
    const whole = this.parts.length === 0 ? last : this.parts.join('') + last;
    this.parts = [];
    this.partsLength = 0;
    return whole;
  }

  private string(code: number, at: number): void {
    if (this.escaped && code !== LF) {
      this.escaped = false;
    } else if (code === BACKSLASH) {
      this.escaped = true;
    } else if (code === QUOTE || code === LF) {
      // No string of JSON has a line break: one that was never closed ends with its line.
      this.inString = false;
      this.escaped = false;
      if (this.keyStart !== undefined) {
        const level = this.levels.at(-1);
        if (level !== undefined) level.key = keyText(this.cut(this.keyStart, at + 1));
        this.keyStart = undefined;
      }
    }
  }

  private structure(code: number, at: number): void {
    switch (code) {
      case QUOTE:
        this.inString = true;
        if (this.start !== undefined) break;
        if (this.expectsKey) this.keyStart = at;
        else this.begin(at);
        break;
      case BRACE: case BRACKET:
        if (this.start === undefined && this.descends(code === BRACKET)) break;
        this.begin(at);
        this.depth += 1;
        break;
      case BRACE_END: case BRACKET_END:
        if (this.depth > 0) {
          this.depth -= 1;
          if (this.depth === 0) this.finish(at + 1);
          break;
        }
        if (this.start !== undefined) this.finish(at);
        this.levels.pop();
        this.expectsKey = false;
        if (this.levels.length === 0) this.done = true;
        break;
      case COMMA:
        if (this.depth > 0) break;
        if (this.start !== undefined) this.finish(at);
        this.expectsKey = this.levels.at(-1)?.list === false;
        break;
      case COLON:
        if (this.depth === 0) this.expectsKey = false;
        break;
      case SPACE: case TAB: case CR: case LF: break;
      default:
        if (this.start === undefined && !this.done) this.begin(at);
    }
  }

  private begin(at: number): void {
    if (this.start !== undefined || this.levels.length === 0) return;
    this.start = at;
    this.startLine = this.line;
    this.startOfLine = this.previous === LF;
  }

  /** Ends an element whose end never came where the next one begins. */
  private abandon(at: number): void {
    this.depth = 0;
    this.inString = false;
    this.escaped = false;
    this.finish(at);
  }

  /** Goes into a container on the way to a list, instead of taking it as one value. */
  private descends(list: boolean): boolean {
    if (this.done) return true;
    const above = this.levels.at(-1);
    const path = above === undefined ? '' : above.path === '' ? above.key : `${above.path}.${above.key}`;
    const wanted = above === undefined ? !list : list ? this.wants.lists.has(path) && !above.list : !above.list && this.leads(path);
    if (!wanted) return false;
    this.levels.push({ list, path, key: '' });
    this.expectsKey = !list;
    return true;
  }

  private leads(path: string): boolean {
    for (const list of this.wants.lists) if (list.startsWith(`${path}.`)) return true;
    return false;
  }

  private finish(end: number): void {
    const whole = this.cut(this.start ?? end, end);
    const text = this.skipping ? undefined : whole;
    this.start = undefined;
    this.skipping = false;
    const level = this.levels.at(-1);
    if (level === undefined) return;
    const path = level.list ? level.path : level.path === '' ? level.key : `${level.path}.${level.key}`;
    if (text === undefined) this.wants.tooLong(path, this.startLine);
    else if (level.list) this.wants.element(path, text, this.startLine);
    else this.wants.value(path, text, this.startLine);
  }
}

const LF = 10;
const CR = 13;
const TAB = 9;
const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const BRACKET = 91;
const BACKSLASH = 92;
const BRACKET_END = 93;
const BRACE = 123;
const BRACE_END = 125;

function keyText(quoted: string): string {
  const value = parsedJson(quoted);
  return typeof value === 'string' ? value : '';
}

/** The value of a JSON text; undefined for what is none. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
