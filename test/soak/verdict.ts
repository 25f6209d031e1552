import type { Sample } from './holdings';

/** How much more than in the first third after the warm-up may be held in the last third. */
const MOST_MEMORY_TIMES = 1.2;
/** Threads of Node's pool and timers of the system come and go. */
const MOST_HANDLES_MORE = 8;

export interface Verdict {
  readonly rows: readonly (readonly string[])[];
  /** What is not flat or not empty, each in a line. */
  readonly leaks: readonly string[];
}

/**
 * What a series of samples says, all taken when everything was closed.
 * @param samples in the order of time; those before `warm` are shown and not judged
 * @param warm index of the first that counts
 */
export function judge(samples: readonly Sample[], warm: number): Verdict {
  const base = samples[warm];
  const end = samples.at(-1);
  const rows = [['minute', 'events kept', 'memory', '×', 'handles', 'sockets', 'in tables'], ...samples.map((sample) => row(sample, base))];
  if (base === undefined || end === undefined || base === end) return { rows, leaks: ['There are too few samples with a full history to judge: give it more minutes.'] };
  const leaks: string[] = [];
  // What is under way at a sample differs: the most that was held in one part is put beside the most in another.
  const judged = samples.slice(warm);
  const part = Math.ceil(judged.length / 3);
  const most = (of: readonly Sample[]): number => Math.max(...of.map(({ memory }) => memory));
  const times = most(judged.slice(-part)) / most(judged.slice(0, part));
  if (times > MOST_MEMORY_TIMES) leaks.push(`The last third of the time held ${times.toFixed(2)} × the memory of the first third after the warm-up; at most ${MOST_MEMORY_TIMES} × is flat.`);
  if (end.handles > base.handles + MOST_HANDLES_MORE) leaks.push(`Handles of the process grew from ${base.handles} to ${end.handles}.`);
  if (end.sockets > 0) leaks.push(`${end.sockets} sockets are open though everything is closed.`);
  for (const [table, count] of Object.entries(end.tables)) if (count > 0) leaks.push(`${count} left in the engine's table of ${table}.`);
  return { rows, leaks };
}

function row({ at, events, memory, handles, sockets, tables }: Sample, base: Sample | undefined): readonly string[] {
  const left = Object.values(tables).reduce((sum, count) => sum + count, 0);
  return [
    (at / 60_000).toFixed(1), events.toLocaleString('en'), `${(memory / 1e6).toFixed(1)} MB`, base === undefined || at < base.at ? '' : (memory / base.memory).toFixed(2),
    String(handles), String(sockets), String(left),
  ];
}
