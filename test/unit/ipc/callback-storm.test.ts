import { expect, test } from 'vitest';
import { CommandRunner } from '../../../electron/inspector/command-runner';
import { Inspector } from '../../../electron/inspector/inspector';
import { UpdateStream } from '../../../electron/ipc/update-stream';
import type { Update } from '../../../preload/contract/update';
import { INTERNET_STATUS } from '../../../preload/contract/win32/constants/status';
import { err } from '../../../preload/contract/result';
import { VoicedEngine } from '../inspector/voiced-engine';
import { quietDesk } from '../session/quiet-desk';
import { quietHandlers } from './quiet-handlers';

/** A storm as Windows makes it: bursts, between which the loop comes round once. */
const BURSTS = 100;
const BURST = 1000;

test('a storm of 100,000 callbacks is recorded whole, while timers come in time and the window’s questions are answered', async () => {
  const engine = new VoicedEngine();
  const inspector = new Inspector(engine);
  const desk = quietDesk(inspector);
  const sent: Update[] = [];
  const updates = new UpdateStream(inspector, desk, (update) => sent.push(update));
  const none = { run: async () => err({ kind: 'stopped' as const, message: '' }), stop: () => undefined, running: false, control: () => err({ kind: 'stopped' as const, message: '' }), breakAt: () => err({ kind: 'stopped' as const, message: '' }) };
  const handlers = quietHandlers(desk, new CommandRunner(inspector, none, none), updates);
  const opened = await inspector.call('InternetOpen', { lpszAgent: 'storm', dwFlags: 0x1000_0000 }, { origin: 'test' });
  const hInternet = BigInt(opened.outcome.returns);
  /** Bursts that went by between a timer of no time and its turn. */
  const late: number[] = [];
  let now = 0;
  for (let burst = 0; burst < BURSTS; burst += 1) {
    now = burst;
    setTimeout(() => late.push(now - burst), 0);
    for (let i = 0; i < BURST; i += 1) {
      await engine.voice?.callback({
        hInternet, dwContext: 1n, dwInternetStatus: INTERNET_STATUS.INTERNET_STATUS_RESPONSE_RECEIVED, information: Uint8Array.of(i & 255, i >> 8, 0, 0), width: 'W', thread: 2, via: 'default',
      });
    }
    const answer = handlers.events({ offset: 0, count: 50, text: '' });
    expect(answer.ok && answer.value.total).toBe(inspector.trace.log.length);
    await new Promise((resolve) => { setImmediate(resolve); });
  }
  expect([...inspector.trace.log].filter(({ kind }) => kind === 'callback')).toHaveLength(BURSTS * BURST);
  expect(inspector.trace.log.dropped).toBe(0);
  await new Promise((resolve) => { setTimeout(resolve, 50); });
  expect(late).toHaveLength(BURSTS);
  expect(Math.max(...late)).toBeLessThanOrEqual(2);
  // At most an update a frame, of the one node that changed: the window's work does not grow with the storm.
  expect(sent.length).toBeGreaterThan(0);
  expect(sent.length).toBeLessThanOrEqual(BURSTS + 1);
  expect(Math.max(...sent.map(({ nodes }) => nodes.length))).toBe(1);
  updates.dispose();
  await engine.dispose();
});
