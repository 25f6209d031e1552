import { SEVERITIES } from '../../../preload/contract/finding';
import type { CheckedFile } from './check-command';

/** A file's findings, three lines each: what, what to do, where to read it. */
export function textLines({ file, loaded, findings }: CheckedFile): readonly string[] {
  const lines = [`${file}: ${loaded.events} events, ${findings.length === 0 ? 'no findings' : `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`}`];
  if (loaded.truncated) lines.push('  The file ends before its end: what is there was recovered.');
  if (loaded.lost > 0) lines.push(`  ${loaded.lost} events were in damaged parts of the file and are lost.`);
  if (loaded.invalid > 0) lines.push(`  ${loaded.invalid} entries are no events and were left out.`);
  for (const { rule, severity, message, fix, page, time, provoked } of findings) {
    lines.push(`  ${severity} ${rule} at ${time.toFixed(1)} ms${provoked ? ' (on purpose)' : ''}: ${message}`, `    ${fix}`, `    ${page}`);
  }
  return lines;
}

export function summaryLine(files: readonly CheckedFile[]): string {
  const all = files.flatMap(({ findings }) => findings);
  const counts = [...SEVERITIES].reverse().map((severity) => {
    const count = all.filter((finding) => finding.severity === severity).length;
    return `${count} ${severity}${count === 1 ? '' : 's'}`;
  });
  return `${files.length} ${files.length === 1 ? 'file' : 'files'}: ${counts.join(', ')}`;
}
