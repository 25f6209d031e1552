import { describe, expect, test } from 'vitest';
import { payloadOf } from '../../../electron/trace/event-payload';
import { callWords } from '../../../electron/trace/event-words';
import { shownPayload } from '../../../electron/trace/shown-payload';
import { Trace } from '../../../electron/trace/trace';
import type { CallEvent, EventFields } from '../../../preload/contract/event';
import { handleId, seq } from '../../../preload/contract/ids';
import { FUNCTION_NAMES, signatureOf, type FunctionName } from '../../../preload/contract/win32/functions';

function call(api: FunctionName, args: EventFields): CallEvent {
  return { kind: 'call', seq: seq(0), time: 0, thread: 1, handle: undefined, api, width: 'W', args, origin: 'test', inCallback: undefined };
}

const shown = (event: CallEvent): string => shownPayload('call', FUNCTION_NAMES.indexOf(event.api), payloadOf(event));

describe('what a search remembers a payload by', () => {
  test.each(FUNCTION_NAMES)('of %s is the same only where the words are', (api) => {
    const names = Object.keys(signatureOf(api).params);
    const plain = call(api, Object.fromEntries(names.map((name) => [name, '0x1f'])));
    for (const name of names) {
      const other = call(api, { ...plain.args, [name]: '0x2f' });
      if (shown(other) === shown(plain)) expect(callWords(other)).toBe(callWords(plain));
      // What looks like an argument inside a text is text.
      const quoted = call(api, { ...plain.args, [name]: `"${name}":"0x1"` });
      expect(shown(quoted)).not.toBe(shown(call(api, { ...plain.args, [name]: `"${name}":"0x2"` })));
    }
  });

  test('is one for calls that differ in their buffers alone', () => {
    const read = (lpBuffer: string, dwNumberOfBytesToRead: number): string => shown(call('InternetReadFile', { hFile: '0x4', lpBuffer, dwNumberOfBytesToRead, lpdwNumberOfBytesRead: '0x9' }));
    expect(read('0x100', 4096)).toBe(read('0x200', 4096));
    expect(read('0x100', 4096)).not.toBe(read('0x100', 8192));
  });

  test('finds the same events as their words do', () => {
    const trace = new Trace(() => 0);
    for (let place = 0; place < 200; place += 1) {
      const args = { hFile: '0x4', lpBuffer: `0x${(place * 64).toString(16)}`, dwNumberOfBytesToRead: 1000 + (place % 7), lpdwNumberOfBytesRead: '0x8' };
      trace.append({ kind: 'call', api: 'InternetReadFile', width: 'W', args, inCallback: undefined, origin: 'test', handle: handleId(1), thread: 1 });
    }
    const found = trace.events({ offset: 0, count: 200, text: '1003', handle: undefined }).rows.map(({ seq: place }) => place);
    expect(found).toEqual(Array.from({ length: 200 }, (_, place) => place).filter((place) => place % 7 === 3));
    // An address is not told, and so is not found.
    expect(trace.events({ offset: 0, count: 1, text: '0x40', handle: undefined }).total).toBe(0);
  });
});
