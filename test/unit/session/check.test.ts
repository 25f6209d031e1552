import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RULES } from '../../../electron/rules/rules';
import { checkCommand } from '../../../electron/session/check/check-command';
import { saveSession } from '../../../electron/session/save';
import { Story } from '../rules/story';

let folder = '';
beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), 'hinspector-check-')); });
afterEach(async () => { await rm(folder, { recursive: true, force: true }); });

async function saved(name: string, write: (story: Story) => void): Promise<string> {
  const story = new Story();
  write(story);
  const file = path.join(folder, name);
  const done = await saveSession(story.trace, file, { application: 'test', engine: { kind: 'portable', description: 'test' } });
  if (!done.ok) throw new Error(done.error);
  return file;
}

const clean = async (): Promise<string> => saved('clean.hinspect', (story) => { story.closes(story.opens('session')); });
const broken = async (): Promise<string> => saved('broken.hinspect', (story) => {
  const session = story.opens('session');
  story.closes(session);
  story.fails('InternetQueryOption', session, 6);
});
const leaking = async (): Promise<string> => saved('leaking.hinspect', (story) => { story.opens('session'); });

async function check(...argv: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly problems: string }> {
  const out: string[] = [];
  const problems: string[] = [];
  const code = await checkCommand(argv, { out: (line) => out.push(line), problem: (line) => problems.push(line), version: '1.2.3' });
  return { code, out: out.join('\n'), problems: problems.join('\n') };
}

describe('hinspector check', () => {
  it('has nothing to say of a clean recording', async () => {
    expect(await check(await clean())).toMatchObject({ code: 0, out: expect.stringMatching(/no findings\n1 file: 0 errors, 0 warnings, 0 notes$/) });
  });

  it('names the handle, the events, the fix and the page of each finding, and fails', async () => {
    const { code, out } = await check(await broken());
    expect(code).toBe(1);
    expect(out).toMatch(/error no-use-after-close at [\d.]+ ms: InternetQueryOption \(event 5\) .*session #1 .*\(event 2\)/);
    expect(out).toContain('https://learn.microsoft.com/windows/win32/api/wininet/nf-wininet-internetclosehandle');
  });

  it('finds at the end of a recording what was left open, though its handles are gone with their engine', async () => {
    expect(await check(await leaking())).toMatchObject({ code: 1, out: expect.stringMatching(/warning handle-leaked/) });
  });

  it('fails from the severity that is asked for', async () => {
    expect((await check(await leaking(), '--fail-on', 'error')).code).toBe(0);
    expect((await check(await broken(), '--fail-on', 'error')).code).toBe(1);
    expect((await check(await clean(), '--fail-on', 'note')).code).toBe(0);
  });

  it('gives JSON and SARIF that name the rule, the level and the line of the event', async () => {
    const file = await broken();
    const json: unknown = JSON.parse((await check(file, '--format', 'json')).out);
    expect(json).toMatchObject({ files: [{ file, truncated: false, findings: [{ rule: 'no-use-after-close', severity: 'error', events: [5, 2] }] }] });
    const { code, out } = await check(file, await clean(), '--format', 'sarif');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      version: '2.1.0',
      runs: [{
        tool: { driver: { name: 'Hinspector', version: '1.2.3', rules: RULES.map(({ id }) => ({ id })) } },
        results: [{
          ruleId: 'no-use-after-close', ruleIndex: RULES.findIndex(({ id }) => id === 'no-use-after-close'), level: 'error',
          locations: [{ physicalLocation: { artifactLocation: { uri: file }, region: { startLine: 7 } } }],
        }],
      }],
    });
  });

  it('heeds what is muted in the session, lists it with its reason, and does not with --no-mutes', async () => {
    const file = await saved('muted.hinspect', (story) => {
      const [known, other] = [story.opens('session'), story.opens('session')];
      for (const session of [known, other]) {
        story.closes(session);
        story.fails('InternetQueryOption', session, 6);
      }
      const written = { kind: 'mute', rule: 'no-use-after-close', writtenAt: '2026-01-01T00:00:00Z' } as const;
      story.trace.annotations.add({ ...written, id: 'a', handle: known, reason: 'A library of ours does it; ticket 12.' });
      story.trace.annotations.add({ ...written, id: 'b', rule: 'handle-leaked', handle: undefined, reason: 'The process ends here.' });
    });
    const heeded = await check(file);
    expect(heeded).toMatchObject({ code: 1, out: expect.stringMatching(/1 finding, 1 muted\n/) });
    expect(heeded.out).toContain('  muted no-use-after-close on handle #1 (1 finding): A library of ours does it; ticket 12.');
    expect(heeded.out).toContain('  muted handle-leaked (nothing falls under it): The process ends here.');
    expect(heeded.out).toMatch(/1 file: 1 error, 0 warnings, 0 notes, 1 muted$/);
    const sarif: unknown = JSON.parse((await check(file, '--format', 'sarif')).out);
    expect(sarif).toMatchObject({ runs: [{ results: [{ suppressions: [{ kind: 'external', justification: 'A library of ours does it; ticket 12.' }] }, {}] }] });
    expect(await check(file, '--no-mutes')).toMatchObject({ code: 1, out: expect.stringMatching(/1 file: 2 errors, 0 warnings, 0 notes$/) });
    const all = await saved('all-muted.hinspect', (story) => {
      story.opens('session');
      story.trace.annotations.add({ kind: 'mute', id: 'a', writtenAt: '2026-01-01T00:00:00Z', rule: 'handle-leaked', handle: undefined, reason: 'It is kept.' });
    });
    expect((await check(all)).code).toBe(0);
    expect((await check(all, '--no-mutes')).code).toBe(1);
  });

  it('says what is wrong with what it was given', async () => {
    expect(await check()).toMatchObject({ code: 2, problems: expect.stringContaining('check needs at least one recorded session.') });
    expect(await check(path.join(folder, 'none.hinspect'))).toMatchObject({ code: 2, problems: expect.stringContaining('none.hinspect') });
    const file = path.join(folder, 'text.hinspect');
    await writeFile(file, 'not a recording');
    expect(await check(file)).toMatchObject({ code: 2, problems: expect.stringContaining(file) });
    expect(await check(file, '--format', 'xml')).toMatchObject({ code: 2, problems: expect.stringContaining('There is no format "xml"') });
    expect(await check(file, '--fail-on', 'bad')).toMatchObject({ code: 2, problems: expect.stringContaining('There is no severity "bad"') });
  });
});
