import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { JournalRetention } from '../../../electron/shell/journal-retention';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hinspector-retention-'));
  file = join(folder, 'settings.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('twenty recordings stay until a person says otherwise, and then as many at every start', () => {
  const first = new JournalRetention(file, undefined);
  expect([first.now, first.answer]).toEqual([20, { keep: 20, given: undefined }]);
  expect(first.keep(5)).toEqual({ keep: 5, given: undefined });
  expect(new JournalRetention(file, undefined).now).toBe(5);
});

test('the command line wins at its own start, and is not remembered', () => {
  const given = new JournalRetention(file, 3);
  expect([given.now, given.answer]).toEqual([3, { keep: 20, given: 3 }]);
  given.keep(7);
  expect(given.now).toBe(3);
  expect(new JournalRetention(file, undefined).now).toBe(7);
});

test('a file that is torn, or says what cannot be, is as if there were none, and is put right by the next change', () => {
  for (const text of ['', '{"keepRec', '[]', 'null', '{"keepRecordings":0}', '{"keepRecordings":-1}', '{"keepRecordings":1.5}', '{"keepRecordings":"5"}', '{"keepRecordings":1e9}']) {
    writeFileSync(file, text);
    expect(new JournalRetention(file, undefined).now, text).toBe(20);
  }
  new JournalRetention(file, undefined).keep(9);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ keepRecordings: 9 });
});

test('where nothing can be written the setting holds for this start', () => {
  writeFileSync(join(folder, 'blocked'), '');
  const retention = new JournalRetention(join(folder, 'blocked', 'settings.json'), undefined);
  expect(retention.keep(4)).toEqual({ keep: 4, given: undefined });
  expect(retention.now).toBe(4);
});
