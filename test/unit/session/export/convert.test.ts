import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { convertCommand } from '../../../../electron/session/export/convert-command';
import { writeExport } from '../../../../electron/session/export/write-export';
import { saveSession } from '../../../../electron/session/save';
import { syntheticTrace } from '../../../../electron/trace/synthetic';
import { Trace } from '../../../../electron/trace/trace';

describe('hinspector convert', () => {
  let folder = '';
  let session = '';
  const said: string[] = [];
  const printed: string[] = [];
  const events = [...syntheticTrace({ events: 500, handles: 10, seed: 1 })];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'hconvert-'));
    session = path.join(folder, 'in.hinspect');
    said.length = 0;
    printed.length = 0;
    const trace = new Trace();
    for (const event of events) trace.append(event);
    await saveSession(trace, session, { application: '0.0.0', engine: { kind: 'portable', description: 'Portable engine' } });
  });
  afterEach(async () => rm(folder, { recursive: true }));

  const convert = (...args: readonly string[]): Promise<number> =>
    convertCommand(args, { out: (line) => printed.push(line), problem: (line) => said.push(line), version: '0.0.0' });

  test.each([['out.csv', 'seq,time_ms'], ['out.ndjson', '{"seq":0,"time"'], ['out.har', '{"log"']])('writes %s by the name of the file', async (name, begin) => {
    expect(await convert(session, path.join(folder, name)), said.join()).toBe(0);
    expect((await readFile(path.join(folder, name), 'utf8')).replace('\uFEFF', '').startsWith(begin)).toBe(true);
  });

  test('writes what was recorded, and not that the file was opened', async () => {
    expect(await convert(session, '-', '--to', 'ndjson')).toBe(0);
    expect(printed.join('\n').trim().split('\n')).toHaveLength(events.length);
  });

  test.each([
    [['in'], 'needs a recording and the file'], [['in', 'out.txt'], 'say it with --to'], [['in', 'out.har', '--to', 'pcap'], 'no format "pcap"'],
    [['in', 'out.har', '--filter', 'x'], 'goes with csv and ndjson'], [['in', 'out.har', '--wrong'], '--wrong'],
  ])('refuses %j and says why', async (args, why) => {
    expect(await convert(...args)).toBe(2);
    expect(said.join('\n')).toContain(why);
  });

  test('refuses a file that is no recording, and leaves what was there', async () => {
    const out = path.join(folder, 'out.csv');
    await writeFile(out, 'mine');
    await writeFile(path.join(folder, 'no.hinspect'), 'no');
    expect(await convert(path.join(folder, 'no.hinspect'), out)).toBe(2);
    expect(await readFile(out, 'utf8')).toBe('mine');
  });

  test('leaves an older file and nothing else when it is stopped', async () => {
    const out = path.join(folder, 'out.csv');
    await writeFile(out, 'mine');
    const stop = new AbortController();
    function* endless(): Generator<string> {
      for (let pieces = 0; ; pieces += 1) {
        if (pieces === 10_000) stop.abort();
        yield 'x'.repeat(1000);
      }
    }
    expect(await writeExport(endless(), out, stop.signal)).toEqual({ ok: false, error: { kind: 'cancelled' } });
    expect(await readFile(out, 'utf8')).toBe('mine');
    expect((await readdir(folder)).sort()).toEqual(['in.hinspect', 'out.csv']);
  });
});
