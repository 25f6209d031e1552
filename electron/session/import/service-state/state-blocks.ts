import type { StateLine } from './state-lines';

/** What a block of the snapshot is about. */
export interface StateBlock {
  readonly kind: 'server-session' | 'url-group' | 'request-queue';
  readonly head: StateLine;
  readonly inside: readonly StateBlock[];
  /** Values with their names as netsh wrote them, the block's own. */
  readonly values: readonly (readonly [name: string, value: string])[];
  readonly urls: readonly string[];
  readonly processes: readonly StateProcess[];
}

export interface StateProcess {
  readonly id: number;
  /** Its program; empty where an older netsh tells only the id. */
  readonly image: string;
}

type Kind = StateBlock['kind'];

/**
 * The blocks of a snapshot, in either layout. No word counts, as netsh translates them all: an id of 16 hex digits is a
 * session or a group, a named block with a version "1.0" or "2.0" and no id is a queue; of ids within each other the layout
 * says which is which: below a session lie its groups, below a queue its groups and below those their sessions.
 */
export function blocksOf(lines: readonly StateLine[]): readonly StateBlock[] {
  return lines.flatMap((line) => within(line, undefined));
}

function within(line: StateLine, around: Kind | undefined): readonly StateBlock[] {
  const kind = kindOf(line, around);
  if (kind === undefined) return line.below.flatMap((one) => within(one, around));
  return [block(line, kind)];
}

function kindOf({ value, below }: StateLine, around: Kind | undefined): Kind | undefined {
  if (/^[0-9A-F]{16}$/i.test(value)) {
    // At the top, and below a group, an id is a session's; below a session or a queue it is a group's.
    return around === undefined || around === 'url-group' ? 'server-session' : 'url-group';
  }
  // What a session or a group says of itself has neither a version nor lines of its own below a name.
  return value !== '' && below.some((one) => /^\d+\.\d+$/.test(one.value)) ? 'request-queue' : undefined;
}

function block(head: StateLine, kind: Kind): StateBlock {
  const inside: StateBlock[] = [];
  const values: (readonly [string, string])[] = [];
  const urls: string[] = [];
  const processes: StateProcess[] = [];
  const read = (line: StateLine): void => {
    const nested = kindOf(line, kind);
    if (nested !== undefined) {
      inside.push(block(line, nested));
      return;
    }
    const process = processOf(line);
    if (isUrl(line)) urls.push(line.key === '' ? line.value : `${line.key}:${line.value}`);
    else if (process !== undefined) processes.push(process);
    else if (line.value !== '') values.push([line.key, line.value]);
    line.below.forEach(read);
  };
  head.below.forEach(read);
  return { kind, head, inside, values, urls, processes };
}

function isUrl({ key, value }: StateLine): boolean {
  return /^https?:\/\//i.test(value) && key === '';
}

/** "944", or "ID: 2688, image: C:\Windows\System32\svchost.exe". */
function processOf({ key, value }: StateLine): StateProcess | undefined {
  if (key === '') return /^\d{1,10}$/.test(value) ? { id: Number(value), image: '' } : undefined;
  const [, id, image] = /^(\d{1,10}),\s*[^:]+:\s+(\S.*)$/.exec(value) ?? [];
  return id === undefined || image === undefined ? undefined : { id: Number(id), image };
}
