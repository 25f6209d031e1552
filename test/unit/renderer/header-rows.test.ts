import { describe, expect, test } from 'vitest';
import { headerRows, headerText } from '../../../renderer/model/header-rows';

describe('headers as a table', () => {
  test('say the same as their text', () => {
    const text = 'X-One: 1\nX-Two: a: b';
    expect(headerRows(text)).toEqual([{ name: 'X-One', value: '1' }, { name: 'X-Two', value: 'a: b' }]);
    expect(headerText(headerRows(text))).toBe(text);
  });

  test('keep a line that is no header yet, and leave out rows that are empty', () => {
    expect(headerRows('nonsense\r\n\r\n')).toEqual([{ name: 'nonsense', value: '' }]);
    expect(headerText([{ name: '', value: '' }, { name: 'A', value: '' }])).toBe('A: ');
  });
});
