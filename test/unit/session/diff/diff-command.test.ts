import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { diffCommand } from '../../../../electron/session/diff/diff-command';
import { saveSession } from '../../../../electron/session/save';
import { Story } from '../../rules/story';

describe('hinspector diff', () => {
  let folder = '';
  beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), 'hdiff-')); });
  afterEach(async () => rm(folder, { recursive: true }));

  async function saved(name: string, tell: (story: Story) => void): Promise<string> {
    const story = new Story();
    tell(story);
    const file = path.join(folder, name);
    const done = await saveSession(story.trace, file, { application: 'test', engine: { kind: 'portable', description: 'test' } });
    if (!done.ok) throw new Error(done.error);
    return file;
  }

  async function diff(...argv: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly problems: string }> {
    const out: string[] = [];
    const problems: string[] = [];
    const code = await diffCommand(argv, { out: (line) => out.push(line), problem: (line) => problems.push(line) });
    return { code, out: out.join('\n'), problems: problems.join('\n') };
  }

  const works = (story: Story): void => { story.closes(story.opens('session')); };
  const fails = (story: Story): void => {
    const session = story.opens('session');
    story.fails('InternetQueryOption', session, 12_018);
    story.closes(session);
  };

  test('ends with 0 for sessions that are the same', async () => {
    expect(await diff(await saved('a.hinspect', works), await saved('b.hinspect', works))).toEqual({ code: 0, out: expect.stringContaining('The sessions are the same'), problems: '' });
  });

  test('ends with 1 and says what differs', async () => {
    const { code, out } = await diff(await saved('a.hinspect', works), await saved('b.hinspect', fails));
    expect(code).toBe(1);
    expect(out).toMatch(/^> event \d+ at [\d.]+ ms · #1 .* · InternetQueryOption · .*12018/m);
    expect(out).toMatch(/1 in B alone/);
  });

  test('gives the rows that differ as JSON', async () => {
    const { code, out } = await diff(await saved('a.hinspect', works), await saved('b.hinspect', fails), '--format', 'json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ same: false, states: { 'only-b': 1 }, differing: [{ state: 'only-b', b: { title: 'InternetQueryOption' } }] });
  });

  test('counts times only when it is told to', async () => {
    const slow = (story: Story): void => {
      const session = story.opens('session');
      const call = story.call('InternetCloseHandle', session);
      story.later(500).returned(call, 'success');
      story.closing(session);
    };
    const [a, b] = [await saved('a.hinspect', works), await saved('b.hinspect', slow)];
    expect(await diff(a, b)).toMatchObject({ code: 0, out: expect.stringMatching(/time: .* times as long[^]*1 of them with other times/) });
    expect((await diff(a, b, '--times')).code).toBe(1);
    expect(await diff(a, b, '--times', '--ratio', '100000')).toMatchObject({ code: 0 });
  });

  test.each([[['one'], 'two recorded sessions'], [['a', 'b', '--format', 'xml'], 'no format "xml"'], [['a', 'b', '--ratio', '1'], 'a number above 1'], [['a', 'b', '--no'], '--no']])('refuses %j and says why', async (argv, why) => {
    expect(await diff(...argv)).toMatchObject({ code: 2, problems: expect.stringContaining(why) });
  });

  test('ends with 2 for a file that is no recording, and names it', async () => {
    const file = path.join(folder, 'no.hinspect');
    await writeFile(file, 'no');
    expect(await diff(file, await saved('b.hinspect', works))).toMatchObject({ code: 2, problems: expect.stringContaining(file) });
  });
});
