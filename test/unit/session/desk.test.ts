import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Referee } from '../../../electron/rules/referee';
import { Desk } from '../../../electron/session/desk/desk';
import { RecentFiles } from '../../../electron/session/desk/recent-files';
import { loadInto } from '../../../electron/session/load';
import { saveSession } from '../../../electron/session/save';
import { openJournal } from '../../../electron/session/journal-source';
import { JournalWriter } from '../../../electron/trace/journal/journal-writer';
import { syntheticTrace } from '../../../electron/trace/synthetic';
import { Trace } from '../../../electron/trace/trace';
import type { AnnotationDraft, Note } from '../../../preload/contract/annotation';

const BY = { application: '0', engine: { kind: 'portable', description: '' } };
const NOTE: Note = { kind: 'note', id: 'n', writtenAt: '2026-01-01T00:00:00Z', place: { kind: 'time', time: 5 }, text: 'look here' };
const DRAFT: AnnotationDraft = { kind: 'note', place: { kind: 'time', time: 5 }, text: 'look here' };

let folder = '';
let file = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hdesk-'));
  file = path.join(folder, 'a.hinspect');
});
afterEach(async () => rm(folder, { recursive: true }));

function traceOf(events: number, seed = 1): Trace {
  const trace = new Trace(() => 0);
  for (const event of syntheticTrace({ events, handles: Math.ceil(events / 100), seed })) trace.append(event);
  return trace;
}

class Person {
  save: string | undefined;
  unsaved: 'save' | 'discard' | 'cancel' = 'cancel';
  asked = 0;
  readonly remembered: string[] = [];
  readonly live = traceOf(300, 9);
  readonly desk = new Desk(
    { trace: this.live, referee: new Referee(this.live), by: BY },
    {
      chooseOpen: async () => undefined, chooseSave: async () => this.save, remember: (opened) => this.remembered.push(opened),
      askUnsaved: async () => {
        this.asked += 1;
        return this.unsaved;
      },
    },
  );

  /** Waits until the rules have seen the whole file. */
  checked(): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => { if (this.desk.state().file?.checked === 1) resolve(); };
      this.desk.listen(look);
      look();
    });
  }
}

describe('opening a file', () => {
  test('shows it beside the live recording, which goes on, and leads back', async () => {
    const trace = traceOf(2000);
    await saveSession(trace, file, BY);
    const { desk, live, remembered } = new Person();
    expect(await desk.run({ kind: 'open-file', path: file })).toMatchObject({ ok: true });
    expect(desk.isLive).toBe(false);
    expect([...desk.shown.trace.tree.all()]).toEqual([...trace.tree.all()]);
    const before = live.log.length;
    live.append({ kind: 'note', level: 'info', text: 'meanwhile', handle: undefined, thread: 0 });
    expect(live.log.length).toBe(before + 1);
    expect(desk.shown.trace.log.length).toBe(trace.log.length);
    expect(remembered).toEqual([file]);
    expect(await desk.run({ kind: 'close-file' })).toMatchObject({ ok: true });
    expect(desk.shown.trace).toBe(live);
  });

  test('tells of another recording by another epoch', async () => {
    await saveSession(traceOf(100), file, BY);
    const { desk } = new Person();
    const epochs = [desk.state().epoch];
    for (const step of [{ kind: 'open-file', path: file }, { kind: 'open-file', path: file }, { kind: 'close-file' }] as const) {
      await desk.run(step);
      epochs.push(desk.state().epoch);
    }
    expect(new Set(epochs).size).toBe(4);
  });

  test.each([['that is none', 'hello'], ['that is not there', undefined]])('%s says why and leaves what is shown', async (_what, content) => {
    if (content !== undefined) await writeFile(file, content);
    const { desk, live } = new Person();
    const answer = await desk.run({ kind: 'open-file', path: file });
    expect(!answer.ok && answer.error).toMatchObject({ kind: 'file' });
    expect(desk.shown.trace).toBe(live);
    expect(desk.opening).toBeUndefined();
  });

  test('that is stopped leaves what is shown, and says no more', async () => {
    await saveSession(traceOf(60_000), file, BY);
    const { desk, live } = new Person();
    desk.listen(() => { if ((desk.opening?.events ?? 0) > 0) void desk.run({ kind: 'stop-opening' }); });
    const answer = await desk.run({ kind: 'open-file', path: file });
    expect(!answer.ok && answer.error.kind).toBe('stopped');
    expect(desk.shown.trace).toBe(live);
  });

  test('while another is being read takes its place', async () => {
    const other = path.join(folder, 'b.hinspect');
    await saveSession(traceOf(60_000), file, BY);
    await saveSession(traceOf(200), other, BY);
    const { desk } = new Person();
    const first = desk.run({ kind: 'open-file', path: file });
    await desk.run({ kind: 'open-file', path: other });
    expect((await first).ok).toBe(false);
    expect(desk.state().file?.path).toBe(other);
  });

  test('holds it to the same rules as a live recording, after it is shown', async () => {
    const trace = traceOf(5000);
    const live = new Referee(trace);
    for (const event of syntheticTrace({ events: 600, handles: 6, seed: 4 })) trace.append({ ...event, handle: undefined });
    await saveSession(trace, file, BY);
    const whole = new Trace(() => 0);
    const atOnce = new Referee(whole);
    await loadInto(whole, file);
    const person = new Person();
    await person.desk.run({ kind: 'open-file', path: file });
    await person.checked();
    expect(person.desk.shown.referee.all(true)).toEqual(atOnce.all(true));
    expect(atOnce.all(true).length).toBeGreaterThan(0);
    live.dispose();
  });
});

describe('notes', () => {
  test('on a file are asked about before it is left, and kept when the person says so', async () => {
    await saveSession(traceOf(200), file, BY);
    const person = new Person();
    const { desk } = person;
    await desk.run({ kind: 'open-file', path: file });
    await desk.run({ kind: 'annotate', annotation: DRAFT });
    expect(desk.state().unsaved).toBe(true);
    expect((await desk.run({ kind: 'close-file' })).ok).toBe(false);
    expect(desk.isLive).toBe(false);
    person.unsaved = 'save';
    person.save = file;
    expect((await desk.run({ kind: 'close-file' })).ok).toBe(true);
    expect(person.asked).toBe(2);
    const again = await loadInto(new Trace(), file);
    expect(again.ok && again.value.annotations).toMatchObject([DRAFT]);
  });

  test('can be changed and removed', async () => {
    const { desk, live } = new Person();
    await desk.run({ kind: 'annotate', annotation: DRAFT });
    const id = live.annotations.all[0]?.id ?? '';
    await desk.run({ kind: 'annotate', annotation: { ...DRAFT, text: 'or here' }, id });
    expect(live.annotations.all).toMatchObject([{ ...DRAFT, id, text: 'or here' }]);
    expect(await desk.run({ kind: 'remove-annotation', id })).toMatchObject({ ok: true });
    expect(await desk.run({ kind: 'remove-annotation', id })).toMatchObject({ ok: false });
    expect(live.annotations.all).toEqual([]);
  });

  test('of a live recording are in its journal', async () => {
    const trace = new Trace();
    const journal = new JournalWriter(trace, path.join(folder, 'a.hjournal'), { journal: 1, ...BY, startedAt: '', pid: 0 }, (message) => { throw new Error(message); });
    trace.annotations.listen(() => journal.annotate(trace.annotations.all));
    trace.append({ kind: 'note', level: 'info', text: 'one', handle: undefined, thread: 0 });
    trace.annotations.add(NOTE);
    trace.append({ kind: 'note', level: 'info', text: 'two', handle: undefined, thread: 0 });
    journal.close();
    expect((await openJournal(path.join(folder, 'a.hjournal'))).ok).toBe(true);
    const read = new Trace();
    const loaded = await loadInto(read, path.join(folder, 'a.hjournal'));
    expect(loaded).toMatchObject({ ok: true, value: { events: 2, invalid: 0, truncated: false, annotations: [NOTE] } });
  });
});

describe('saving', () => {
  test('writes what is shown where the person says, with the extension of a session', async () => {
    const person = new Person();
    person.save = path.join(folder, 'mine');
    expect(person.desk.state().unsaved).toBe(true);
    expect(await person.desk.run({ kind: 'save-file' })).toMatchObject({ ok: true });
    expect(person.desk.state().unsaved).toBe(false);
    expect((await readFile(path.join(folder, 'mine.hinspect'))).length).toBeGreaterThan(100);
    expect(person.remembered).toEqual([path.join(folder, 'mine.hinspect')]);
  });

  test('that the person thinks better of changes nothing', async () => {
    const { desk } = new Person();
    const answer = await desk.run({ kind: 'save-file' });
    expect(!answer.ok && answer.error.kind).toBe('stopped');
  });
});

describe('recent files', () => {
  test('are remembered from one start to the next, the newest first, while they are there', async () => {
    const list = path.join(folder, 'state', 'recent.json');
    const files = new RecentFiles(list);
    for (const name of ['a', 'b', 'gone', 'a']) {
      await writeFile(path.join(folder, `${name}.hinspect`), 'x');
      files.remember(path.join(folder, `${name}.hinspect`));
    }
    await rm(path.join(folder, 'gone.hinspect'));
    expect((await new RecentFiles(list).list()).map(({ name }) => name)).toEqual(['a.hinspect', 'b.hinspect']);
  });

  test('begin anew where something else wrote the list', async () => {
    await writeFile(path.join(folder, 'recent.json'), '{"not":"a list"');
    expect(await new RecentFiles(path.join(folder, 'recent.json')).list()).toEqual([]);
  });
});
