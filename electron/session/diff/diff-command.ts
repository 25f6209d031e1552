import { parseArgs } from 'node:util';
import type { DiffRow } from '../../../preload/contract/comparison';
import { err, ok, type Result } from '../../../preload/contract/result';
import { openCompared } from './comparer';
import { compareSessions, TIME_THRESHOLD, type ComparedSession, type SessionDiff } from './session-diff';
import { rowLines, summaryLines } from './text-report';

/** What the command needs of the world around it. */
export interface DiffWorld {
  readonly out: (line: string) => void;
  readonly problem: (line: string) => void;
}

const FORMATS = ['text', 'json'] as const;
type Format = (typeof FORMATS)[number];

export const DIFF_USAGE = `hinspector diff A B [--format text|json] [--ratio N] [--times]

  A, B      recorded sessions (.hinspect) or journals
  --format  text (the default) or json: the differing rows as data
  --ratio   times differ from so many times as long on: ${TIME_THRESHOLD.ratio} unless said otherwise, and by ${TIME_THRESHOLD.milliseconds} ms at least
  --times   times that differ make the sessions differ too

  Ends with 0 when the sessions are the same, 1 when they differ, 2 when they cannot be compared`;

/** Rows read at a time. */
const PAGE = 500;

interface DiffArguments {
  readonly a: string;
  readonly b: string;
  readonly format: Format;
  readonly ratio: number;
  readonly times: boolean;
}

/** `hinspector diff`: 0 when the sessions are the same, 1 when they differ, 2 for bad usage or a file that is no recording. */
export async function diffCommand(argv: readonly string[], world: DiffWorld): Promise<number> {
  const args = readArguments(argv);
  if (!args.ok) {
    world.problem(`${args.error}\n\n${DIFF_USAGE}`);
    return 2;
  }
  const { format, ratio, times } = args.value;
  const [a, b] = [await openCompared(args.value.a), await openCompared(args.value.b)];
  for (const one of [a, b]) if (!one.ok) world.problem(one.error);
  if (!a.ok || !b.ok) return 2;
  const diff = compared(a.value, b.value, ratio);
  if (format === 'text') {
    for (const row of differing(diff)) for (const line of rowLines(row)) world.out(line);
    for (const line of summaryLines(diff.summary)) world.out(line);
  } else {
    const rows = [...differing(diff)];
    world.out(JSON.stringify({ a: args.value.a, b: args.value.b, ...diff.summary, rows: diff.summary.rows, differing: rows }, undefined, 2));
  }
  return diff.summary.same && !(times && diff.summary.times > 0) ? 0 : 1;
}

function compared(a: ComparedSession, b: ComparedSession, ratio: number): SessionDiff {
  const work = compareSessions(a, b, { ...TIME_THRESHOLD, ratio });
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

function* differing(diff: SessionDiff): Generator<DiffRow> {
  for (let offset = 0; offset < diff.summary.rows; offset += PAGE) {
    for (const row of diff.rows(offset, PAGE)) if (row.state !== 'same' || row.ratio !== undefined) yield row;
  }
}

function readArguments(argv: readonly string[]): Result<DiffArguments, string> {
  let parsed;
  try {
    parsed = parseArgs({ args: [...argv], allowPositionals: true, options: { format: { type: 'string' }, ratio: { type: 'string' }, times: { type: 'boolean' } } });
  } catch (error) {
    // node:util throws for an unknown option; its message names it.
    return err(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  const [a, b, ...more] = positionals;
  if (a === undefined || b === undefined || more.length > 0) return err('diff needs two recorded sessions.');
  const format = FORMATS.find((one) => one === (values.format ?? 'text'));
  if (format === undefined) return err(`There is no format "${values.format ?? ''}". The formats: ${FORMATS.join(', ')}.`);
  const ratio = Number(values.ratio ?? TIME_THRESHOLD.ratio);
  if (!(ratio > 1)) return err(`--ratio is a number above 1: "${values.ratio ?? ''}" is none.`);
  return ok({ a, b, format, ratio, times: values.times === true });
}
