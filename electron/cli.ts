import { readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { err, ok, type Result } from '../preload/contract/result';
import { createEngine, createNative } from './engine/create-engine';
import type { Engine } from './engine/engine';
import { becameRelay, runHost } from './engine/host/run-host';
import { programProcess } from './engine/host/host-process';
import { startHost } from './engine/host/start-host';
import { wineCommand } from './engine/host/wine-command';
import { PortableEngine } from './engine/portable/portable-engine';
import type { EngineName } from './scenario/language/scenario';
import { RUN_USAGE, runCommand, type RunCommandWorld } from './scenario/run-command';
import { SWEEP_USAGE, sweepCommand } from './scenario/sweep/sweep-command';
import { CHECK_USAGE, checkCommand } from './session/check/check-command';
import { DIFF_USAGE, diffCommand } from './session/diff/diff-command';
import { CONVERT_USAGE, convertCommand } from './session/export/convert-command';
import { saveSession } from './session/save';
import { SYNTH_USAGE, synthCommand } from './session/synth/synth-command';

/** A command for people: electron/session and electron/scenario have one each in a file of its own. */
interface Subcommand {
  readonly name: string;
  readonly purpose: string;
  readonly usage: string;
  readonly run: (argv: readonly string[], signal: AbortSignal) => Promise<number>;
}

const SUBCOMMANDS: readonly Subcommand[] = [
  { name: 'run', purpose: 'runs scenarios and says whether what they expect was observed', usage: RUN_USAGE, run: (argv, signal) => runCommand(argv, world(signal)) },
  { name: 'check', purpose: 'holds recorded sessions to the lifetime rules and says which they break', usage: CHECK_USAGE, run: (argv, signal) => checkCommand(argv, world(signal)) },
  { name: 'convert', purpose: 'writes a recorded session in another format', usage: CONVERT_USAGE, run: (argv, signal) => convertCommand(argv, world(signal)) },
  { name: 'diff', purpose: 'compares two recorded sessions and says what differs', usage: DIFF_USAGE, run: (argv, signal) => diffCommand(argv, world(signal)) },
  { name: 'sweep', purpose: 'closes a handle of a scenario, or cancels a request, at every moment there is, and says what came of it', usage: SWEEP_USAGE, run: (argv, signal) => sweepCommand(argv, world(signal)) },
  { name: 'synth', purpose: 'writes a made-up session of any length, for trying out what is long', usage: SYNTH_USAGE, run: (argv, signal) => synthCommand(argv, world(signal)) },
];

const USAGE = `hinspector COMMAND

Commands
${SUBCOMMANDS.map(({ name, purpose, usage }) => `  ${name.padEnd(9)} ${purpose}\n\n${usage}\n`).join('\n')}
hinspector --help | --version`;

/** Of the package that this bundle (dist/electron/cli.cjs) is part of. */
function version(): string {
  const text = readFileSync(path.resolve(__dirname, '..', '..', 'package.json'), 'utf8');
  const parsed: unknown = JSON.parse(text);
  const found = typeof parsed === 'object' && parsed !== null && 'version' in parsed ? parsed.version : undefined;
  return typeof found === 'string' ? found : 'unknown';
}

/**
 * build/hinspector.mjs runs this very program under Wine for `--engine wine` alone: there it is the native engine. Beside
 * another engine Wine's has a process of its own.
 */
async function engineOf(name: EngineName): Promise<Result<Engine, string>> {
  if (name !== 'wine' || process.platform === 'win32') return createEngine(name === 'wine' ? 'native' : name);
  const wine = wineCommand(__filename, 'npm run -s hinspector -- run FILE --engine wine');
  if (!wine.ok) return wine;
  const hosted = await startHost(programProcess(wine.value));
  return hosted.ok ? ok(hosted.value.engine) : hosted;
}

function world(signal: AbortSignal): RunCommandWorld & { readonly version: string; readonly signal: AbortSignal } {
  return {
    version: version(),
    out: (line) => process.stdout.write(`${line}\n`),
    problem: (line) => process.stderr.write(`${line}\n`),
    createEngine: engineOf,
    saveTrace: async (inspector, file) => {
      try {
        await mkdir(path.dirname(path.resolve(file)), { recursive: true });
      } catch (error) {
        return err(`${file} could not be written: ${error instanceof Error ? error.message : String(error)}`);
      }
      const { kind, description } = inspector.engine;
      return saveSession(inspector.trace, file, { application: version(), engine: { kind, description } });
    },
    signal,
  };
}

/** How the window starts an engine in a process of its own: engine-host ENGINE PORT. Not a command for people. */
function hostEngine([name, port]: readonly string[]): number {
  const engine = name === 'portable' ? ok(new PortableEngine()) : createNative();
  if (!engine.ok) {
    process.stderr.write(`${engine.error}\n`);
    return 70;
  }
  runHost(engine.value, __filename, Number(port));
  return 0;
}

async function main(argv: readonly string[], signal: AbortSignal): Promise<number> {
  const [command, ...rest] = argv;
  switch (command) {
    case 'engine-host':
      return hostEngine(rest);
    case '--help':
    case '-h':
    case 'help':
      process.stdout.write(`${USAGE}\n`);
      return 0;
    case '--version':
    case '-v':
      process.stdout.write(`${version()}\n`);
      return 0;
    default: {
      const found = SUBCOMMANDS.find(({ name }) => name === command);
      if (found !== undefined && (rest.includes('--help') || rest.includes('-h'))) {
        process.stdout.write(`${found.usage}\n`);
        return 0;
      }
      if (found !== undefined) return found.run(rest, signal);
      process.stderr.write(`${command === undefined ? 'A command is needed.' : `There is no command "${command}".`}\n\n${USAGE}\n`);
      return 2;
    }
  }
}

/** Ctrl+C ends the scenario that runs and closes what it opened; a second one ends the process. */
function interruptible(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  return controller.signal;
}

// A reader such as `head` that has seen enough closes the pipe: the rest is for nobody, which is no failure of the run.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

// The socket of a hosted engine lives on a thread that runs this same file.
if (!becameRelay()) {
  void main(process.argv.slice(2), interruptible()).then(
    (code) => { process.exitCode = code; },
    (fault: unknown) => {
      process.stderr.write(`${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}\n`);
      process.exitCode = 70;
    },
  );
}
