import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readManual, sectionId } from '../../../build/manual/read-manual.mjs';

/** One pixel, grey. */
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==', 'base64');

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hmanual-'));
  await mkdir(path.join(folder, 'pictures'));
  await writeFile(path.join(folder, 'pictures', 'there.png'), PIXEL);
  await writeFile(path.join(folder, 'README.md'), '# Manual\n\n## Begin\n\n- [One](one.md)\n\n## Then\n\n- [Two](two.md)\n');
  await page('two', 'Nothing.');
});
afterEach(async () => rm(folder, { recursive: true }));

const page = (id: string, text: string): Promise<void> => writeFile(path.join(folder, `${id}.md`), `# The page ${id}\n\n${text}\n`);
const only = async (text: string) => {
  await page('one', text);
  return readManual(folder)[0]?.blocks;
};
const refused = async (text: string, why: RegExp): Promise<void> => {
  await page('one', text);
  expect(() => readManual(folder)).toThrow(why);
};

describe('the manual as the window reads it', () => {
  test('has its pages in the order of the contents, each under its heading', async () => {
    await page('one', 'Words.');
    expect(readManual(folder).map(({ id, title, group }) => [id, title, group])).toEqual([['one', 'The page one', 'Begin'], ['two', 'The page two', 'Then']]);
  });

  test('knows commands, their keys, names in the window, code and pages from one another', async () => {
    expect(await only('Press **Close** or [Del](keys:close-handle): [New client](command:new-client), `997` & [two](two.md), *now*.')).toEqual([{
      kind: 'paragraph',
      parts: [
        { kind: 'text', text: 'Press ' }, { kind: 'name', text: 'Close' }, { kind: 'text', text: ' or ' }, { kind: 'keys', command: 'close-handle', text: 'Del' }, { kind: 'text', text: ': ' },
        { kind: 'command', command: 'new-client', text: 'New client' }, { kind: 'text', text: ', ' }, { kind: 'code', text: '997' }, { kind: 'text', text: ' & ' },
        { kind: 'page', place: { page: 'two', section: undefined }, text: 'two' }, { kind: 'text', text: ', ' }, { kind: 'emphasis', parts: [{ kind: 'text', text: 'now' }] }, { kind: 'text', text: '.' },
      ],
    }]);
  });

  test('keeps headings, lists, tables, code and tips', async () => {
    const blocks = await only('## A heading, too\n\n1. first\n2. second\n\n   with more\n\n| a | b |\n|---|---|\n| `1` | 2 |\n\n> A tip.\n\n    npm start\n');
    expect(blocks?.map(({ kind }) => kind)).toEqual(['heading', 'list', 'table', 'tip', 'code']);
    expect(blocks?.[0]).toEqual({ kind: 'heading', id: 'a-heading-too', text: 'A heading, too' });
    expect(blocks?.[1]).toMatchObject({ ordered: true, items: [[{ kind: 'paragraph' }], [{ kind: 'paragraph' }, { kind: 'paragraph' }]] });
  });

  test('has the size of each picture, so that nothing moves when it comes', async () => {
    expect(await only('![A grey pixel](pictures/there.png)')).toEqual([{ kind: 'picture', name: 'there.png', says: 'A grey pixel', width: 1, height: 1 }]);
  });

  test('leads to headings of its own page and of others', async () => {
    await page('two', '## Deep down\n\nHere.');
    expect(await only('[there](two.md#deep-down)')).toMatchObject([{ parts: [{ place: { page: 'two', section: 'deep-down' } }] }]);
  });
});

describe('the build refuses, naming the page,', () => {
  test('HTML of any kind: the window draws none', async () => {
    await refused('<script>alert(1)</script>', /one\.md: holds what the window does not draw \(html\)/);
    await refused('a <b>bold</b> word', /one\.md: .*\(html\)/);
  });
  test('a link out of the manual', () => refused('[out](https://example.com/)', /one\.md: .*without a network/));
  test('a link to a page that is not there', () => refused('[gone](three.md)', /one\.md leads to three\.md, which is not there/));
  test('a link to a heading that is not there', () => refused('[gone](two.md#no-such)', /two\.md#no-such, which is no heading/));
  test('a picture that is not there', () => refused('![x](pictures/gone.png)', /one\.md: names a picture that is not there/));
  test('… unless it is being taken', async () => {
    await page('one', '![x](pictures/gone.png)');
    expect(readManual(folder, true)[0]?.blocks).toEqual([{ kind: 'paragraph', parts: [] }]);
  });
  test('a picture without words', () => refused('![](pictures/there.png)', /without words/));
  test('a picture from elsewhere', () => refused('![x](../window-dark.png)', /not in pictures/));
  test('a page that the contents do not lead to', async () => {
    await page('one', 'x');
    await page('lost', 'x');
    expect(() => readManual(folder)).toThrow(/README\.md leads to no lost\.md/);
  });
});

test('a heading has the anchor that GitHub gives it', () => {
  expect(['What hangs, and why?', 'A `close` in a callback', 'Twice  over'].map(sectionId)).toEqual(['what-hangs-and-why', 'a-close-in-a-callback', 'twice--over']);
});
