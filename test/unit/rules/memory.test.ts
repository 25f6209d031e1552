import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { Story } from './story';

/** Bytes in use once everything that nobody holds is gone. */
function heapNow(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('V8 offers no collection');
  collect();
  return process.memoryUsage().heapUsed;
}

/** What one small object kept of every round would cost; a handle or an event is several times this. */
const MOST_BYTES = 64;

it('keeps nothing of handles that were opened, used and closed, once they have left the history', () => {
  const story = new Story(1000);
  const { log } = story.trace;
  const { session } = story.client();
  const { queue } = story.server();
  let rounds = 0;
  const round = (): void => {
    rounds += 1;
    const connection = story.opens('connection', session);
    const request = story.opens('request', connection);
    story.completes(story.pends('HttpSendRequest', request));
    story.does('InternetReadFile', request);
    story.closes(request);
    story.closes(connection);
    const received = story.opens('server-request', queue, { connectionId: `0xc${rounds}` });
    story.does('HttpSendHttpResponse', received, { Flags: 0 });
  };
  /** A chunk of the history goes at once: measured at its going, the history is as long each time. */
  const heapAfter = (chunks: number): number => {
    for (let gone = 0; gone < chunks; gone += 1) {
      const { first } = log;
      while (log.first === first) round();
    }
    return heapNow();
  };
  // The bounded memories of the rules are full after that.
  const settled = heapAfter(4);
  const before = rounds;
  const grown = (heapAfter(4) - settled) / (rounds - before);
  expect(story.referee.findings).toEqual([]);
  expect(grown).toBeLessThan(MOST_BYTES);
}, 240_000);
