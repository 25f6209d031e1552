import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { OthersPlan, OthersProgress } from '../../../preload/contract/record-others';
import { err, ok, type Result } from '../../../preload/contract/result';
import { recordingScript, serviceStateScript, STEPS, talkFiles, type Step, type TalkFiles } from './elevated-scripts';
import { elevating, REFUSED } from './powershell';

/** How PowerShell ended. */
export interface ScriptEnd {
  readonly code: number;
  /** What it wrote to its error output. */
  readonly said: string;
}

export interface OthersWorld {
  /** Runs a script with PowerShell and waits for its end. */
  readonly runScript: (script: string) => Promise<ScriptEnd>;
  /** Where folders for the talk with the elevated script are made. */
  readonly temporary: string;
  /** Told of every change; undefined when it is over. */
  readonly changed: (progress: OthersProgress | undefined) => void;
  /** Milliseconds between two looks at what the script has written. */
  readonly every: number;
}

/**
 * Records another program, or takes the state of the HTTP service, through one elevated script. Only one at a time: a
 * second asks the person for elevation again.
 */
export class OthersRecorder {
  private running: { readonly files: TalkFiles } | undefined;

  constructor(private readonly world: OthersWorld) {}

  get busy(): boolean {
    return this.running !== undefined;
  }

  /** The file to be opened, once all is done. */
  async record(plan: OthersPlan): Promise<Result<string, string>> {
    return this.through('recording', (files, session) => recordingScript(session, files, plan), plan.seconds);
  }

  async serviceState(): Promise<Result<string, string>> {
    return this.through('service-state', serviceStateScript, undefined);
  }

  /** Ends the recording before its time; what was recorded is opened. */
  async stop(): Promise<void> {
    if (this.running !== undefined) await writeFile(this.running.files.stop, '');
  }

  /** What went wrong has been read. */
  dismiss(): void {
    if (this.running === undefined) this.world.changed(undefined);
  }

  private async through(what: OthersProgress['what'], script: (files: TalkFiles, session: string) => string, seconds: number | undefined): Promise<Result<string, string>> {
    if (this.running !== undefined) return err('Another program is being recorded already: stop that first.');
    const folder = await mkdtemp(path.join(this.world.temporary, 'hinspector-'));
    const files = talkFiles(folder, what);
    this.running = { files };
    const tell = (step: OthersProgress['step'], left?: number): void => this.world.changed({ what, step, left, message: undefined });
    tell('asking');
    const watch = this.watch(files, what, seconds, tell);
    try {
      const end = await this.world.runScript(elevating(script(files, path.basename(folder))));
      const result = outcome(end, await stepsOf(files), files);
      this.world.changed(result.ok ? undefined : { what, step: 'failed', left: undefined, message: result.error });
      return result;
    } finally {
      clearInterval(watch);
      this.running = undefined;
    }
  }

  private watch(files: TalkFiles, what: OthersProgress['what'], seconds: number | undefined, tell: (step: OthersProgress['step'], left?: number) => void): NodeJS.Timeout {
    let since: number | undefined;
    return setInterval(() => void stepsOf(files).then((lines) => {
      if (this.running?.files !== files) return;
      const step = lines.map(({ step: one }) => one).findLast((one) => one !== undefined);
      if (step === undefined || step === 'done') return;
      since ??= performance.now();
      const left = what === 'recording' && step === 'recording' && seconds !== undefined ? Math.max(0, Math.ceil(seconds - (performance.now() - since) / 1000)) : undefined;
      tell(step, left);
    }), this.world.every);
  }
}

interface StepLine {
  readonly step: Step | undefined;
  readonly text: string;
}

/** What the script has written so far; PowerShell begins the file with a byte order mark. */
async function stepsOf({ steps }: TalkFiles): Promise<readonly StepLine[]> {
  try {
    const text = (await readFile(steps, 'utf8')).replace(/^\uFEFF/, '');
    return text.split(/\r?\n/).filter((line) => line !== '').map((line) => ({ step: STEPS.find((step) => step === line), text: line }));
  } catch {
    // It has not begun.
    return [];
  }
}

function outcome({ code, said }: ScriptEnd, lines: readonly StepLine[], { result }: TalkFiles): Result<string, string> {
  if (lines.some(({ step }) => step === 'done')) return ok(result);
  if (code === REFUSED) return err('Windows was told not to let Hinspector record: tracing other programs needs an administrator. Nothing was recorded.');
  const [, program = '', programCode = '', words = ''] = /^failed (\S+) (-?\d+) (.*)$/.exec(lines.map(({ text }) => text).find((text) => text.startsWith('failed ')) ?? '') ?? [];
  if (program !== '') return err(`${program} ended with ${programCode}${words === '' ? '' : `: ${words.slice(0, 500).replace(/\.$/, '')}`}. Nothing was opened.`);
  return err(`The elevated script ended with ${code}${said.trim() === '' ? '' : `: ${said.trim().slice(0, 500)}`}. Nothing was opened.`);
}
