import { reaches } from '../../../preload/contract/finding';
import { isBad, type Sweep, type SweepRow } from '../../../preload/contract/sweep';

const HEAD = ['moment', 'engine', 'returned', 'last error', 'completion', 'closing', 'gone after', 'findings'] as const;
/** The engine's column, which says nothing where there is one engine only. */
const ENGINE = 1;

/** The matrix as text, a row a moment. */
export function sweepLines({ scenario, engines, action, target, rows }: Sweep): readonly string[] {
  const columns = HEAD.map((_, column) => column).filter((column) => column !== ENGINE || engines.length > 1);
  const table = [HEAD, ...rows.map(cells)].map((row) => columns.map((column) => row[column] ?? ''));
  const widths = columns.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const lines = table.map((row) => row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  ').trimEnd());
  return [`${scenario} on ${engines.join(' and ')}: ${action} $${target} at ${moments(rows.length)}`, ...lines, ...messages(rows), totals(rows)];
}

function cells({ moment, engine, cell }: SweepRow): readonly string[] {
  if (cell.kind !== 'run') return [moment, engine, cell.kind];
  const findings = [...new Set(cell.findings.map(({ rule, severity }) => `${severity} ${rule}`))];
  return [
    moment, engine, cell.returned, cell.lastErrorWords || 'none', cell.completions.join(', ') || 'none pending', cell.closing,
    cell.gone === undefined ? 'never' : `${cell.gone.toFixed(1)} ms`, findings.join(', ') || 'none',
  ];
}

/** What each rule said, once, with the moments at which it said it. */
function messages(rows: readonly SweepRow[]): readonly string[] {
  const said = new Map<string, { readonly words: string; readonly at: string[] }>();
  for (const { moment, cell } of rows) {
    if (cell.kind !== 'run' || !isBad(cell)) continue;
    const bad = cell.findings.filter(({ severity }) => reaches(severity, 'warning'));
    for (const { rule, message } of bad.length > 0 ? bad : [{ rule: 'handle-closing-missing', message: 'HANDLE_CLOSING was owed and did not come.' }]) {
      const known = said.get(rule) ?? { words: message, at: [] };
      said.set(rule, known);
      known.at.push(cell.trace === undefined ? moment : `${moment} (${cell.trace})`);
    }
  }
  return [...said].flatMap(([rule, { words, at }]) => [`${rule}, ${moments(at.length)}: ${at.join('; ')}`, `  ${words}`]);
}

function totals(rows: readonly SweepRow[]): string {
  const ran = rows.flatMap(({ cell }) => (cell.kind === 'run' ? [cell] : []));
  const bad = ran.filter(isBad).length;
  return `${moments(rows.length)}: ${ran.length} run, ${rows.length - ran.length} not, ${bad} with findings`;
}

function moments(count: number): string {
  return `${count} ${count === 1 ? 'moment' : 'moments'}`;
}
