import type { OthersPlan } from '../../../preload/contract/record-others';
import { invocation, quoted } from './powershell';
import { convertCommand, SERVICE_STATE, startCommands, stopCommand } from './windows-commands';

/** The files by which the elevated script and Hinspector speak, in a folder of their own. */
export interface TalkFiles {
  /** Lines that the script adds: a step, or "failed" with what a program said. */
  readonly steps: string;
  /** There when the recording is to end. */
  readonly stop: string;
  readonly trace: string;
  /** What is opened in the end. */
  readonly result: string;
}

export function talkFiles(folder: string, what: 'recording' | 'service-state'): TalkFiles {
  const at = (name: string): string => `${folder}\\${name}`;
  return { steps: at('steps.txt'), stop: at('stop'), trace: at('recording.etl'), result: at(what === 'recording' ? 'recording.xml' : 'servicestate.txt') };
}

/** Steps as the script writes them. */
export const STEPS = ['recording', 'stopping', 'converting', 'done'] as const;
export type Step = (typeof STEPS)[number];

function preamble({ steps }: TalkFiles): readonly string[] {
  return [
    "$ErrorActionPreference = 'Stop'",
    '$system = "$env:SystemRoot\\System32"',
    `function Step($words) { Add-Content -Encoding utf8 -LiteralPath ${quoted(steps)} -Value $words }`,
    "function Fail($program, $code, $said) { Step (\"failed $program $code \" + (($said -replace '\\s+', ' ').Trim())); exit 1 }",
  ];
}

/**
 * Records, waits for the stop or the time that was set, and converts: one elevation for all of it. Whatever goes wrong after
 * the start, and whoever ends, the session of ETW is stopped, for it would record on.
 */
export function recordingScript(session: string, files: TalkFiles, plan: OthersPlan): string {
  return [
    ...preamble(files),
    'try {',
    ...startCommands(session, files.trace, plan).map((command) => `  ${invocation(command)}`),
    "  Step 'recording'",
    `  $until = (Get-Date).AddSeconds(${Math.trunc(plan.seconds)})`,
    `  while ((Get-Date) -lt $until -and -not (Test-Path -LiteralPath ${quoted(files.stop)})) { Start-Sleep -Milliseconds 200 }`,
    "  Step 'stopping'",
    '} finally {',
    `  & "$system\\logman.exe" ${stopCommand(session).args.map(quoted).join(' ')} | Out-Null`,
    '}',
    "Step 'converting'",
    invocation(convertCommand(files.trace, files.result)),
    "Step 'done'",
  ].join('\r\n');
}

export function serviceStateScript(files: TalkFiles): string {
  return [...preamble(files), invocation(SERVICE_STATE, files.result), "Step 'done'"].join('\r\n');
}
