import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ensureWine, runUnderWine, wineExists } from '../../build/setup/wine.mjs';

/** What Wine 8.0's client was seen to say when its server went away between its connecting and its first request. */
const LOST_AT_START = 'wine client error:0: recvmsg: Connection reset by peer';
/** The same of a thread that had run: what the program did before is not known. */
const LOST_LATER = 'wine client error:2c: recvmsg: Connection reset by peer';

describe.runIf(wineExists())('a program under Wine', () => {
  let folder = '';
  const PATH = process.env['PATH'] ?? '';

  beforeEach(async () => {
    await ensureWine('tests');
    folder = mkdtempSync(path.join(tmpdir(), 'hinspector-wine-start-'));
  });
  afterEach(() => {
    process.env['PATH'] = PATH;
    rmSync(folder, { recursive: true, force: true });
  });

  /** The real Wine, whose first starts are answered by a server that goes away. */
  function losing(starts: number, words: string): void {
    writeFileSync(path.join(folder, 'wine'), `#!/bin/sh\necho start >> "${folder}/starts"\n[ "$(wc -l < "${folder}/starts")" -le ${starts} ] && { echo "${words}" >&2; exit 1; }\nPATH="${PATH}"\nexec wine "$@"\n`);
    chmodSync(path.join(folder, 'wine'), 0o755);
    process.env['PATH'] = `${folder}:${PATH}`;
  }

  function started(): number {
    return existsSync(path.join(folder, 'starts')) ? readFileSync(path.join(folder, 'starts'), 'utf8').trim().split('\n').length : 0;
  }

  function program(): string {
    const file = path.join(folder, 'program.cjs');
    writeFileSync(file, 'process.stdout.write("ran"); process.exitCode = 3;');
    return file;
  }

  test('is started again when Wine’s server went away as it was being reached', async () => {
    losing(2, LOST_AT_START);
    expect(await runUnderWine(program(), [], { place: 'tests' })).toMatchObject({ code: 3, stdout: 'ran' });
    expect(started()).toBe(3);
  }, 60_000);

  test('is not started without end', async () => {
    losing(100, LOST_AT_START);
    expect((await runUnderWine(program(), [], { place: 'tests' })).stderr).toContain(LOST_AT_START);
    expect(started()).toBe(4);
  }, 60_000);

  test('is not started twice when it may have run', async () => {
    losing(1, LOST_LATER);
    expect((await runUnderWine(program(), [], { place: 'tests' })).code).toBe(1);
    expect(started()).toBe(1);
  }, 60_000);
});
