import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadInto } from '../../../electron/session/load';
import { synthCommand } from '../../../electron/session/synth/synth-command';
import { Trace } from '../../../electron/trace/trace';

let folder = '';
beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), 'hsynth-')); });
afterEach(async () => rm(folder, { recursive: true }));

async function synth(...argv: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly problems: string }> {
  const out: string[] = [];
  const problems: string[] = [];
  const code = await synthCommand(argv, { out: (line) => out.push(line), problem: (line) => problems.push(line), version: '0', signal: new AbortController().signal });
  return { code, out: out.join('\n'), problems: problems.join('\n') };
}

describe('hinspector synth', () => {
  test('writes a session of that many events and handles', async () => {
    const file = path.join(folder, 'a.hinspect');
    expect(await synth('--events', '2e4', '--handles', '150', '--seed', '3', '--out', file)).toMatchObject({ code: 0 });
    const trace = new Trace();
    expect(await loadInto(trace, file)).toMatchObject({ ok: true, value: { invalid: 0, lost: 0, truncated: false } });
    expect(trace.log.length / 2e4).toBeCloseTo(1, 1);
    // A session and a connection above them.
    expect(trace.tree.size).toBe(152);
  });

  test('writes the same trace for the same seed', async () => {
    const traces: unknown[] = [];
    for (const [name, seed] of [['a', '1'], ['b', '1'], ['c', '2']] as const) {
      const file = path.join(folder, `${name}.hinspect`);
      await synth('--events', '500', '--handles', '5', '--seed', seed, '--out', file);
      const trace = new Trace();
      await loadInto(trace, file);
      traces.push([...trace.log]);
    }
    expect(traces[1]).toEqual(traces[0]);
    expect(traces[2]).not.toEqual(traces[0]);
  });

  test.each([
    [['--events', 'many'], '--events is a whole number'], [['--handles', '0'], '--handles is a whole number'], [['--size', '1'], '--size'],
  ])('refuses %j and says what is wrong', async (argv, words) => {
    const { code, problems } = await synth(...argv);
    expect(code).toBe(2);
    expect(problems).toContain(words);
  });

  test('says when the file cannot be written', async () => {
    const { code, problems } = await synth('--events', '100', '--out', path.join(folder, 'none', 'a.hinspect'));
    expect(code).toBe(1);
    expect(problems).toContain('none');
  });
});
