import { afterEach, describe, expect, it } from 'vitest';
import { PortableEngine } from '../../../electron/engine/portable/portable-engine';
import { Inspector } from '../../../electron/inspector/inspector';
import { loadScenario } from '../../../electron/scenario/load-scenario';
import { runScenario } from '../../../electron/scenario/runner/scenario-run';
import { Trace } from '../../../electron/trace/trace';
import type { Finding } from '../../../preload/contract/finding';
import { failures, openRequest } from '../scenario/run';
import { SENT, Story } from './story';

const engines: PortableEngine[] = [];

afterEach(async () => { await Promise.all(engines.splice(0).map((engine) => engine.dispose())); });

/** A request whose REQUEST_SENT is handled by these steps, on an engine of its own. */
async function handled(steps: string, trace = new Trace()): Promise<Inspector> {
  const scenario = loadScenario(`scenario: handled
title: What a callback does
server: { routes: { /ok: { body: hello } } }
steps:${openRequest('/ok')}
  - on: { callback: INTERNET_STATUS_REQUEST_SENT, handle: $request, times: 1, do: [${steps}] }
  - call: HttpSendRequest
    with: { hRequest: $request }
    as: send
  - wait: { done: $send }
`);
  if (!scenario.ok) throw new Error(JSON.stringify(scenario.error));
  const engine = new PortableEngine();
  engines.push(engine);
  const inspector = new Inspector(engine, trace);
  expect(failures(await runScenario(scenario.value, inspector, { engine: 'portable' }))).toEqual([]);
  return inspector;
}

function long(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ rule }) => rule === 'long-callback');
}

describe('a callback that takes long', () => {
  it('is measured from the callback to its return, although nothing was called inside it', async () => {
    const { referee, trace } = await handled('{ wait: { ms: 250 } }');
    const [found, ...more] = long(referee.findings);
    expect(more).toEqual([]);
    expect(found?.message).toMatch(/^REQUEST_SENT \(event \d+\) of request #3 .* returned after \d{3} ms \(event \d+\); thread \d+ did nothing else\.$/);
    const [callback, returned] = (found?.events ?? []).map((place) => trace.log.at(place));
    expect(callback?.kind).toBe('callback');
    if (returned?.kind !== 'callback-return') throw new Error('no return of the callback');
    expect(returned.duration).toBeGreaterThanOrEqual(240);
    expect(returned.callback).toBe(callback?.seq);
    // The thread did nothing else: the next callback of the request came after the return.
    const next = [...trace.log].find((event) => event.kind === 'callback' && event.handle === returned.handle && event.seq > returned.callback);
    expect(next?.seq).toBeGreaterThan(returned.seq);
  });

  it('costs the record nothing when it returns at once', async () => {
    // A clock that stands: a busy machine must not make a callback long.
    const { referee, trace } = await handled('{ call: InternetQueryOption, with: { hInternet: $request, dwOption: INTERNET_OPTION_HANDLE_TYPE } }', new Trace(() => 0));
    const callback = [...trace.log].find((event) => event.kind === 'callback' && event.status === SENT);
    expect([...trace.log].some((event) => event.kind === 'callback-return' && event.callback === callback?.seq)).toBe(false);
    expect(long(referee.all(true))).toEqual([]);
  });

  it('is told while it has not returned, by the call that is running inside it', () => {
    const story = new Story();
    const { request } = story.client();
    const sent = story.callback(SENT, request);
    story.call('InternetReadFile', request, { inCallback: sent.seq });
    story.later(300).note('meanwhile');
    expect(story.found('long-callback')).toMatchObject([{ standing: true, events: [sent.seq, sent.seq + 1], message: expect.stringContaining('had not returned after 301 ms, in InternetReadFile') }]);
    story.callbackReturns(sent, 20);
    expect(story.found('long-callback')).toEqual([]);
  });

  it('is over for the calls that its handler makes after it has returned', () => {
    const story = new Story();
    const { request } = story.client();
    const sent = story.callback(SENT, request);
    story.callbackReturns(sent, 0);
    story.later(500).does('InternetQueryOption', request, {}, { inCallback: sent.seq });
    expect(story.found('long-callback')).toEqual([]);
  });
});
