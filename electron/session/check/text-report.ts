import type { Mute } from '../../../preload/contract/annotation';
import { SEVERITIES, type Finding } from '../../../preload/contract/finding';
import { muteOf } from '../../rules/mutes';
import type { CheckedFile } from './check-file';

/** A file's findings, three lines each: what, what to do, where to read it. What is muted is told by its mute, with its reason. */
export function textLines({ file, loaded, findings, mutes }: CheckedFile): readonly string[] {
  const told = findings.filter(({ muted }) => muted === undefined);
  const quiet = findings.length - told.length;
  const lines = [`${file}: ${loaded.events} events, ${told.length === 0 ? 'no findings' : counted(told.length, 'finding')}${quiet === 0 ? '' : `, ${quiet} muted`}`];
  if (loaded.truncated) lines.push('  The file ends before its end: what is there was recovered.');
  if (loaded.lost > 0) lines.push(`  ${loaded.lost} events were in damaged parts of the file and are lost.`);
  if (loaded.invalid > 0) lines.push(`  ${loaded.invalid} entries are no events and were left out.`);
  for (const { rule, severity, message, fix, page, time, provoked } of told) {
    lines.push(`  ${severity} ${rule} at ${time.toFixed(1)} ms${provoked ? ' (on purpose)' : ''}: ${message}`, `    ${fix}`, `    ${page}`);
  }
  return [...lines, ...mutes.map((mute) => muteLine(mute, findings, mutes))];
}

/** "muted handle-leaked on handle #3 (2 findings): kept for the next run" */
function muteLine(mute: Mute, findings: readonly Finding[], mutes: readonly Mute[]): string {
  const kept = findings.filter((finding) => muteOf(finding, mutes)?.id === mute.id).length;
  const where = mute.handle === undefined ? '' : ` on handle #${mute.handle}`;
  return `  muted ${mute.rule}${where} (${kept === 0 ? 'nothing falls under it' : counted(kept, 'finding')}): ${mute.reason}`;
}

export function summaryLine(files: readonly CheckedFile[]): string {
  const all = files.flatMap(({ findings }) => findings);
  const counts = [...SEVERITIES].reverse().map((severity) => counted(all.filter((finding) => finding.muted === undefined && finding.severity === severity).length, severity));
  const quiet = all.filter(({ muted }) => muted !== undefined).length;
  return `${counted(files.length, 'file')}: ${[...counts, ...(quiet === 0 ? [] : [`${quiet} muted`])].join(', ')}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
