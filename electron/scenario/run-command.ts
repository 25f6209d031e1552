import { readFile, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { err, ok, type MaybePromise, type Result } from '../../preload/contract/result';
import type { Engine } from '../engine/engine';
import { Inspector } from '../inspector/inspector';
import { ENGINE_NAMES, type EngineName } from './language/scenario';
import { loadScenario } from './load-scenario';
import { jsonReport } from './report/json-report';
import { exitCodeOf, totalsOf, type FileReport } from './report/report';
import { fileLines, totalLine } from './report/text-report';
import { runScenario } from './runner/scenario-run';
import { suggestion } from './language/nearest';

/** What the command needs of the world around it. */
export interface RunCommandWorld {
  readonly out: (line: string) => void;
  readonly problem: (line: string) => void;
  /** Makes a fresh engine, or says why it cannot be had here. */
  readonly createEngine: (name: EngineName) => MaybePromise<Result<Engine, string>>;
  /** Saves the session file of a run; the error says why it could not. */
  readonly saveTrace: (inspector: Inspector, file: string) => Promise<Result<unknown, string>>;
  readonly signal?: AbortSignal;
}

export const RUN_USAGE = `hinspector run FILE… --engine native|portable|wine [--json] [--trace OUT]

  FILE      scenario files, or folders of them (.yaml, .yml, .json)
  --engine  portable (the default): the documented functions over Node's sockets; native: wininet.dll and httpapi.dll;
            wine: the same under Wine
  --json    print the results as data
  --trace   save the session file; for several scenarios OUT is a folder`;

interface RunArguments {
  readonly files: readonly string[];
  readonly engine: EngineName;
  readonly json: boolean;
  readonly trace: string | undefined;
}

/** `hinspector run`: 0 when every expectation held, 1 when one did not, 2 for bad usage or a file that is no scenario. */
export async function runCommand(argv: readonly string[], world: RunCommandWorld): Promise<number> {
  const args = readArguments(argv);
  if (!args.ok) {
    world.problem(`${args.error}\n\n${RUN_USAGE}`);
    return 2;
  }
  const found = await scenarioFiles(args.value.files);
  if (!found.ok) {
    world.problem(found.error);
    return 2;
  }
  const reports: FileReport[] = [];
  for (const file of found.value) {
    if (world.signal?.aborted === true) break;
    const report = await runFile(file, found.value.length > 1, args.value, world);
    if (!report.ok) {
      world.problem(report.error);
      return 2;
    }
    reports.push(report.value);
    if (!args.value.json) for (const line of fileLines(report.value)) world.out(line);
  }
  const totals = totalsOf(reports);
  world.out(args.value.json ? jsonReport(args.value.engine, reports, totals) : totalLine(totals));
  return exitCodeOf(totals);
}

function readArguments(argv: readonly string[]): Result<RunArguments, string> {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { engine: { type: 'string' }, json: { type: 'boolean' }, trace: { type: 'string' } },
    });
  } catch (error) {
    // node:util throws for an unknown option; its message names it.
    return err(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  if (positionals.length === 0) return err('run needs at least one scenario file or folder.');
  const asked = values.engine ?? 'portable';
  const engine = ENGINE_NAMES.find((name) => name === asked);
  if (engine === undefined) return err(`No engine is named "${asked}".${suggestion(asked, ENGINE_NAMES)} The engines: ${ENGINE_NAMES.join(', ')}.`);
  return ok({ files: positionals, engine, json: values.json === true, trace: values.trace });
}

/** The files as given, and those inside folders in the order of their names. */
async function scenarioFiles(given: readonly string[]): Promise<Result<readonly string[], string>> {
  const files: string[] = [];
  for (const one of given) {
    const info = await stat(one).catch(() => undefined);
    if (info === undefined) return err(`${one}: there is no such file or folder.`);
    if (!info.isDirectory()) {
      files.push(one);
      continue;
    }
    const inside = await readdir(one, { recursive: true });
    const scenarios = inside.filter((name) => /\.(ya?ml|json)$/i.test(name)).sort().map((name) => path.join(one, name));
    if (scenarios.length === 0) return err(`${one}: this folder holds no .yaml, .yml or .json file.`);
    files.push(...scenarios);
  }
  return ok(files);
}

/** Each scenario has an engine of its own, so that none sees what another left behind. */
async function runFile(file: string, several: boolean, args: RunArguments, world: RunCommandWorld): Promise<Result<FileReport, string>> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => error);
  if (typeof text !== 'string') return err(`${file}: it cannot be read (${text instanceof Error ? text.message : String(text)}).`);
  const scenario = loadScenario(text);
  if (!scenario.ok) return ok({ kind: 'invalid', file, problems: scenario.error });
  const engine = await world.createEngine(args.engine);
  if (!engine.ok) return engine;
  const inspector = new Inspector(engine.value);
  try {
    const result = await runScenario(scenario.value, inspector, {
      engine: args.engine, ...(world.signal === undefined ? {} : { signal: world.signal }),
    });
    if (args.trace !== undefined) {
      const target = several ? path.join(args.trace, `${path.basename(file, path.extname(file))}.hinspect`) : args.trace;
      const saved = await world.saveTrace(inspector, target);
      if (!saved.ok) return saved;
    }
    return ok({ kind: 'ran', file, result });
  } finally {
    await engine.value.dispose();
  }
}
