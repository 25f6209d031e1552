import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkCommand } from '../../../../electron/session/check/check-command';
import { convertCommand } from '../../../../electron/session/export/convert-command';
import { detectFormat } from '../../../../electron/session/import/detect-format';
import { importFile } from '../../../../electron/session/import/import-file';
import { loadInto } from '../../../../electron/session/load';
import { Trace } from '../../../../electron/trace/trace';
import { treeLines } from './imported';
import { GERMAN } from './servicestate-text';
import { BEGAN, csvTrace, xmlTrace, type WrittenEvent } from './tracerpt-text';

let folder = '';
beforeAll(async () => { folder = await mkdtemp(path.join(tmpdir(), 'hinspector-import-')); });
afterAll(async () => { await rm(folder, { recursive: true, force: true }); });

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const made = path.join(folder, name);
  await writeFile(made, content);
  return made;
}

const EVENTS: readonly WrittenEvent[] = [
  { provider: 'Microsoft-Windows-WinINet', id: 101, time: 0, fields: { HINTERNET: '0xCC0004', UserAgent: 'Ünïcode/1' } },
  { provider: 'Microsoft-Windows-WinINet', id: 103, time: 1.25, fields: { ConnectionHandle: '0xCC0008', ParentHandle: '0xCC0004', ServerName: 'a.test', ServerPort: '80', Service: 'HTTP' } },
  { provider: 'Microsoft-Windows-WinINet', id: 105, time: 61_000, fields: { HINTERNET: '0xCC0008' } },
];
const TREE = ['process Process 2480', '  session Ünïcode/1', '    connection a.test:80 (HTTP) [closed]'];

const utf16 = (text: string, mark: boolean): Buffer => Buffer.from(`${mark ? '\uFEFF' : ''}${text}`, 'utf16le');

async function loaded(name: string, content: string | Uint8Array) {
  const trace = new Trace(() => 0);
  return { trace, result: await loadInto(trace, await file(name, content)) };
}

describe('what another program wrote', () => {
  it.each([
    ['a.xml', xmlTrace(EVENTS), 'etw-xml'], ['b.txt', `\uFEFF${xmlTrace(EVENTS)}`, 'etw-xml'], ['c', utf16(xmlTrace(EVENTS), true), 'etw-xml'],
    ['d.csv', csvTrace(EVENTS), 'etw-csv'], ['e.har', utf16(csvTrace(EVENTS), true), 'etw-csv'], ['f.hinspect', utf16(csvTrace(EVENTS), false), 'etw-csv'],
    ['g', utf16(csvTrace(EVENTS), true).swap16(), 'etw-csv'],
  ] as const)('is known by its content, whatever it is called and however it is encoded: %s', async (name, content, format) => {
    const { trace, result } = await loaded(name, content);
    expect(result).toMatchObject({ ok: true, value: { imported: format, events: 4, invalid: 0, truncated: false } });
    expect(treeLines(trace)).toEqual(TREE);
  });

  it.each([['xml', xmlTrace(EVENTS)], ['csv', csvTrace(EVENTS)]])('says when the recording began and ended: %s', async (name, content) => {
    const { result } = await loaded(`when.${name}`, content);
    expect(result).toMatchObject({ ok: true, value: { header: { savedAt: new Date(BEGAN + 61_000).toISOString() } } });
  });

  it('is held to the rules by hinspector check, which names what was never closed', async () => {
    const out: string[] = [];
    const code = await checkCommand([await file('check.xml', xmlTrace(EVENTS))], { out: (line) => out.push(line), problem: (line) => out.push(line), version: '0' });
    expect([code, out.join('\n')]).toEqual([1, expect.stringMatching(/warning handle-leaked.*session #2 “Ünïcode\/1”/)]);
  });

  it('goes on beyond its end: what is in use there is not said to be forgotten', async () => {
    const out: string[] = [];
    await checkCommand([await file('short.xml', xmlTrace(EVENTS.slice(0, 2)))], { out: (line) => out.push(line), problem: (line) => out.push(line), version: '0' });
    expect(out.at(-1)).toMatch(/0 errors, 0 warnings, 0 notes/);
  });

  it('becomes a session file with hinspector convert, which keeps when it was recorded and by whom', async () => {
    const out = path.join(folder, 'converted.hinspect');
    const problems: string[] = [];
    expect(await convertCommand([await file('convert.csv', csvTrace(EVENTS)), out], { out: () => undefined, problem: (line) => problems.push(line), version: '0' })).toBe(0);
    const trace = new Trace(() => 0);
    expect(await loadInto(trace, out)).toMatchObject({ ok: true, value: { header: { engine: { kind: 'import' }, savedAt: new Date(BEGAN + 61_000).toISOString() } } });
    expect([treeLines(trace), problems]).toEqual([TREE, []]);
  });

  it('tells what was left out, with the first line of it', async () => {
    const { trace, result } = await loaded('damaged.xml', xmlTrace(EVENTS).replace(/SystemTime="[^"]*10:01:01[^"]*"/, 'SystemTime="yesterday"').replace('<Events>', '<Events>\r\n<Event><System><EventID>7</EventID></System></Event>'));
    expect(result).toMatchObject({ ok: true, value: { invalid: 1 } });
    expect([...trace.log].at(-1)).toMatchObject({ kind: 'note', text: expect.stringMatching(/^1 of its entries are damaged.*line \d+: an event has the time “yesterday”.* 1 of its entries tell of no handle/) });
  });

  it('is read up to where it was cut short', async () => {
    const text = xmlTrace(EVENTS);
    const { trace, result } = await loaded('cut.xml', text.slice(0, text.length - 400));
    expect(result).toMatchObject({ ok: true, value: { truncated: true, invalid: 0 } });
    expect(treeLines(trace)).toEqual([...TREE.slice(0, 2), '    connection a.test:80 (HTTP)']);
  });

  it.each([['UTF-16, as PowerShell redirects', utf16(GERMAN, true)], ['the code page of a German command prompt', Buffer.from(GERMAN, 'latin1')]])('of netsh, in %s', async (name, content) => {
    const { trace, result } = await loaded(`state of ${name}.txt`, content);
    expect(result).toMatchObject({ ok: true, value: { imported: 'service-state' } });
    expect(treeLines(trace)).toContain('    url-group HTTPS://+:443/HOSTAGENT/ (HTTPS://+:443/HOSTAGENT/)');
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const result = await importFile(await file('stop.xml', xmlTrace(EVENTS)), { take: () => undefined, progress: () => stop.abort(), signal: stop.signal });
    expect(result).toEqual({ ok: false, error: 'The import was stopped.' });
  });
});

describe('a file that cannot be imported', () => {
  it.each([
    ['other.xml', '<Events><Event><System><Provider Name="Kernel"/><EventID>1</EventID></System></Event></Events>', /of its 1 events none tells of a handle.*Microsoft-Windows-WinINet.*Record it again/],
    ['empty.xml', '<Events></Events>', /there is no event in it/],
    ['raw.etl', etlHead(), /raw \.etl trace: convert it first with `tracerpt/],
    ['a.saz', Uint8Array.of(0x50, 0x4b, 3, 4, ...Array.from({ length: 100 }, () => 7)), /ZIP archive.*export a HAR/],
    ['a.har', '{"log":{"entries":[]}}', /no entry/],
    ['a.json', '{"constants":{"logEventTypes":7},"events":[]}', /constants, which name its events, are not there or damaged/],
    ['deep.xml', `<Events>${'<a>'.repeat(200_000)}`, /more than 64 deep/],
  ] as const)('says what is wrong and what to do: %s', async (name, content, message) => {
    const { trace, result } = await loaded(name, content);
    expect(result).toMatchObject({ ok: false, error: expect.stringMatching(message) });
    expect(result).toMatchObject({ error: expect.stringContaining(path.join(folder, name)) });
    expect(trace.tree.size).toBe(0);
  });

  it('is refused in a sentence that names it, whichever of its bytes are wrong; a trace that was being filled is thrown away', async () => {
    const valid = [Buffer.from(xmlTrace(EVENTS)), Buffer.from(csvTrace(EVENTS)), utf16(csvTrace(EVENTS), true)];
    const target = path.join(folder, 'bytes');
    await fc.assert(fc.asyncProperty(fc.constantFrom(...valid), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 30 }), fc.option(fc.nat()), async (bytes, edits, cut) => {
      const damaged = Buffer.from(bytes);
      for (const [at, byte] of edits) damaged[at % damaged.length] = byte;
      await writeFile(target, cut === null ? damaged : damaged.subarray(0, cut % damaged.length));
      const result = await loadInto(new Trace(() => 0), target);
      if (!result.ok) expect(result.error).toContain(target);
      else expect(result.value.events).toBeGreaterThan(0);
    }), { numRuns: 60 });
  });

  it('is not taken for one that can be', () => {
    for (const text of ['', 'hello', '<html></html>', '{"a":1}', '[]', 'a,b,c\n1,2,3', 'Version: 2.0']) expect(detectFormat(Buffer.from(text)), text).toBeUndefined();
  });
});

/** BufferSize, SavedOffset, CurrentOffset: how an .etl begins. */
function etlHead(): Uint8Array {
  const head = Buffer.alloc(4096);
  head.writeUInt32LE(0x10000, 0);
  head.writeUInt32LE(0x1000, 4);
  head.writeUInt32LE(0x1000, 8);
  return head;
}
