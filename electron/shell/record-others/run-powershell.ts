import { spawn } from 'node:child_process';
import path from 'node:path';
import type { ScriptEnd } from './others-recorder';
import { encoded } from './powershell';

/** Of what PowerShell says to its error output, what is kept, in characters. */
const KEPT = 2000;

/** Runs a script with the PowerShell that every Windows has, unseen, and waits for its end. */
export function runPowerShell(script: string): Promise<ScriptEnd> {
  const program = path.win32.join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe');
  return new Promise((resolve) => {
    const child = spawn(program, ['-NoProfile', '-NonInteractive', '-EncodedCommand', encoded(script)], { windowsHide: true, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => { said = (said + text).slice(-KEPT); });
    child.once('error', (failure) => resolve({ code: -1, said: failure.message }));
    child.once('close', (code) => resolve({ code: code ?? -1, said }));
  });
}
