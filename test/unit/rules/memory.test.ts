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

/** A chunk of the history goes at once: measured at its going, the history is as long each time. */
function heapAfterChunks({ trace: { log } }: Story, chunks: number, round: () => void): number {
  for (let gone = 0; gone < chunks; gone += 1) {
    const { first } = log;
    while (log.first === first) round();
  }
  return heapNow();
}

/** What one small object kept of every round would cost; a handle or an event is several times this. */
const MOST_BYTES = 64;

const BODY_CHARS = 4000;

it('keeps nothing of handles that were opened, used and closed, once they have left the history', () => {
  const story = new Story(1000);
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
  const heapAfter = (chunks: number): number => heapAfterChunks(story, chunks, round);
  // The bounded memories of the rules are full after that.
  const settled = heapAfter(4);
  const before = rounds;
  const grown = (heapAfter(4) - settled) / (rounds - before);
  expect(story.referee.findings).toEqual([]);
  expect(grown).toBeLessThan(MOST_BYTES);
}, 240_000);

it('keeps nothing of what pended on a handle that ended without a word, once it has left the history', () => {
  const story = new Story(1000);
  const { session } = story.client();
  const connection = story.opens('connection', session);
  let rounds = 0;
  const round = (): void => {
    rounds += 1;
    const silent = story.opens('request', connection, { context: '0x0' });
    // Its body is kept in the call, and its context is NULL: no REQUEST_COMPLETE ever ends it.
    story.pends('HttpSendRequest', silent, { lpOptional: { hex: `${rounds}-`.padEnd(BODY_CHARS, '0'), length: BODY_CHARS / 2 } });
    story.does('InternetCloseHandle', silent);
    // Few among many other events: the rules' own bounds are not reached.
    for (let call = 0; call < 20; call += 1) story.does('InternetQueryOption', connection);
  };
  const settled = heapAfterChunks(story, 1, round);
  const before = rounds;
  const grown = (heapAfterChunks(story, 1, round) - settled) / (rounds - before);
  expect(grown).toBeLessThan(BODY_CHARS / 2);
}, 240_000);
