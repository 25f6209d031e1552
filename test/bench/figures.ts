import { appendFileSync } from 'node:fs';

/** A short round among other tests shows that a benchmark runs; only a full one, alone on the machine, is held to its aims. */
export const SMOKE = process.env['HINSPECTOR_BENCH'] === 'smoke';

export interface Figure {
  /** What was measured, in a few words. */
  readonly what: string;
  readonly value: number;
  /** "ms", "µs", "bytes", "events/s". */
  readonly unit: string;
  /** What it is to be, at most or at least; left out where there is no aim but to know. */
  readonly aim?: { readonly most: number } | { readonly least: number };
  /** The same against something else that was measured in the same run: "1.4 × a bare window". */
  readonly against?: { readonly times: number; readonly of: string };
  /** An aim for that ratio. */
  readonly mostTimes?: number;
  /** Set where the figure has nothing to do with time: then a short round is held to the aim too. */
  readonly always?: true;
}

/** Prints a figure, hands it to the table that `npm run bench` ends with, and fails the run where an aim is missed. */
export function report(figure: Figure): void {
  const held = isHeld(figure);
  const row = {
    what: figure.what, figure: `${round(figure.value)} ${figure.unit}`, aim: aimWords(figure),
    against: figure.against === undefined ? '' : `${round(figure.against.times)} × ${figure.against.of}`, held: held === undefined ? '' : held ? 'yes' : 'no',
  };
  process.stdout.write(`${[`${row.what}: ${row.figure}`, row.against, row.aim === '' ? '' : `aim ${row.aim}`].filter((part) => part !== '').join(', ')}\n`);
  const table = process.env['HINSPECTOR_FIGURES'];
  if (table !== undefined) appendFileSync(table, `${JSON.stringify(row)}\n`);
  if (held === false && (!SMOKE || figure.always === true)) process.exitCode = 1;
}

/** Undefined where there is no aim. */
function isHeld({ value, aim, against, mostTimes }: Figure): boolean | undefined {
  if (aim === undefined && mostTimes === undefined) return undefined;
  const figure = aim === undefined || ('most' in aim ? value <= aim.most : value >= aim.least);
  return figure && (mostTimes === undefined || (against?.times ?? Number.POSITIVE_INFINITY) <= mostTimes);
}

function aimWords({ unit, aim, mostTimes }: Figure): string {
  const absolute = aim === undefined ? '' : 'most' in aim ? `≤ ${round(aim.most)} ${unit}` : `≥ ${round(aim.least)} ${unit}`;
  return [absolute, mostTimes === undefined ? '' : `≤ ${round(mostTimes)} ×`].filter((part) => part !== '').join(', ');
}

/** Three digits that count, and thousands apart. */
function round(value: number): string {
  const digits = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toLocaleString('en', { maximumFractionDigits: Math.min(3, digits) });
}

/** Milliseconds that something takes. */
export function timed(run: () => void): number {
  const began = performance.now();
  run();
  return performance.now() - began;
}

/** The value that a part of all values lies below: 0.95 for p95. */
export function percentile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * part)] ?? 0;
}
