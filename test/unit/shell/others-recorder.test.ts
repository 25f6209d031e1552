import { mkdtemp, rm, stat, writeFile, appendFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OthersRecorder, type ScriptEnd } from '../../../electron/shell/record-others/others-recorder';
import type { OthersProgress } from '../../../preload/contract/record-others';

const PLAN = { scope: 'both', seconds: 60, megabytes: 64 } as const;

let temporary = '';
beforeAll(async () => { temporary = await mkdtemp(path.join(tmpdir(), 'others-')); });
afterAll(async () => { await rm(temporary, { recursive: true, force: true }); });

/** Stands for Windows: it is given the elevated script and writes what that would. */
function windows(act: (files: { readonly step: (words: string) => Promise<void>; readonly stopped: () => Promise<void> }) => Promise<ScriptEnd>) {
  const told: (OthersProgress | undefined)[] = [];
  const recorder = new OthersRecorder({
    temporary, every: 5, changed: (progress) => told.push(progress),
    runScript: async (outer) => {
      const inner = Buffer.from(/'-EncodedCommand', '([^']+)'/.exec(outer)?.[1] ?? '', 'base64').toString('utf16le');
      const [, steps = ''] = /Add-Content .* '([^']+)'/.exec(inner) ?? [];
      const [, stop = ''] = /Test-Path -LiteralPath '([^']+)'/.exec(inner) ?? [];
      let first = true;
      return act({
        step: async (words) => { await appendFile(steps, `${first ? '\uFEFF' : ''}${words}\r\n`); first = false; },
        stopped: async () => { for (;;) { try { await stat(stop); return; } catch { await new Promise((resolve) => { setTimeout(resolve, 5); }); } } },
      });
    },
  });
  return { recorder, told, steps: (): readonly (string | undefined)[] => told.map((progress) => progress?.step).filter((step, place, all) => step !== all[place - 1]) };
}

describe('recording another program', () => {
  it('goes through its steps until it is stopped, and ends with the file to open', async () => {
    const { recorder, steps, told } = windows(async ({ step, stopped }) => {
      await step('recording');
      await new Promise((resolve) => { setTimeout(resolve, 60); });
      await stopped();
      await step('converting');
      await new Promise((resolve) => { setTimeout(resolve, 60); });
      await step('done');
      return { code: 0, said: '' };
    });
    const done = recorder.record(PLAN);
    while (!told.some((progress) => progress?.step === 'recording')) await new Promise((resolve) => { setTimeout(resolve, 5); });
    expect(told.findLast((progress) => progress?.step === 'recording')?.left).toBeLessThanOrEqual(60);
    expect(await recorder.record(PLAN)).toMatchObject({ ok: false, error: expect.stringMatching(/already/) });
    await recorder.stop();
    expect(await done).toMatchObject({ ok: true, value: expect.stringMatching(/recording\.xml$/) });
    expect(steps()).toEqual(['asking', 'recording', 'converting', undefined]);
    expect(recorder.busy).toBe(false);
  });

  it('says that the person has refused, and that nothing was recorded', async () => {
    const { recorder, told } = windows(async () => ({ code: 1223, said: '' }));
    expect(await recorder.record(PLAN)).toEqual({ ok: false, error: expect.stringMatching(/needs an administrator\. Nothing was recorded/) });
    expect(told.at(-1)).toMatchObject({ step: 'failed', message: expect.stringMatching(/administrator/) });
  });

  it('passes on what a program of Windows said when it failed', async () => {
    const { recorder } = windows(async ({ step }) => { await step('failed logman.exe -2144337750 Error: Access is denied.'); return { code: 1, said: '' }; });
    expect(await recorder.record(PLAN)).toEqual({ ok: false, error: 'logman.exe ended with -2144337750: Error: Access is denied. Nothing was opened.' });
  });

  it('takes the state of the HTTP service the same way, and again when asked again', async () => {
    const { recorder, steps } = windows(async ({ step }) => { await step('done'); return { code: 0, said: '' }; });
    const first = await recorder.serviceState();
    const again = await recorder.serviceState();
    expect([first, again]).toMatchObject([{ ok: true, value: expect.stringMatching(/servicestate\.txt$/) }, { ok: true }]);
    expect(first).not.toEqual(again);
    expect(steps()).toEqual(['asking', undefined, 'asking', undefined]);
  });

  it('says what PowerShell said when the script could not be run at all', async () => {
    await writeFile(path.join(temporary, 'unrelated'), '');
    const { recorder } = windows(async () => ({ code: 1, said: 'This command cannot be run due to the error: The system cannot find the file specified.\r\n' }));
    expect(await recorder.record(PLAN)).toEqual({ ok: false, error: expect.stringMatching(/^The elevated script ended with 1: This command cannot be run/) });
  });
});
