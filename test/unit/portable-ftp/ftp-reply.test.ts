import { describe, expect, test } from 'vitest';
import { ReplyReader, type FtpReply } from '../../../electron/engine/portable/wininet/ftp/ftp-reply';

function read(...pieces: readonly string[]): readonly FtpReply[] {
  const reader = new ReplyReader();
  return pieces.flatMap((piece) => reader.push(Buffer.from(piece, 'latin1')));
}

describe('replies of the control connection', () => {
  test('come in any pieces', () => {
    const text = '220 Ready\r\n331-Who\r\n 331 not yet\r\n331 Password\r\n';
    const whole = [{ code: 220, text: '220 Ready\r\n' }, { code: 331, text: '331-Who\r\n 331 not yet\r\n331 Password\r\n' }];
    expect(read(text)).toEqual(whole);
    expect(read(...text)).toEqual(whole);
  });

  test('of several lines end only with their own code', () => {
    expect(read('211-Features\r\n250 other\r\n211-more\r\n')).toEqual([]);
    expect(read('211-Features\r\n250 other\r\n211-more\r\n211 End\r\n')).toHaveLength(1);
  });

  test('may be a bare code', () => {
    expect(read('200\r\n')).toEqual([{ code: 200, text: '200\r\n' }]);
  });

  test('that are none have the code 0', () => {
    expect(read('hello\r\n')).toEqual([{ code: 0, text: 'hello\r\n' }]);
  });

  test('that never end are cut off', () => {
    const [reply] = read(`220-${'x'.repeat(70_000)}`);
    expect(reply?.code).toBe(0);
  });
});
