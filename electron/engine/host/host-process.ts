import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A process that serves an engine. */
export interface HostProcess {
  /** Ends it at once, as a crash would. */
  kill(): void;
  /** Settles when it has ended, or could not be started: how, in words. */
  readonly ended: Promise<string>;
}

/**
 * Starts one.
 * @param port of this process, on loopback, that it shall connect to
 * @param env added to this process's own
 */
export type StartProcess = (port: number, env: Readonly<Record<string, string>>) => HostProcess;

/** How a program that serves an engine is started; the port follows as the last argument. */
export interface HostCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** What a host last wrote, at most so many characters of it. */
export const KEPT_OUTPUT = 600;

/** @returns how it ended, with the last of what it wrote */
export function endInWords(how: string, output: string): string {
  return [how, output.slice(-KEPT_OUTPUT).trim()].filter((part) => part !== '').join(': ');
}

/** A program of its own: Node, here or under Wine. */
export function programProcess({ command, args, env: own }: HostCommand): StartProcess {
  return (port, env) => {
    const output = outputFile();
    const child = spawn(command, [...args, String(port)], {
      env: { ...process.env, ...own, ...env }, stdio: ['ignore', output.descriptor, output.descriptor], windowsHide: true,
    });
    const ended = new Promise<string>((resolve) => {
      child.once('error', (error) => {
        // A process that could not be started has no exit.
        if (child.pid === undefined) resolve(endInWords(error.message, output.take()));
      });
      child.once('exit', (code, signal) => {
        const how = signal === null ? `the engine's process ended with exit code ${code}` : `the engine's process was ended by ${signal}`;
        resolve(endInWords(how, output.take()));
      });
    });
    return { kill: () => { child.kill('SIGKILL'); }, ended };
  };
}

/** A file for what the process writes: under Wine it cannot write to a pipe. `take` gives what is in it, once. */
function outputFile(): { readonly descriptor: number; readonly take: () => string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'hinspector-host-'));
  const file = path.join(folder, 'output');
  const descriptor = openSync(file, 'w');
  return {
    descriptor,
    take: () => {
      closeSync(descriptor);
      const text = readFileSync(file, 'utf8');
      rmSync(folder, { recursive: true, force: true });
      return text;
    },
  };
}
