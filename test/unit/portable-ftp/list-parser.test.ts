import { describe, expect, test } from 'vitest';
import { FILE_ATTRIBUTE } from '../../../preload/contract/win32/constants/files';
import { parseListing } from '../../../electron/engine/portable/wininet/ftp/list-parser';

const NOW = Date.UTC(2024, 5, 15, 12, 0);

describe('a listing as ls -l writes it', () => {
  test('files, directories and links, without the lines that are neither', () => {
    const entries = parseListing([
      'total 12',
      'drwxr-xr-x   2 ftp      ftp          4096 Jan 02  2023 pub',
      '-rw-r--r--   1 ftp      ftp            42 Mar 10 08:05 read me.txt',
      '-r--r--r--   1 1000     1000   5000000000 Dec 31  1999 big',
      'lrwxrwxrwx   1 ftp      ftp             7 Jan 02  2023 latest -> pub/v2',
      '',
    ].join('\r\n'), NOW);
    expect(entries).toEqual([
      { name: 'pub', attributes: FILE_ATTRIBUTE.FILE_ATTRIBUTE_DIRECTORY, size: 0n, modified: Date.UTC(2023, 0, 2) },
      { name: 'read me.txt', attributes: FILE_ATTRIBUTE.FILE_ATTRIBUTE_NORMAL, size: 42n, modified: Date.UTC(2024, 2, 10, 8, 5) },
      { name: 'big', attributes: FILE_ATTRIBUTE.FILE_ATTRIBUTE_READONLY, size: 5_000_000_000n, modified: Date.UTC(1999, 11, 31) },
      { name: 'latest', attributes: FILE_ATTRIBUTE.FILE_ATTRIBUTE_REPARSE_POINT, size: 7n, modified: Date.UTC(2023, 0, 2) },
    ]);
  });

  test('a time of day is of the last twelve months', () => {
    const line = '-rw-r--r-- 1 ftp ftp 1 Nov 30 23:59 old';
    expect(parseListing(line, NOW)[0]?.modified).toBe(Date.UTC(2023, 10, 30, 23, 59));
  });

  test('owners may be missing, and names may begin with blanks', () => {
    expect(parseListing('-rw-r--r-- 1 ftp 17 Jan 02 2023  two', NOW)[0]).toMatchObject({ name: ' two', size: 17n });
  });
});

describe('a listing as dir writes it', () => {
  test('files and directories, years of two digits and of four', () => {
    expect(parseListing([
      '01-02-23  03:04PM       <DIR>          pub',
      '12-31-1999  12:00AM            5000000000 big file.bin',
      '07-04-70  09:15AM                  3 a.txt',
    ].join('\r\n'), NOW)).toEqual([
      { name: 'pub', attributes: FILE_ATTRIBUTE.FILE_ATTRIBUTE_DIRECTORY, size: 0n, modified: Date.UTC(2023, 0, 2, 15, 4) },
      { name: 'big file.bin', attributes: FILE_ATTRIBUTE.FILE_ATTRIBUTE_NORMAL, size: 5_000_000_000n, modified: Date.UTC(1999, 11, 31, 0, 0) },
      { name: 'a.txt', attributes: FILE_ATTRIBUTE.FILE_ATTRIBUTE_NORMAL, size: 3n, modified: Date.UTC(1970, 6, 4, 9, 15) },
    ]);
  });
});

test('what is no listing has no entries', () => {
  expect(parseListing('', NOW)).toEqual([]);
  expect(parseListing('hello\r\n-rw-r--r-- 1 ftp ftp 1 Xyz 30 23:59 old\r\n550 no', NOW)).toEqual([]);
});
