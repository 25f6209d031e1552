import { describe, expect, it } from 'vitest';
import { Referee } from '../../../electron/rules/referee';
import { syntheticTrace } from '../../../electron/trace/synthetic';
import { Trace } from '../../../electron/trace/trace';
import type { Mute } from '../../../preload/contract/annotation';
import type { HandleId } from '../../../preload/contract/ids';
import { Story } from './story';

function mute(id: string, handle: HandleId | undefined): Mute {
  return { kind: 'mute', id, writtenAt: '2026-01-01T00:00:00Z', rule: 'no-use-after-close', handle, reason: 'known' };
}

describe('the referee', () => {
  it('calls a misuse on purpose a note', () => {
    const story = new Story();
    const { request } = story.client();
    story.closes(request);
    story.fails('InternetReadFile', request, 6, { provoked: true });
    expect(story.found('no-use-after-close')).toMatchObject([{ severity: 'note', provoked: true, handle: request }]);
    expect(story.referee.counts).toEqual({ error: 0, warning: 0, note: 1 });
  });

  it('tells what stands only as long as nothing more comes', () => {
    const story = new Story();
    const session = story.opens('session');
    expect(story.found('handle-leaked')).toMatchObject([{ standing: true }]);
    expect(story.referee.counts.warning).toBe(0);
    story.closes(session);
    expect(story.found('handle-leaked')).toEqual([]);
  });

  it('waits with what is only likely while the session goes on', () => {
    const story = new Story();
    const session = story.opens('session');
    const leaked = (): number => story.referee.answer(100).findings.filter(({ rule }) => rule === 'handle-leaked').length;
    expect(leaked()).toBe(0);
    story.later(3_600_000).note('an hour later');
    expect(leaked()).toBe(1);
    story.does('InternetQueryOption', session);
    expect(leaked()).toBe(0);
  });

  it('keeps what a person can read of a rule and counts the rest', () => {
    const story = new Story();
    const { request } = story.client();
    story.closes(request);
    for (let i = 0; i < 2000; i += 1) story.fails('InternetReadFile', request, 6);
    const kept = story.referee.findings.filter(({ rule }) => rule === 'no-use-after-close').length;
    const { counts, notKept } = story.referee.answer(10_000);
    expect(counts.error).toBe(2000);
    expect(kept).toBeLessThan(2000);
    expect(kept + notKept).toBe(2000);
  });

  it('finds the same in a trace that is read again as in the live one', () => {
    const story = new Story();
    const { request, session } = story.client();
    const send = story.pends('HttpSendRequest', request);
    story.does('InternetCloseHandle', session);
    story.completes(send, 12017);
    story.fails('InternetReadFile', request, 6);
    const again = new Story();
    for (const event of story.trace.log) again.trace.append(event);
    expect(again.referee.all(true)).toEqual(story.referee.all(true));
    expect(again.referee.findings.length).toBeGreaterThan(1);
  });

  it('groups open handles by who made them, and says how long they have been idle', () => {
    const story = new Story();
    const session = story.opens('session', undefined, { origin: 'New client' });
    const first = story.opens('connection', session, { origin: 'loop, step 2' });
    story.later(100);
    const second = story.opens('connection', session, { origin: 'loop, step 2' });
    story.later(100);
    const groups = story.referee.leaks();
    expect(groups.map(({ origin, api, handles }) => [origin, api, handles.map(({ id }) => id)])).toEqual([
      ['loop, step 2', 'InternetConnect', [first, second]], ['New client', 'InternetOpen', [session]],
    ]);
    const [old, young] = groups[0]?.handles ?? [];
    expect(old?.age).toBeGreaterThan(young?.age ?? Number.POSITIVE_INFINITY);
    expect(young?.idle).toBeGreaterThanOrEqual(100);
  });

  it('has nothing to say of a busy client but that its session stays open', () => {
    let now = 0;
    const trace = new Trace(() => now);
    const referee = new Referee(trace);
    for (const event of syntheticTrace({ events: 60_000, handles: 800, seed: 7 })) {
      now = event.time ?? now;
      trace.append(event);
    }
    expect(referee.findings).toEqual([]);
    expect(referee.all(true).map(({ rule, handle }) => [rule, handle])).toEqual([['handle-leaked', 1], ['handle-leaked', 2]]);
  });

  it('keeps quiet what is muted, on one handle or everywhere, and says how much that is', () => {
    const story = new Story();
    const [first, second] = [story.opens('session'), story.opens('session')];
    for (const session of [first, second]) {
      story.closes(session);
      for (let i = 0; i < 600; i += 1) story.fails('InternetQueryOption', session, 6);
    }
    const answer = (): readonly number[] => { const { counts, mutedCount, notKept } = story.referee.answer(10_000); return [counts.error, mutedCount, notKept]; };
    expect(answer()).toEqual([1200, 0, 700]);
    story.trace.annotations.add(mute('on-one', first));
    expect(answer()).toEqual([600, 600, 700]);
    // The first 500 of a rule are kept, and they are all of the first handle.
    expect(story.found('no-use-after-close').every(({ handle, muted }) => handle === first && muted === 'known')).toBe(true);
    story.trace.annotations.add(mute('everywhere', undefined));
    expect(answer()).toEqual([0, 1200, 700]);
    expect(story.referee.counts).toEqual({ error: 0, warning: 0, note: 0 });
    story.trace.annotations.remove('everywhere');
    story.trace.annotations.remove('on-one');
    expect(answer()).toEqual([1200, 0, 700]);
  });

  it('gives what is muted no place of what is not', () => {
    const story = new Story();
    const loud = story.opens('session');
    story.closes(loud);
    story.fails('InternetQueryOption', loud, 6);
    const quiet = story.opens('session');
    story.closes(quiet);
    for (let i = 0; i < 50; i += 1) story.fails('InternetQueryOption', quiet, 6);
    story.trace.annotations.add(mute('quiet', quiet));
    const { findings, notKept } = story.referee.answer(10);
    expect(findings.filter(({ muted }) => muted === undefined).map(({ handle }) => handle)).toEqual([loud]);
    expect(findings.filter(({ muted }) => muted === 'known')).toHaveLength(10);
    expect(notKept).toBe(40);
  });

  it('names the first of many handles in a sentence, and counts the others', () => {
    const story = new Story();
    const { queue } = story.server();
    for (let i = 0; i < 300; i += 1) story.opens('server-request', queue, { connectionId: `0xc${i}` });
    story.does('HttpCloseRequestQueue', queue);
    const [found] = story.found('queue-closed-with-requests');
    expect(found?.message).toContain('and 295 more in it and not answered');
    expect(found?.message.length).toBeLessThan(500);
    expect(found?.handles.length).toBeLessThan(100);
    expect(found?.handle).toBe(queue);
  });

  it('stops when it is told to', () => {
    const story = new Story();
    const other = new Referee(story.trace);
    other.dispose();
    const { request } = story.client();
    story.closes(request);
    story.fails('InternetReadFile', request, 6);
    expect(other.findings).toEqual([]);
    expect(story.referee.findings).not.toEqual([]);
  });
});
