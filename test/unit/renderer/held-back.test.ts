import { describe, expect, test } from 'vitest';
import type { Annotation } from '../../../preload/contract/annotation';
import { handleId } from '../../../preload/contract/ids';
import { closeAllConsequences } from '../../../renderer/model/consequences';
import { destructiveWords, overtaken, sameWork } from '../../../renderer/model/destructive';
import { Forest } from '../../../renderer/model/forest';
import { HeldBack, Throttled, UNDO_TIME, type Clock } from '../../../renderer/model/held-back';
import { node, pending } from './nodes';

/** Time that passes only when it is told to. */
class HandClock implements Clock {
  private time = 0;
  private due: { readonly at: number; readonly run: () => void }[] = [];
  readonly now = (): number => this.time;
  readonly after = (ms: number, run: () => void): (() => void) => {
    const entry = { at: this.time + ms, run };
    this.due.push(entry);
    return () => { this.due = this.due.filter((one) => one !== entry); };
  };

  pass(ms: number): void {
    const end = this.time + ms;
    for (let next = this.next(end); next !== undefined; next = this.next(end)) {
      this.time = next.at;
      this.due = this.due.filter((one) => one !== next);
      next.run();
    }
    this.time = end;
  }

  private next(end: number): { readonly at: number; readonly run: () => void } | undefined {
    return this.due.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
  }
}

function desk(): { readonly clock: HandClock; readonly done: string[]; readonly shown: () => readonly string[]; readonly list: HeldBack<string> } {
  const clock = new HandClock();
  const done: string[] = [];
  let shown: readonly string[] = [];
  return { clock, done, shown: () => shown, list: new HeldBack<string>(clock, (work) => done.push(work), (held) => { shown = held.map(({ work, due }) => `${work} @${due}`); }) };
}

describe('what is held back', () => {
  test('is carried out once, when its time is over and not before', () => {
    const { clock, done, shown, list } = desk();
    list.hold('close a');
    clock.pass(UNDO_TIME - 1);
    expect([done, shown()]).toEqual([[], [`close a @${UNDO_TIME}`]]);
    clock.pass(1);
    expect([done, shown()]).toEqual([['close a'], []]);
    clock.pass(10 * UNDO_TIME);
    expect(done).toEqual(['close a']);
  });

  test('is never carried out once it is undone: the last without a name, or the one that is named', () => {
    const { clock, done, list } = desk();
    list.hold('a');
    clock.pass(1000);
    list.hold('b');
    list.hold('c');
    expect(list.undo(undefined)).toBe('c');
    expect(list.undo(1)).toBe('a');
    expect(list.undo(1)).toBeUndefined();
    clock.pass(UNDO_TIME);
    expect(done).toEqual(['b']);
    expect(list.undo(undefined)).toBeUndefined();
  });

  test('has three seconds each, whatever else is held back', () => {
    const { clock, done, shown, list } = desk();
    list.hold('a');
    clock.pass(2000);
    list.hold('b');
    clock.pass(1000);
    expect([done, shown()]).toEqual([['a'], [`b @${2000 + UNDO_TIME}`]]);
    clock.pass(2000);
    expect(done).toEqual(['a', 'b']);
  });

  test('is taken away with a reason, and the others stay', () => {
    const { clock, done, list } = desk();
    for (const work of ['a', 'b', 'c']) list.hold(work);
    expect(list.drop((work) => (work === 'b' ? 'it ended' : undefined))).toEqual([{ work: 'b', reason: 'it ended' }]);
    clock.pass(UNDO_TIME);
    expect(done).toEqual(['a', 'c']);
  });

  test('can hold back more while it is carried out', () => {
    const clock = new HandClock();
    const done: string[] = [];
    const list: HeldBack<string> = new HeldBack<string>(clock, (work) => { done.push(work); if (work === 'a') list.hold('b'); }, () => undefined);
    list.hold('a');
    clock.pass(UNDO_TIME);
    expect(done).toEqual(['a']);
    clock.pass(UNDO_TIME);
    expect(done).toEqual(['a', 'b']);
  });
});

test('what is told of many in a moment is told at once and then once a second', () => {
  const clock = new HandClock();
  const told: number[] = [];
  const telling = new Throttled(clock, 1000, () => told.push(clock.now()));
  for (let press = 0; press < 25; press += 1) {
    telling.request();
    clock.pass(100);
  }
  clock.pass(5000);
  expect(told).toEqual([0, 1000, 2000, 3000]);
});

describe('destructive work', () => {
  const forest = new Forest();
  forest.apply([
    node(1, { kind: 'session', label: 'Session' }), node(2, { under: 1, label: 'GET /a', pending: pending('HttpSendRequest') }), node(3, { label: 'GET /b', state: 'closed' }), node(4, { label: 'GET /c', state: 'closing' }),
    node(5, { kind: 'server-request', label: 'POST /x' }), node(6, { kind: 'server-request', label: 'POST /y', state: 'completed' }),
  ]);
  const by = { writtenAt: '2026-01-01T00:00:00Z' };
  const annotations: readonly Annotation[] = [
    { ...by, id: 'n', kind: 'note', text: 'x'.repeat(200), place: { kind: 'time', time: 1 } }, { ...by, id: 'b', kind: 'bookmark', time: 12.34 }, { ...by, id: 'm', kind: 'mute', rule: 'closed-twice', handle: undefined, reason: 'known' },
  ];
  const words = (work: Parameters<typeof destructiveWords>[0]): string => destructiveWords(work, forest, annotations);
  const why = (work: Parameters<typeof overtaken>[0]): string | undefined => overtaken(work, forest, annotations);

  test('is said in words, of whatever length the name is', () => {
    expect(words({ kind: 'close', handle: handleId(2) })).toBe('Close GET /a');
    expect(words({ kind: 'cancel', request: handleId(99) })).toBe('Cancel handle #99');
    expect(words({ kind: 'close-all', handles: [handleId(1), handleId(2)] })).toBe('Close 2 handles');
    expect(words({ kind: 'remove', annotation: 'n' })).toMatch(/^Remove the note “x{60}…”$/);
    expect(words({ kind: 'remove', annotation: 'b' })).toBe('Remove the bookmark at 12.3 ms');
    expect(words({ kind: 'remove', annotation: 'm' })).toBe('Tell closed-twice again');
  });

  test('is overtaken when what it is about has ended, is gone or was removed', () => {
    expect(why({ kind: 'close', handle: handleId(2) })).toBeUndefined();
    expect(why({ kind: 'close', handle: handleId(3) })).toBe('it is closed already');
    expect(why({ kind: 'close', handle: handleId(4) })).toMatch(/closing/);
    expect(why({ kind: 'close', handle: handleId(99) })).toMatch(/forgotten/);
    expect(why({ kind: 'cancel', request: handleId(5) })).toBeUndefined();
    expect(why({ kind: 'cancel', request: handleId(6) })).toMatch(/answered|completed/);
    expect(why({ kind: 'close-all', handles: [handleId(2), handleId(3)] })).toBeUndefined();
    expect(why({ kind: 'close-all', handles: [handleId(3), handleId(4)] })).toMatch(/every one/);
    expect(why({ kind: 'remove', annotation: 'b' })).toBeUndefined();
    expect(why({ kind: 'remove', annotation: 'gone' })).toMatch(/removed/);
  });

  test('is the same when it does the same to the same', () => {
    expect(sameWork({ kind: 'close', handle: handleId(1) }, { kind: 'close', handle: handleId(1) })).toBe(true);
    expect(sameWork({ kind: 'close', handle: handleId(1) }, { kind: 'close', handle: handleId(2) })).toBe(false);
  });

  test('on many names each that lives, and each pending operation once', () => {
    const found = closeAllConsequences(forest, [handleId(1), handleId(2), handleId(3)]);
    expect(found.targets.map(({ id }) => id)).toEqual([1, 2]);
    expect(found.pending).toEqual([{ label: 'GET /a', api: 'HttpSendRequest' }]);
    expect(found.apis).toEqual(['InternetCloseHandle']);
  });
});
