import { describe, expect, it } from 'vitest';
import { seq } from '../../../preload/contract/ids';
import type { FunctionName } from '../../../preload/contract/win32/functions';
import { invariantViolations } from '../../../electron/scenario/invariants/invariants';
import { INVARIANT_NAMES } from '../../../electron/scenario/language/invariant-names';
import { Observations } from '../../../electron/scenario/runner/observations';

const HANDLE_CLOSING = 70;
const COMPLETE = 100;
const PENDING = { returns: 0, lastError: 997 };
const DONE = { returns: 1, lastError: 0 };
const HANDLE = 5n;

class Story {
  readonly seen = new Observations(1);

  call(name: FunctionName, args: Readonly<Record<string, bigint | number>>, { returns, lastError }: { readonly returns: number | bigint; readonly lastError: number }): this {
    this.seen.end(this.seen.begin(name, args, true), { returns, lastError, lastErrorReliable: true, thread: 1 });
    return this;
  }

  callback(dwInternetStatus: number): this {
    const information = new Uint8Array(dwInternetStatus === COMPLETE ? 16 : 8);
    this.seen.callback({ hInternet: HANDLE, dwContext: 3n, dwInternetStatus, information, width: 'W', thread: 2, via: 'default' }, seq(0));
    return this;
  }

  completion(overlapped: bigint): this {
    const event = { kind: 'completion', seq: seq(0), time: 0, thread: 2, handle: undefined, completes: seq(0), api: 'HttpReceiveHttpRequest', error: 0, bytes: 0, out: {}, created: undefined } as const;
    this.seen.completion(overlapped, event);
    return this;
  }

  violations(name: string): number {
    return invariantViolations(name, this.seen)?.length ?? -1;
  }
}

const story = (): Story => new Story();
const read = (one: Story): Story => one.call('InternetReadFile', { hFile: HANDLE }, PENDING);
const close = (one: Story): Story => one.call('InternetCloseHandle', { hInternet: HANDLE }, DONE);
const receive = (one: Story): Story => one.call('HttpReceiveHttpRequest', { RequestQueueHandle: 9n, Overlapped: 0x50n }, { returns: 997, lastError: 0 });

describe('the invariants', () => {
  it('know themselves by name', () => {
    expect(INVARIANT_NAMES).toContain('closing-is-last');
    expect(invariantViolations('no-such-thing', new Observations(1))).toBeUndefined();
  });

  it.each<[string, number, Story]>([
    ['closing-is-last', 0, story().callback(COMPLETE).callback(HANDLE_CLOSING)],
    ['closing-is-last', 1, story().callback(HANDLE_CLOSING).callback(COMPLETE)],
    ['closing-is-last', 0, story().callback(HANDLE_CLOSING).call('HttpOpenRequest', {}, { returns: HANDLE, lastError: 0 }).callback(COMPLETE)],
    ['complete-before-closing', 0, read(story()).callback(COMPLETE).callback(HANDLE_CLOSING)],
    ['complete-before-closing', 1, read(story()).callback(HANDLE_CLOSING)],
    ['complete-before-closing', 0, read(story())],
    ['one-complete-per-pending', 0, read(read(story())).callback(COMPLETE).callback(COMPLETE)],
    ['one-complete-per-pending', 1, read(story()).callback(COMPLETE).callback(COMPLETE)],
    ['one-complete-per-pending', 1, read(story()).callback(HANDLE_CLOSING)],
    ['one-complete-per-pending', 0, read(story())],
    ['one-completion-per-overlapped', 0, receive(receive(story()).completion(0x50n)).completion(0x50n)],
    ['one-completion-per-overlapped', 1, receive(story()).completion(0x50n).completion(0x50n)],
    ['no-use-after-close', 0, close(read(story()))],
    ['no-use-after-close', 1, read(close(story()))],
    ['no-use-after-close', 0, read(close(story()).call('HttpOpenRequest', {}, { returns: HANDLE, lastError: 0 }))],
    ['initialize-balance', 0, story().call('HttpInitialize', { Flags: 1 }, { returns: 0, lastError: 0 }).call('HttpTerminate', { Flags: 1 }, { returns: 0, lastError: 0 })],
    ['initialize-balance', 1, story().call('HttpInitialize', { Flags: 1 }, { returns: 0, lastError: 0 })],
    ['initialize-balance', 2, story().call('HttpInitialize', { Flags: 1 }, { returns: 0, lastError: 0 }).call('HttpTerminate', { Flags: 2 }, { returns: 0, lastError: 0 })],
  ])('%s counts %i', (name, count, told) => {
    expect(told.violations(name)).toBe(count);
  });
});
