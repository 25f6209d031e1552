import { reaches } from '../../../preload/contract/finding';
import { isBad, type Sweep, type SweepRow } from './sweep';

const HEAD = ['moment', 'returned', 'completion', 'closing', 'gone after', 'findings'] as const;

/** The matrix as text, a row a moment. */
export function sweepLines({ scenario, engine, action, target, rows }: Sweep): readonly string[] {
  const table = [HEAD, ...rows.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const lines = table.map((row) => row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  ').trimEnd());
  return [`${scenario} on ${engine}: ${action} $${target} at ${rows.length} moments`, ...lines, ...messages(rows), totals(rows)];
}

function cells({ moment, cell }: SweepRow): readonly string[] {
  if ('kind' in cell) return [moment, cell.kind, '', '', '', ''];
  const findings = [...new Set(cell.findings.map(({ rule, severity }) => `${severity} ${rule}`))];
  return [
    moment, cell.returned, cell.completions.join(', ') || 'none pending', cell.closing, cell.gone === undefined ? 'never' : `${cell.gone.toFixed(1)} ms`, findings.join(', ') || 'none',
  ];
}

/** What each rule said, once, with the moments at which it said it. */
function messages(rows: readonly SweepRow[]): readonly string[] {
  const said = new Map<string, { readonly words: string; readonly moments: string[] }>();
  for (const { moment, cell } of rows) {
    if ('kind' in cell || !isBad(cell)) continue;
    const bad = cell.findings.filter(({ severity }) => reaches(severity, 'warning'));
    for (const { rule, message } of bad.length > 0 ? bad : [{ rule: 'handle-closing-missing', message: 'HANDLE_CLOSING was owed and did not come.' }]) {
      const known = said.get(rule) ?? { words: message, moments: [] };
      said.set(rule, known);
      known.moments.push(cell.trace === undefined ? moment : `${moment} (${cell.trace})`);
    }
  }
  return [...said].flatMap(([rule, { words, moments }]) => [`${rule}, ${moments.length} ${moments.length === 1 ? 'moment' : 'moments'}: ${moments.join('; ')}`, `  ${words}`]);
}

function totals(rows: readonly SweepRow[]): string {
  const ran = rows.flatMap(({ cell }) => ('kind' in cell ? [] : [cell]));
  const bad = ran.filter(isBad).length;
  return `${rows.length} moments: ${ran.length} run, ${rows.length - ran.length} not, ${bad} with findings`;
}
