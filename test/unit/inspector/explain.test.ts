import { describe, expect, it } from 'vitest';
import { explainAsked, explainEnd } from '../../../electron/inspector/explain';
import type { HandleNode } from '../../../preload/contract/handle';
import type { HandleId } from '../../../preload/contract/ids';
import type { ExplainedStep } from '../../../preload/contract/query';
import { SENT, Story } from '../rules/story';

function node(story: Story, id: HandleId): HandleNode {
  const found = story.trace.tree.get(id);
  if (found === undefined) throw new Error(`no handle #${id}`);
  return found;
}

function end(story: Story, id: HandleId): readonly ExplainedStep[] {
  return explainEnd(story.trace, node(story, id));
}

const titles = (steps: readonly ExplainedStep[]): readonly string[] => steps.map(({ title }) => title);

describe('an explained close', () => {
  it('goes by time: what is done with the handle after it is gone stands after that', () => {
    const story = new Story();
    const { request } = story.client();
    const send = story.pends('HttpSendRequest', request);
    story.returned(story.call('InternetCloseHandle', request), 'pending');
    story.completes(send, 12017);
    story.closing(request);
    story.later(100).fails('InternetReadFile', request, 6);
    const steps = end(story, request);
    expect(titles(steps)).toEqual([
      'InternetCloseHandle on thread 1', 'HttpSendRequest was pending', 'REQUEST_COMPLETE on thread 9', 'HANDLE_CLOSING on thread 9', 'The handle is gone', 'InternetReadFile on thread 1',
    ]);
    const offsets = steps.map(({ offset }) => offset ?? Number.POSITIVE_INFINITY);
    expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
  });

  it('tells of a call that blocks another thread, and that the close ended it', () => {
    const story = new Story();
    const { request } = story.client({ asynchronous: false });
    const send = story.call('HttpSendRequest', request, { thread: 3 });
    story.returned(story.call('InternetCloseHandle', request, { thread: 4 }), 'pending');
    story.closing(request);
    story.returned(send, 'failure', { error: 12017 });
    const steps = end(story, request);
    expect(steps[1]).toMatchObject({ title: 'HttpSendRequest was under way', result: expect.stringMatching(/on thread 3$/) });
    expect(steps.at(-1)).toMatchObject({ title: 'HttpSendRequest on thread 3', tone: 'good', documented: 'It was under way when the close came, and the close ended it.' });
  });

  it('does not count as outstanding what went, unheard, with a child of a NULL context that was closed before', () => {
    const story = new Story();
    const { session, request } = story.client({ context: '0x0' });
    story.pends('HttpSendRequest', request);
    story.returned(story.call('InternetCloseHandle', request), 'pending');
    story.later(1000).does('InternetCloseHandle', session);
    const [close, ...others] = end(story, session);
    expect(close?.documented).toContain('Nothing was outstanding');
    expect(titles(others)).toEqual(['The handle is gone', 'no HANDLE_CLOSING']);
  });

  it('of a callback that held its thread says for how long', () => {
    const story = new Story();
    const { request } = story.client();
    const sent = story.callback(SENT, request);
    story.does('InternetCloseHandle', request, {}, { inCallback: sent.seq, thread: 9 });
    story.callbackReturns(sent, 300);
    story.closing(request);
    expect(end(story, request).find(({ title }) => title === 'REQUEST_SENT returned')?.result).toBe('it held thread 9 for 300.0 ms');
  });
});

describe('the end of a request that nobody closed', () => {
  it('is its answer, not the close of its queue that came later', () => {
    const story = new Story();
    const { queue } = story.server();
    const request = story.opens('server-request', queue, { connectionId: '0xc1' });
    story.does('HttpSendHttpResponse', request, { Flags: 0 });
    story.later(50).does('HttpCloseRequestQueue', queue);
    expect(end(story, request)).toMatchObject([{ title: 'It was answered: HttpSendHttpResponse on thread 1', offset: 0, tone: 'good' }]);
  });

  it('is its client that left', () => {
    const story = new Story();
    const { queue } = story.server();
    const request = story.opens('server-request', queue, { connectionId: '0xc1' });
    story.connection('reset', '0xc1', [request]);
    story.later(50).does('HttpCloseRequestQueue', queue);
    expect(end(story, request)).toMatchObject([{ title: expect.stringMatching(/^Its connection was gone: connection reset/), offset: 0, tone: 'bad' }]);
  });
});

describe('a close or cancel that is selected', () => {
  it('is explained by itself, the one that failed too: it says which came first', () => {
    const story = new Story();
    const { request } = story.client();
    const first = story.closes(request);
    const second = story.later(20).fails('InternetCloseHandle', request, 6);
    expect(titles(explainAsked(story.trace, first))).toEqual(['InternetCloseHandle on thread 1', 'HANDLE_CLOSING on thread 9', 'The handle is gone', 'InternetCloseHandle on thread 1']);
    expect(explainAsked(story.trace, second)).toMatchObject([
      { title: 'InternetCloseHandle on thread 1 came first', seq: first.seq, offset: expect.any(Number) },
      { seq: second.seq, result: 'TRUE · 6 ERROR_INVALID_HANDLE', documented: expect.stringContaining('Nothing was closed.') },
    ]);
    expect(explainAsked(story.trace, story.does('InternetQueryOption', request))).toEqual([]);
  });
});
