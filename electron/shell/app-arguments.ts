import path from 'node:path';
import { parseArgs } from 'node:util';
import { err, ok, type Result } from '../../preload/contract/result';
import { RETENTION_BOUNDS } from '../../preload/contract/retention';
import { ENGINE_NAMES, type EngineName } from '../engine/create-engine';

/** Wine's DLLs are the native engine in a process of Node for Windows. */
const CHOICES = [...ENGINE_NAMES, 'wine'] as const;

export interface AppArguments {
  readonly engine: EngineName | 'wine';
  /** Run the engine in a process of its own, whose faults leave the window standing. */
  readonly engineHost: boolean;
  /** Run the tour as soon as the window is there. */
  readonly tour: boolean;
  /** Write the window as PNG once the tour is done. */
  readonly screenshot: string | undefined;
  /** Write the session file once the tour is done. */
  readonly trace: string | undefined;
  /** A session file or a journal to look at. */
  readonly open: string | undefined;
  /** Recordings (journals) kept on the disk; undefined for as many as the settings say. */
  readonly keep: number | undefined;
  /** Leave when all that is done: 0 when it went well. */
  readonly exit: boolean;
}

export const USAGE = `hinspector [--engine portable|native|wine] [--engine-host] [--open FILE] [--tour] [--screenshot FILE.png] [--trace FILE.hinspect] [--keep N] [--exit] [FILE]

  --engine      native: wininet.dll and httpapi.dll (Windows); portable: the same functions over Node's sockets
                wine: the same DLLs under Wine (Linux; npm start sets it up)
  --engine-host run the engine in a process of its own: when it crashes, the window stays
  --open, FILE  show a session file (.hinspect) or the journal of a crashed recording (.hjournal)
  --tour        start with the tour
  --screenshot  after the tour, or once the window is there, write it as PNG
  --trace       then write the session file
  --keep        how many earlier recordings stay on the disk: as many as the settings say, 20 at first; what a crash left is among them
  --exit        leave then, with 0 when every scenario of the tour held`;

/** What a double click on a file in a file manager hands over, without any switch. */
const OPENED_BY_NAME = ['.hinspect', '.hjournal'];

/** Reads the command line of the window's process; Electron's and Chromium's own switches pass by. */
export function parseAppArguments(argv: readonly string[], platform: NodeJS.Platform): Result<AppArguments, string> {
  const { values, positionals } = parseArgs({
    args: [...argv], strict: false, allowPositionals: true,
    options: {
      engine: { type: 'string' }, 'engine-host': { type: 'boolean' }, tour: { type: 'boolean' }, screenshot: { type: 'string' }, trace: { type: 'string' }, open: { type: 'string' }, exit: { type: 'boolean' }, keep: { type: 'string' },
    },
  });
  const asked = values['engine'] ?? (platform === 'win32' ? 'native' : 'portable');
  const engine = CHOICES.find((name) => name === asked);
  if (engine === undefined) return err(`There is no engine “${String(asked)}”: it is ${CHOICES.join(' or ')}.`);
  const screenshot = fileArgument(values['screenshot']);
  const trace = fileArgument(values['trace']);
  const open = fileArgument(values['open']);
  if (open === 'missing') return err('--open needs a file: --open=FILE.hinspect');
  if (screenshot === 'missing' || trace === 'missing') return err('--screenshot and --trace need a file: --screenshot=FILE.png --trace=FILE.hinspect');
  const keep = values['keep'] === undefined ? undefined : keepArgument(values['keep']);
  if (values['keep'] !== undefined && keep === undefined) return err('--keep is a whole number of recordings, from 1 to 10000: --keep=20');
  return ok({
    engine, engineHost: values['engine-host'] === true, tour: values['tour'] === true, screenshot: screenshot?.file, trace: trace?.file,
    open: open?.file ?? positionals.find((name) => OPENED_BY_NAME.includes(path.extname(name).toLowerCase())),
    exit: values['exit'] === true, keep,
  });
}

function keepArgument(value: string | boolean): number | undefined {
  const count = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  return Number.isInteger(count) && count >= RETENTION_BOUNDS.least && count <= RETENTION_BOUNDS.most ? count : undefined;
}

function fileArgument(value: string | boolean | undefined): { readonly file: string } | 'missing' | undefined {
  if (value === undefined) return undefined;
  return typeof value === 'string' && value !== '' ? { file: value } : 'missing';
}
