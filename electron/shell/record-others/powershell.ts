import type { WindowsCommand } from './windows-commands';

/** PowerShell takes any of these for the end of a text in single quotes; doubled, each stands for itself. */
const SINGLE_QUOTES = /['\u2018\u2019\u201A\u201B]/g;

/** A text as PowerShell reads it back unchanged, whatever is in it. */
export function quoted(text: string): string {
  return `'${text.replace(SINGLE_QUOTES, '$&$&')}'`;
}

/** A script as the argument of -EncodedCommand: base64 of UTF-16LE, which no shell on the way can misread. */
export function encoded(script: string): string {
  return Buffer.from(script, 'utf16le').toString('base64');
}

/** Runs a program of System32, by its full path so that no other of that name is taken, and ends the script when it fails. */
export function invocation({ program, args }: WindowsCommand, output?: string): string {
  const into = output === undefined ? ' | Out-String' : ` | Out-File -Encoding utf8 -LiteralPath ${quoted(output)}`;
  const call = `& "$system\\${program}" ${args.map(quoted).join(' ')}${into}`;
  return output === undefined
    ? `$said = ${call}; if ($LASTEXITCODE -ne 0) { Fail ${quoted(program)} $LASTEXITCODE $said }`
    : `${call}; if ($LASTEXITCODE -ne 0) { Fail ${quoted(program)} $LASTEXITCODE '' }`;
}

/** ERROR_CANCELLED: the person said no to the elevation. */
export const REFUSED = 1223;

/**
 * The script that asks Windows for elevation and waits for the elevated one. It is given whole on the command line: a file
 * would be there to be changed between the writing and the asking.
 */
export function elevating(script: string): string {
  return [
    "$ErrorActionPreference = 'Stop'",
    'try {',
    "  $elevated = Start-Process -FilePath \"$env:SystemRoot\\System32\\WindowsPowerShell\\v1.0\\powershell.exe\" -Verb RunAs -WindowStyle Hidden -Wait -PassThru -ArgumentList '-NoProfile', '-NonInteractive', '-EncodedCommand', "
      + `'${encoded(script)}'`,
    '  exit $elevated.ExitCode',
    '} catch {',
    '  $code = $_.Exception.NativeErrorCode; if ($null -eq $code -and $null -ne $_.Exception.InnerException) { $code = $_.Exception.InnerException.NativeErrorCode }',
    `  if ($code -eq ${REFUSED}) { exit ${REFUSED} }`,
    '  [Console]::Error.WriteLine($_.Exception.Message); exit 1',
    '}',
  ].join('\r\n');
}
