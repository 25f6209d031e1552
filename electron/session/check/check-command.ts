import path from 'node:path';
import { parseArgs } from 'node:util';
import { reaches, SEVERITIES, type Severity } from '../../../preload/contract/finding';
import { err, ok, type Result } from '../../../preload/contract/result';
import { RULES } from '../../rules/rules';
import { checkFile, type CheckedFile } from './check-file';
import { findingMarkdown } from './finding-markdown';
import { sarifReport } from './sarif-report';
import { summaryLine, textLines } from './text-report';

/** What the command needs of the world around it. */
export interface CheckWorld {
  readonly out: (line: string) => void;
  readonly problem: (line: string) => void;
  /** Version of the application, for the reports that name it. */
  readonly version: string;
}

const FORMATS = ['text', 'json', 'sarif', 'markdown'] as const;
type Format = (typeof FORMATS)[number];

export const CHECK_USAGE = `hinspector check FILE… [--format text|json|sarif|markdown] [--fail-on note|warning|error] [--no-mutes]

  FILE       recorded sessions (.hinspect) or journals
  --format   text (the default), json: the findings as data, sarif: SARIF 2.1.0 for code scanning,
             markdown: each finding with its sequence, to paste into a bug tracker
  --fail-on  the severity from which the command ends with 1: warning unless said otherwise
  --no-mutes count what is muted in a session, too`;

interface CheckArguments {
  readonly files: readonly string[];
  readonly format: Format;
  readonly failOn: Severity;
  readonly mutes: boolean;
}

/** `hinspector check`: 0 when no finding reaches the severity, 1 when one does, 2 for bad usage or a file that is no recording. */
export async function checkCommand(argv: readonly string[], world: CheckWorld): Promise<number> {
  const args = readArguments(argv);
  if (!args.ok) {
    world.problem(`${args.error}\n\n${CHECK_USAGE}`);
    return 2;
  }
  const { files, format, failOn, mutes } = args.value;
  const checked: CheckedFile[] = [];
  for (const file of files) {
    const one = await checkFile(file, mutes);
    if (!one.ok) {
      world.problem(one.error);
      return 2;
    }
    const { trace, ...report } = one.value;
    checked.push(report);
    if (format === 'text') for (const line of textLines(report)) world.out(line);
    if (format === 'markdown') for (const finding of report.findings) if (finding.muted === undefined) world.out(findingMarkdown(trace, finding, RULES.find(({ id }) => id === finding.rule), { application: world.version, origin: path.basename(file) }));
  }
  if (format === 'text') world.out(summaryLine(checked));
  if (format === 'json') world.out(JSON.stringify({ files: checked.map(({ file, loaded: { events, invalid, lost, truncated }, findings, mutes: muted }) => ({ file, events, invalid, lost, truncated, mutes: muted, findings })) }, undefined, 2));
  if (format === 'sarif') world.out(JSON.stringify(sarifReport(checked, RULES, world.version), undefined, 2));
  return checked.some(({ findings }) => findings.some(({ severity, muted }) => muted === undefined && reaches(severity, failOn))) ? 1 : 0;
}

function readArguments(argv: readonly string[]): Result<CheckArguments, string> {
  let parsed;
  try {
    parsed = parseArgs({ args: [...argv], allowPositionals: true, options: { format: { type: 'string' }, 'fail-on': { type: 'string' }, 'no-mutes': { type: 'boolean' } } });
  } catch (error) {
    // node:util throws for an unknown option; its message names it.
    return err(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  if (positionals.length === 0) return err('check needs at least one recorded session.');
  const format = FORMATS.find((one) => one === (values.format ?? 'text'));
  if (format === undefined) return err(`There is no format "${values.format ?? ''}". The formats: ${FORMATS.join(', ')}.`);
  const failOn = SEVERITIES.find((one) => one === (values['fail-on'] ?? 'warning'));
  if (failOn === undefined) return err(`There is no severity "${values['fail-on'] ?? ''}". The severities: ${SEVERITIES.join(', ')}.`);
  return ok({ files: positionals, format, failOn, mutes: values['no-mutes'] !== true });
}
