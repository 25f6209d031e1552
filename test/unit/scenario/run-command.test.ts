import { mkdtemp, readFile, rm, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { err, ok } from '../../../preload/contract/result';
import { PortableEngine } from '../../../electron/engine/portable/portable-engine';
import { runCommand } from '../../../electron/scenario/run-command';
import { saveSession } from '../../../electron/session/save';

const GOOD = 'scenario: good\ntitle: It holds\nsteps: [{ call: InternetCloseHandle, with: { hInternet: 0 }, expect: { returns: false } }]';
const BAD = 'scenario: bad\ntitle: It does not\nsteps:\n  - call: InternetCloseHandle\n    with: { hInternet: 0 }\n    id: close\n    expect: { returns: true }';
const BROKEN = 'scenario: broken\nsteps:\n  - cal: x';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hinspector-run-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function hinspector(...argv: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly problems: string }> {
  const out: string[] = [];
  const problems: string[] = [];
  const code = await runCommand(argv, {
    out: (line) => out.push(line),
    problem: (line) => problems.push(line),
    createEngine: (name) => (name === 'portable' ? ok(new PortableEngine()) : err(`${name} cannot be had here.`)),
    saveTrace: ({ trace }, file) => saveSession(trace, file, { application: 'test', engine: { kind: 'portable', description: 'test' } }),
  });
  return { code, out: out.join('\n'), problems: problems.join('\n') };
}

async function file(name: string, text: string): Promise<string> {
  const target = path.join(folder, name);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, text);
  return target;
}

describe('hinspector run', () => {
  it('gives a line each, the totals, and 0', async () => {
    await file('b/good.yml', GOOD);
    await file('a.json', JSON.stringify({ scenario: 'a', title: 'JSON', steps: [{ mark: 'here' }] }));
    await file('notes.txt', 'no scenario');
    const { code, out } = await hinspector(folder);
    expect(out.split('\n')).toEqual([expect.stringMatching(/^ok .*a\.json {2}JSON$/), expect.stringMatching(/^ok .*good\.yml {2}It holds$/), '2 scenarios: 2 passed, 0 failed']);
    expect(code).toBe(0);
  });

  it('gives each failed expectation with its step, and 1', async () => {
    const { code, out } = await hinspector(await file('bad.yaml', BAD), await file('good.yaml', GOOD));
    expect(out).toMatch(/FAILED .*bad\.yaml {2}It does not\n {2}step 1 \(close\): InternetCloseHandle\(\), line 4\n {4}returns\n {6}expected TRUE\n {6}observed FALSE/);
    expect(out).toMatch(/2 scenarios: 1 passed, 1 failed$/);
    expect(code).toBe(1);
  });

  it('gives line and column of what is no scenario, and 2', async () => {
    const { code, out } = await hinspector(await file('broken.yaml', BROKEN));
    expect(out).toMatch(/broken\.yaml:3:5: A step needs a verb.*Did you mean "call"\?/);
    expect(code).toBe(2);
  });

  it('prints the same as data', async () => {
    const { code, out } = await hinspector(await file('bad.yaml', BAD), await file('broken.yaml', BROKEN), '--json', '--engine', 'portable');
    expect(JSON.parse(out)).toMatchObject({
      engine: 'portable',
      totals: { files: 2, passed: 0, failed: 1, invalid: 1, knownDifferences: 0 },
      scenarios: [
        { scenario: 'bad', passed: false, failures: [{ step: '1', id: 'close', line: 4, what: 'returns', expected: 'TRUE', observed: 'FALSE' }] },
        { verdict: 'invalid', problems: [{ line: 3, column: 5 }] },
      ],
    });
    expect(code).toBe(2);
  });

  it('saves the session file', async () => {
    const trace = path.join(folder, 'out.hinspect');
    expect((await hinspector(await file('good.yaml', GOOD), '--trace', trace)).code).toBe(0);
    expect((await readFile(trace)).length).toBeGreaterThan(100);
  });

  it.each([
    [[], 'needs at least one scenario'],
    [['x.yaml', '--engine', 'portible'], 'Did you mean "portable"?'],
    [['nowhere.yaml'], 'there is no such file'],
    [['x.yaml', '--jsn'], "Unknown option '--jsn'"],
  ])('refuses %j', async (argv, message) => {
    const { code, problems } = await hinspector(...argv);
    expect(problems).toContain(message);
    expect(code).toBe(2);
  });

  it('says why an engine cannot be had', async () => {
    const { code, problems } = await hinspector(await file('good.yaml', GOOD), '--engine', 'wine');
    expect(problems).toBe('wine cannot be had here.');
    expect(code).toBe(2);
  });
});
