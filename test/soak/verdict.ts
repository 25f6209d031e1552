import { inTables, type Sample } from './holdings';

/** How much more than in the first third after the warm-up may be held in the last third. */
const MOST_MEMORY_TIMES = 1.2;
/** A third each is at least one. */
const FEWEST_JUDGED = 3;
/** Threads of Node's pool and timers of the system come and go. */
const MOST_HANDLES_MORE = 8;

/** Of handles that are left: the first tell the rest. */
const MOST_NAMED = 5;

const COLUMNS = ['minute', 'events kept', 'memory', 'handles', 'sockets', 'in tables'];

export interface Verdict {
  /** What the last third held against the first, in words. */
  readonly summary: string;
  /** What is not flat or not empty, each in a line. */
  readonly leaks: readonly string[];
}

/** The head of the table, or a sample as a line of it. */
export function line(sample?: Sample): string {
  return (sample === undefined ? COLUMNS : cellsOf(sample)).map((cell, column) => cell.padStart(Math.max(COLUMNS[column]?.length ?? 0, 8))).join('  ');
}

function cellsOf({ at, events, memory, handles, sockets, tables }: Sample): readonly string[] {
  return [(at / 60_000).toFixed(1), events.toLocaleString('en'), `${(memory / 1e6).toFixed(1)} MB`, String(handles), String(sockets), String(inTables(tables))];
}

/**
 * What a series of samples says, all taken when everything was closed.
 * @param samples in the order of time; those before `warm` are shown and not judged
 * @param warm index of the first that counts
 */
export function judge(samples: readonly Sample[], warm: number): Verdict {
  const judged = samples.slice(warm);
  const [base] = judged;
  const end = judged.at(-1);
  if (base === undefined || end === undefined || judged.length < FEWEST_JUDGED) {
    return { summary: '', leaks: [`There are too few samples to judge, ${judged.length} with a full history: give it more minutes.`] };
  }
  const leaks: string[] = [];
  // What is under way at a sample differs: the most that was held in one part is put beside the most in another.
  const part = Math.ceil(judged.length / 3);
  const most = (of: readonly Sample[]): number => Math.max(...of.map(({ memory }) => memory));
  const times = most(judged.slice(-part)) / most(judged.slice(0, part));
  const summary = `The last third of ${judged.length} samples held ${times.toFixed(2)} × the memory of the first third`;
  if (times > MOST_MEMORY_TIMES) leaks.push(`${summary}; at most ${MOST_MEMORY_TIMES} × is flat.`);
  if (end.handles > base.handles + MOST_HANDLES_MORE) leaks.push(`Handles of the process grew from ${base.handles} to ${end.handles}.`);
  if (end.sockets > 0) leaks.push(`${end.sockets} sockets are open though everything is closed.`);
  for (const [table, count] of Object.entries(end.tables)) if (count > 0) leaks.push(`${count} left in the engine's table of ${table}.`);
  leaks.push(...end.left.slice(0, MOST_NAMED).map((handle) => `Left: ${handle}.`));
  return { summary: `${summary}.`, leaks };
}
